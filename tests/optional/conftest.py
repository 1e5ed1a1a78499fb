"""A browser, and the script that looks for what people with a disability cannot use."""

import shutil
import subprocess
import tarfile
from collections.abc import Iterator

import pytest

from tools.browser import Browser, chromium

AXE = "axe-core@4.14.1"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    npm = shutil.which("npm")
    assert npm, "npm is not installed: apt-get install npm."
    folder = tmp_path_factory.mktemp("axe")
    pack = [npm, "pack", "--silent", AXE]
    subprocess.run(pack, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (package,) = folder.glob("*.tgz")
    with tarfile.open(package) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script
        return script.read().decode()


def faults_of_access(browser: Browser, axe: str) -> list[list[str]]:
    """Return the serious faults of the page shown: rule, weight and an element."""
    browser.send("Runtime.evaluate", expression=axe)
    faults: list[list[str]] = browser.ask(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations, passes }) => ["
        "...violations.map(({ id, impact, nodes }) => [id, impact, nodes[0].html]),"
        " ...(passes.length ? [] : [['nothing was looked at', 'critical', '']])])",
        wait=True,
    )
    return [fault for fault in faults if fault[1] in ("serious", "critical")]
