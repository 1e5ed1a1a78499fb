"""What can be known of the image without building it."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from tests.compose import composition
from tests.compose.composition import OUR_IMAGES, PROJECT

BUILT_HERE = ("production", "demo")


def test_hadolint_has_nothing_to_say() -> None:
    lint = Path(sys.executable).with_name("hadolint")

    result = subprocess.run(
        [lint, composition.DOCKERFILE], capture_output=True, text=True, check=False
    )

    assert (result.returncode, result.stdout) == (0, "")


def test_base_is_one_pinned_python_that_the_project_and_its_lock_support() -> None:
    outside = {rest.split()[0] for word, rest in composition.instructions() if word == "FROM"}
    outside -= set(composition.stages())
    lock_is_for = re.search(
        r"--python-version (\S+)", (PROJECT / "requirements.lock").read_text(encoding="utf-8")[:400]
    )

    assert len(outside) == 1
    pinned = re.fullmatch(
        r"python:(3\.\d+)\.\d+-slim-bookworm(@sha256:[0-9a-f]{64})?", outside.pop()
    )
    assert pinned
    assert lock_is_for
    assert lock_is_for[1] == pinned[1]


def test_images_run_as_the_user_that_compose_names(services: dict[str, dict[str, Any]]) -> None:
    users = {s["user"] for s in services.values() if s["image"].startswith(OUR_IMAGES)}

    for stage in BUILT_HERE:
        last = [rest for word, rest in composition.stages()[stage] if word == "USER"][-1]
        assert {last} == users == {"50000:50000"}


def test_every_package_is_checked_against_a_hash() -> None:
    installs = [
        command.split()
        for word, rest in composition.instructions()
        if word == "RUN"
        for command in rest.split("&&")
        if "pip install" in command
    ]

    assert len(installs) == 4
    for words in installs:
        ours = "--editable" in words and "--no-deps" in words
        assert ("--require-build-hashes" if ours else "--require-hashes") in words
        assert ours or "--only-binary" in words


def test_everything_copied_exists_and_reaches_the_builder() -> None:
    ignore = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = {line[1:] for line in ignore if line.startswith("!")}
    copied = {
        source
        for word, rest in composition.instructions()
        if word == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    }

    assert next(line for line in ignore if not line.startswith("#")) == "*"
    assert copied == allowed
    assert [name for name in copied if not (PROJECT / name).exists()] == []


def test_no_secret_and_no_telemetry_is_in_the_image() -> None:
    words = [rest for word, rest in composition.instructions() if word in ("ENV", "ARG")]

    assert not re.search("password|secret|token|fernet", " ".join(words), flags=re.IGNORECASE)
    for stage in BUILT_HERE:
        environment = " ".join(rest for word, rest in composition.stages()[stage] if word == "ENV")
        assert "DBT_SEND_ANONYMOUS_USAGE_STATS=false" in environment
        assert "DO_NOT_TRACK=1" in environment
        assert "GX_ANALYTICS_ENABLED=false" in environment


def test_image_tag_of_the_example_is_the_version_of_the_project() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    tag = composition.env_file(composition.ENV_EXAMPLE)["CUSTOMER_VALUE_TAG"]

    assert tag == project["version"]


def test_compose_paths_inside_the_image_are_folders_of_the_project(
    services: dict[str, dict[str, Any]],
) -> None:
    environment = services["scheduler"]["environment"]
    copied = {rest for word, rest in composition.stages()["production"] if word == "COPY"}

    for name in ("AIRFLOW__CORE__DAGS_FOLDER", "AIRFLOW__CORE__PLUGINS_FOLDER"):
        folder = Path(environment[name]).relative_to("/opt/customer-value")
        assert (PROJECT / folder).is_dir()
        assert f"{folder} {folder}" in copied or folder == Path("plugins")
