"""Rules every DAG must keep, checked without a scheduler or a database."""

import subprocess
import sys
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG, AssetAll
from customer_value.assets import WAREHOUSE_PUBLISHED
from customer_value.notify import Notifier

PROJECT = Path(__file__).parents[2]
DAG_BAG = DagBag(PROJECT / "dags")
each_dag = pytest.mark.parametrize("dag", DAG_BAG.dags.values(), ids=lambda dag: dag.dag_id)


def test_every_dag_file_imports() -> None:
    assert DAG_BAG.import_errors == {}
    assert set(DAG_BAG.dags) == {path.stem for path in (PROJECT / "dags").glob("*.py")}


@each_dag
def test_dag_is_named_after_its_file(dag: DAG) -> None:
    assert dag.dag_id == Path(dag.fileloc).stem


@each_dag
def test_dag_explains_itself(dag: DAG) -> None:
    assert dag.doc_md, f"{dag.dag_id} needs a module docstring passed as doc_md."
    assert dag.tags, f"{dag.dag_id} needs tags."


@each_dag
def test_dag_never_backfills_by_surprise(dag: DAG) -> None:
    assert dag.catchup is False
    assert dag.max_active_runs == 1


@each_dag
def test_every_task_has_an_owner_a_timeout_and_someone_to_tell(dag: DAG) -> None:
    for task in dag.tasks:
        assert task.owner == "data-engineering", task.task_id
        assert task.execution_timeout is not None, f"{task.task_id} may hang for ever."
        told = task.on_failure_callback
        assert isinstance(told, list), task.task_id
        assert [type(each) for each in told] == [Notifier], task.task_id


@each_dag
def test_audits_never_retry_and_every_other_task_does(dag: DAG) -> None:
    for task in dag.tasks:
        if task.task_id.startswith("audit_"):
            assert task.retries == 0, f"{task.task_id}: a verdict does not change by asking again."
        else:
            assert (task.retries or 0) >= 2, (
                f"{task.task_id} would fail on the first lost connection."
            )
        assert task.retry_policy is not None, task.task_id


@each_dag
def test_every_param_has_a_type_a_title_and_a_description(dag: DAG) -> None:
    for name in dag.params:
        param = dag.params.get_param(name)
        assert param.description, f"{dag.dag_id}.{name} needs a description."
        assert {"type", "title"} <= set(param.schema), f"{dag.dag_id}.{name} needs a form."


def test_the_load_runs_its_steps_in_the_order_of_the_design() -> None:
    graph = {
        task.task_id: task.downstream_task_ids for task in DAG_BAG.dags["load_warehouse"].tasks
    }

    assert graph == {
        # list_systems is also upstream of audit_source, which takes its system's name from it.
        "list_systems": {"extract_source", "audit_source"},
        "extract_source": {"audit_source"},
        "audit_source": {"build_history"},
        "build_history": {"fit_lifetime_value"},
        "fit_lifetime_value": {"build_marts"},
        "build_marts": {"audit_marts"},
        "audit_marts": {"publish_warehouse"},
        "publish_warehouse": set(),
    }


def test_network_failures_of_the_load_are_retried_with_growing_pauses() -> None:
    for task in DAG_BAG.dags["load_warehouse"].tasks:
        assert task.retry_exponential_backoff == 2, task.task_id
        assert task.max_retry_delay is not None, task.task_id


def test_only_publishing_announces_the_warehouse_and_the_dashboard_waits_for_it() -> None:
    announcers = {
        task.task_id
        for dag in DAG_BAG.dags.values()
        for task in dag.tasks
        if WAREHOUSE_PUBLISHED in task.outlets
    }

    assert announcers == {"publish_warehouse"}
    condition = DAG_BAG.dags["refresh_dashboard"].timetable.asset_condition
    assert condition == AssetAll(WAREHOUSE_PUBLISHED)


def test_the_dashboard_follows_whatever_readers_see() -> None:
    """Publishing starts refresh_dashboard; a rollback moves readers too and writes one itself."""
    rollback = DAG_BAG.dags["rollback_warehouse"]

    assert DAG_BAG.dags["refresh_dashboard"].has_task("write_site")
    assert rollback.get_task("rollback_warehouse").downstream_task_ids == {"write_site"}


def test_airflow_is_told_that_the_package_is_not_a_folder_of_plugins() -> None:
    assert "customer_value/" in (PROJECT / "plugins" / ".airflowignore").read_text().splitlines()


def test_reading_the_dags_imports_no_engine() -> None:
    program = (
        "import runpy, sys\n"
        "from pathlib import Path\n"
        f"for path in Path({str(PROJECT / 'dags')!r}).glob('*.py'):\n"
        "    runpy.run_path(str(path))\n"
        "engines = {'dbt', 'duckdb', 'great_expectations', 'numpy', 'pandas', 'pyarrow', 'scipy'}\n"
        "print(sorted(engines & set(sys.modules)))\n"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PROJECT
    )

    assert answer.stdout.splitlines()[-1] == "[]"
