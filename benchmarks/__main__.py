"""``make bench``: run every benchmark."""

from benchmarks import extraction, landing, nights

extraction.main()
landing.main()
nights.main()
