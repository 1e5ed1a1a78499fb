"""``python -m benchmarks [NAME ...]``: run the benchmarks named, or those that take minutes.

``--at-most N`` leaves out the sizes of more than N customers (lifetime_value) or lines (rfm).
"""

import argparse
import importlib

SHORT = ("extraction", "landing", "nights")
LONG = ("lifetime_value", "rfm")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SHORT + LONG))
    parser.add_argument("--at-most", type=int, help="customers or lines", metavar="N")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in SHORT + LONG]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(SHORT + LONG)}")
    for name in options.names or SHORT:
        benchmark = importlib.import_module(f"benchmarks.{name}")
        if name in LONG and options.at_most:
            benchmark.main([size for size in benchmark.SIZES if size <= options.at_most])
        else:
            benchmark.main()


if __name__ == "__main__":
    main()
