"""What every Airflow process does when it starts, and what those do that tasks are forked from.

Airflow makes some million objects at its start and keeps nearly all of them. Looking for garbage
among them after each seven hundred new ones, as Python does, takes a quarter of the start.

Importing Great Expectations takes longer than most audits. A task that finds it imported by the
process it was forked from need not do it again.
"""

import gc
import sys

from customer_value.audit.engine import import_quietly

FORKING = ("scheduler", "celery")

gc.set_threshold(50_000, 10, 10)
if sys.argv[1:2] and sys.argv[1] in FORKING:
    import_quietly()
