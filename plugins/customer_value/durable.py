"""Writes that are either complete on disk or not there: the base of landing and publishing."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

CHUNK_BYTES = 1 << 20


def write_json(path: Path, content: Any, *, mode: int = 0o640) -> None:
    """Replace ``path`` with ``content`` in one step; a crash leaves the old file or the new one."""
    write_text(path, json.dumps(content, indent=1, ensure_ascii=False, default=str) + "\n", mode)


def write_text(path: Path, text: str, mode: int = 0o640) -> None:
    """Replace ``path`` with ``text`` in one step."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def sync_file(path: Path) -> None:
    """Force ``path``'s bytes to disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_directory(path: Path) -> None:
    """Force a directory's entries (new names, renames) to disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_json(path: Path) -> Any:
    """Return the parsed file."""
    return json.loads(path.read_text(encoding="utf-8"))
