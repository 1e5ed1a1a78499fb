import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.compose import composition


@pytest.fixture(scope="session")
def variables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of an `.env` made by the command that the deployment page gives."""
    folder = tmp_path_factory.mktemp("env")
    (folder / ".env.example").write_bytes(composition.ENV_EXAMPLE.read_bytes())
    page = (composition.PROJECT / "docs" / "deployment.md").read_text(encoding="utf-8")
    command = re.search(r"```bash\n(umask.*?)```", page, flags=re.DOTALL)
    assert command, "docs/deployment.md no longer has the command that fills .env"
    subprocess.run(["sh", "-euc", command[1]], cwd=folder, check=True)
    assert (folder / ".env").stat().st_mode & 0o777 == 0o600
    return composition.env_file(Path(folder / ".env"))


@pytest.fixture(scope="session")
def services(variables: dict[str, str]) -> dict[str, dict[str, Any]]:
    return composition.services(variables)
