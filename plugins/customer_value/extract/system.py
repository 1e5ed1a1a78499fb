"""Extract one source system: the tables this run has not landed yet, and no other."""

from customer_value.extract.connect import Connections
from customer_value.extract.database import extract_database
from customer_value.extract.files import extract_files
from customer_value.landing.batch import Batch, LandedTable
from customer_value.runs import Run
from customer_value.sources.contract import System
from customer_value.warehouse.lock import exclusive


def extract_system(run: Run, system: System, connections: Connections) -> list[Batch]:
    """Return this run's batches of ``system``, extracting what is not landed yet.

    A batch that another run landed and no audit ever judged is set aside first: its rows are above
    the last accepted watermark and come again.
    """
    lock = run.settings.landing / system.name / ".lock"
    with exclusive(lock, holder=f"run {run.run_id}", wait_seconds=run.settings.lock_wait_seconds):
        done: dict[str, Batch] = {}
        for name in system.tables:
            for batch in LandedTable(run.settings.landing, system.name, name).batches():
                if batch.status == "pending" and batch.run_id != run.run_id:
                    batch.judge({"status": "abandoned", "by_run": run.run_id})
                elif batch.run_id == run.run_id and batch.status in ("pending", "accepted"):
                    done[name] = batch
        missing = [table for name, table in system.tables.items() if name not in done]
        if missing:
            uri = connections(system.connection)
            extract = extract_files if system.kind == "files" else extract_database
            for batch in extract(run, system, uri, missing):
                done[str(batch.manifest["table"])] = batch
        return [done[name] for name in system.tables]
