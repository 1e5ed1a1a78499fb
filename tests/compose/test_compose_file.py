"""What can be known of the Compose file without an engine."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from tests.compose import composition
from tests.compose.composition import OUR_IMAGES

Services = dict[str, dict[str, Any]]

SECRET_NAME = re.compile(r"PASSWORD|SECRET|FERNET_KEY|AUTH$|CONN|URL|BACKEND")
NOT_SECRET = ("AIRFLOW__API__BASE_URL", "AIRFLOW__CORE__EXECUTION_API_SERVER_URL")


def test_file_keeps_to_the_compose_specification() -> None:
    check = str(Path(sys.executable).with_name("check-jsonschema"))

    result = subprocess.run(
        [check, "--builtin-schema", "vendor.compose-spec", str(composition.COMPOSE_FILE)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout


def test_every_variable_is_explained_in_the_example_and_every_line_there_is_used() -> None:
    used = {match["name"] for match in composition.variables_in(composition.raw_file())}
    example = composition.ENV_EXAMPLE.read_text(encoding="utf-8")
    used |= {match["name"] for match in composition.VARIABLE.finditer(example) if match["name"]}

    offered = set(composition.env_file(composition.ENV_EXAMPLE))

    assert offered - {"COMPOSE_PROFILES"} == used


def test_every_setting_that_the_code_reads_can_be_set(services: Services) -> None:
    package = composition.PROJECT / "plugins" / "customer_value"
    code = [*(composition.PROJECT / "dags").glob("*.py"), *package.rglob("*.py")]
    read = {
        name
        for path in code
        for name in re.findall(r"CUSTOMER_VALUE_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    in_the_image = {"CUSTOMER_VALUE_HOME", "CUSTOMER_VALUE_PROJECT"}
    from_one_step_to_the_next = {"CUSTOMER_VALUE_AS_OF_DATE", "CUSTOMER_VALUE_CANDIDATE"}

    offered = {
        name for name in services["scheduler"]["environment"] if name.startswith("CUSTOMER_VALUE_")
    }

    assert offered == read - in_the_image - from_one_step_to_the_next
    assert services["worker"]["environment"].keys() >= offered
    for name in ("CUSTOMER_VALUE_LAST_NIGHT", "CUSTOMER_VALUE_NOTIFY_COMMAND"):
        assert name in services["dag-processor"]["environment"]
        assert name in services["triggerer"]["environment"]


def test_every_empty_line_of_the_example_must_be_filled_before_compose_starts() -> None:
    lines = composition.ENV_EXAMPLE.read_text(encoding="utf-8").splitlines()
    empty = {line[:-1] for line in lines if line.endswith("=")}
    signs: dict[str, set[str | None]] = {}
    for match in composition.variables_in(composition.raw_file()):
        signs.setdefault(match["name"], set()).add(match["sign"])

    assert empty >= {name for name in signs if re.search(r"PASSWORD|SECRET|KEY$", name)}
    assert {name: signs[name] for name in empty} == {name: {":?"} for name in empty}


def test_compose_names_the_line_that_is_still_empty() -> None:
    with pytest.raises(LookupError, match=r"Set \w+ in \.env"):
        composition.services(composition.env_file(composition.ENV_EXAMPLE))


def test_command_of_the_deployment_page_fills_every_line(variables: dict[str, str]) -> None:
    assert [name for name, value in variables.items() if not value] == []
    assert Fernet(variables["AIRFLOW_FERNET_KEY"])
    assert len(variables["AIRFLOW_JWT_SECRET"]) >= 64
    secrets = [value for name, value in variables.items() if re.search("PASSWORD|SECRET", name)]
    assert len(set(secrets)) == len(secrets)


def test_no_secret_is_written_in_the_file() -> None:
    literal = []
    for name, service in composition.raw_file()["services"].items():
        for key, value in service.get("environment", {}).items():
            if SECRET_NAME.search(key) and key not in NOT_SECRET:
                password = re.sub(r"^[\w+]+://\w*:(.*)@.*$", r"\1", str(value))
                if not re.fullmatch(r"\$\{\w+:\?[^}]+\}", password):
                    literal.append(f"{name}: {key}={value}")

    assert literal == []


def test_no_secret_is_an_argument_of_a_process(
    services: Services, variables: dict[str, str]
) -> None:
    hidden = {value for name, value in variables.items() if re.search("PASSWORD|SECRET|KEY", name)}

    for name, service in services.items():
        words = [*service.get("command", []), *service.get("healthcheck", {}).get("test", [])]
        assert not [word for word in words for value in hidden if value in word], name


def test_each_secret_goes_only_to_the_services_that_need_it(
    services: Services, variables: dict[str, str]
) -> None:
    def holders(variable: str) -> set[str]:
        return {
            name
            for name, service in services.items()
            if variables[variable] in "\n".join(service.get("environment", {}).values())
        }

    assert holders("AIRFLOW_JWT_SECRET") == {"api-server", "scheduler"}
    assert holders("AIRFLOW_API_SECRET") == {"api-server"}
    assert holders("AIRFLOW_ADMIN_PASSWORD") == {"init"}
    assert holders("CRM_EXTRACT_PASSWORD") == {"crm-reader", "scheduler", "worker"}
    assert holders("CUSTOMER_VALUE_PSEUDONYM_KEY") == {"scheduler", "worker"}
    assert holders("CRM_OWNER_PASSWORD") == {"crm", "crm-reader", "crm-seed"}
    assert holders("BROKER_PASSWORD") == {"broker", "scheduler", "worker"}
    assert not holders("METADATA_PASSWORD") & {"broker", "crm", "crm-reader", "crm-seed"}


def test_every_dependency_can_come_true(services: Services) -> None:
    for name, service in services.items():
        for other, wanted in service.get("depends_on", {}).items():
            assert other in services, f"{name} waits for {other}, which does not exist"
            target = services[other]
            if wanted["condition"] == "service_healthy":
                assert "healthcheck" in target, f"{name} waits for {other}, which has no check"
            else:
                assert wanted["condition"] == "service_completed_successfully"
                assert target["restart"] == "no", f"{other} never ends, {name} never starts"
            profiles = set(target.get("profiles", ()))
            assert not profiles or profiles >= set(service["profiles"]), f"{name} without {other}"
            assert set(service["networks"]) & set(target["networks"]), f"{name} cannot see {other}"


def test_no_task_starts_before_the_api_server_answers(services: Services) -> None:
    for name in ("scheduler", "worker"):
        assert services[name]["depends_on"]["api-server"] == {"condition": "service_healthy"}


def test_every_address_names_a_service_that_its_user_can_see(services: Services) -> None:
    for name, service in services.items():
        texts = [*service.get("environment", {}).values(), *service.get("command", [])]
        texts += service.get("healthcheck", {}).get("test", [])
        hosts = set(re.findall(r"://(?:[^@/\s]*@)?([\w.-]+):\d+", "\n".join(texts)))
        for host in hosts - {"127.0.0.1", "localhost"}:
            assert set(services[host]["networks"]) & set(service["networks"]), f"{name}: {host}"


def test_every_image_is_pinned_to_a_full_version(services: Services) -> None:
    tags = {service["image"].rpartition(":")[2] for service in services.values()}

    assert [tag for tag in tags if not re.fullmatch(r"\d+\.\d+(\.\d+)?(-bookworm)?", tag)] == []


def test_our_images_are_built_here_and_never_looked_for_elsewhere(services: Services) -> None:
    ours = {name: s for name, s in services.items() if s["image"].startswith(OUR_IMAGES)}

    assert {name for name, s in services.items() if "build" in s} == set(ours)
    assert {s["pull_policy"] for s in ours.values()} == {"build"}
    assert {s["build"]["target"] for s in ours.values()} <= set(composition.stages())


def test_every_service_runs_with_as_little_power_as_it_can(services: Services) -> None:
    for name, service in services.items():
        user, _, group = service["user"].partition(":")
        assert int(user) > 0, name
        assert int(group) > 0, name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert "cap_add" not in service, name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["ulimits"] == {"core": 0}, name
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name


def test_every_lasting_service_restarts_and_has_a_health_check(services: Services) -> None:
    one_shot = {"init", "crm-reader", "crm-seed"}

    assert {name for name, s in services.items() if s["restart"] == "no"} == one_shot
    for name in set(services) - one_shot:
        assert services[name]["restart"] == "unless-stopped", name
        check = services[name]["healthcheck"]
        assert {"test", "interval", "timeout", "retries"} <= set(check), name


def test_only_the_airflow_page_is_open_and_only_on_this_machine(services: Services) -> None:
    open_ports = {name: s["ports"] for name, s in services.items() if "ports" in s}

    assert open_ports == {"api-server": ["127.0.0.1:8080:8080"]}
    assert {s.get("network_mode") for s in services.values()} == {None}


def test_databases_and_broker_have_no_way_out(services: Services) -> None:
    networks = composition.raw_file()["networks"]
    closed = {name for name, network in networks.items() if network.get("internal")}

    for name in ("metadata", "broker", "crm", "init", "dag-processor"):
        assert set(services[name]["networks"]) <= closed, name


def test_networks_and_volumes_are_declared_and_used(services: Services) -> None:
    mounts = [mount for s in services.values() for mount in s.get("volumes", [])]

    declared = composition.raw_file()

    assert {n for s in services.values() for n in s["networks"]} == set(declared["networks"])
    assert {mount.split(":")[0] for mount in mounts} == set(declared["volumes"])


def test_whatever_a_service_writes_lies_on_a_volume_or_in_memory(services: Services) -> None:
    image = dict(
        part.split("=")
        for word, rest in composition.stages()["production"]
        if word == "ENV"
        for part in rest.split()
    )

    for name, service in services.items():
        writable = [entry.split(":")[0] for entry in service.get("tmpfs", [])]
        mounts = [mount.split(":") for mount in service.get("volumes", [])]
        writable += [mount[1] for mount in mounts if "ro" not in mount[2:]]
        if service["image"].startswith("customer-value:"):
            environment = image | service["environment"]
            needed = [environment["AIRFLOW_HOME"], "/tmp"]  # noqa: S108 (in the container)
            needed.append(environment["AIRFLOW__LOGGING__BASE_LOG_FOLDER"])
            if "AIRFLOW_CONN_RETAIL_CRM" in environment:
                needed.append(environment["CUSTOMER_VALUE_HOME"])
            assert set(needed) <= set(writable), name
        if service["image"].startswith("postgres:18") and service["restart"] != "no":
            # PostgreSQL 18 keeps its data in 18/docker below this; /data below it would be lost.
            assert "/var/lib/postgresql" in writable, name


def test_only_the_processes_that_run_tasks_can_write_the_warehouse(services: Services) -> None:
    holders = {n for n, s in services.items() if "warehouse" in "".join(s.get("volumes", []))}

    assert holders == {"scheduler", "worker"}
    for name in holders:
        assert "deliveries:/srv/deliveries:ro" in services[name]["volumes"]
