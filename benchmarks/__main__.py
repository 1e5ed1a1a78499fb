"""``make bench``: run every benchmark."""

from benchmarks import extraction, nights

extraction.main()
nights.main()
