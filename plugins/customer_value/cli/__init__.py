"""The command ``customer-value``: everything Airflow does, and what only a person does."""

import sys
from typing import NoReturn

from customer_value.cli.commands import app
from customer_value.errors import CustomerValueError

# As in sysexits.h: data not believable or contract broken, try again later, configuration.
EXIT_CODES = {"stop": 65, "retry": 75, "operator": 78}


def main() -> NoReturn:
    """Run the command line; an expected failure is one message and an exit code by its kind."""
    try:
        app()
    except CustomerValueError as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is the command line
        sys.exit(EXIT_CODES[error.kind])
    sys.exit(0)
