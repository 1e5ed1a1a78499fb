"""What an Airflow process imports when it starts: nothing, unless tasks are forked from it.

Importing Great Expectations takes longer than most audits. A task that finds it imported by the
process it was forked from need not do it again.
"""

import sys

from customer_value.audit.engine import import_quietly

FORKING = ("scheduler", "celery")

if sys.argv[1:2] and sys.argv[1] in FORKING:
    import_quietly()
