"""sqlfluff, with garbage collected seldom: that takes a third of its time and finds little.

Its worker processes import this module too, and so do the same.
"""

import gc

gc.set_threshold(500_000, 50, 100)

from sqlfluff.cli.commands import cli  # noqa: E402 - its import alone makes garbage

if __name__ == "__main__":
    cli()
