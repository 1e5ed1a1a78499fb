"""What the systems record of the world: every table, from the truths.

Here a company becomes the account or customer number that it is filed under, and truths that no
system knows are left behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types

from demo.industrial.crm_events import crm_events
from demo.industrial.crm_masters import crm_masters
from demo.industrial.crm_plans import key_account_tables
from demo.industrial.erp_records import erp, files
from demo.industrial.filing import Filed
from demo.industrial.schema import to_arrow

if TYPE_CHECKING:
    from demo.industrial.world import World


def tables(world: World) -> dict[str, pa.Table]:
    """Return every table with its hidden columns."""
    filed = Filed(world)
    made = {
        **crm_masters(world, filed),
        **crm_events(world, filed),
        **key_account_tables(world, filed),
        **erp(world),
        **files(world),
    }
    return {name: to_arrow(name, columns) for name, columns in made.items()}
