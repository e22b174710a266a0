"""Whether something of a person was left where it does not belong."""

import contextlib
import os
import tempfile
import time
from pathlib import Path

from tests.faults import MARK
from tests.faults.site import PREPARED, ROOT

# Where a process may leave something, whatever it was told about TMPDIR.
PLACES = {Path(tempfile.gettempdir()), *map(Path, ("/tmp", "/var/tmp", "/dev/shm"))}  # noqa: S108
NOT_OURS = {".git", ".venv", "node_modules", ".mypy_cache", ".ruff_cache", "__pycache__"}
MOST_BYTES = 64 * 1024 * 1024


@contextlib.contextmanager
def none_but_in(folder):
    """Raises AssertionError for each new file outside ``folder`` with a person of this run."""
    started = time.time() - 1
    yield
    left = [str(path) for path in new_files(folder, started) if tells_of_a_person(path)]
    assert not left, f"something of a person was left: {left}"


def new_files(folder, started):
    """The files that were written since then in temporary places, and in the project."""
    for place in filter(Path.is_dir, PLACES):
        for path in place.iterdir():
            if path not in (folder, PREPARED) and written_since(path, started):
                yield from [path] if path.is_file() else below(path, started)
    yield from below(ROOT, started)


def below(place, started):
    for where, folders, names in os.walk(place):
        # What is mounted is no place where we leave things, and reading it may never end.
        folders[:] = [
            name
            for name in folders
            if name not in NOT_OURS and not os.path.ismount(Path(where, name))
        ]
        paths = [Path(where, name) for name in names]
        yield from (path for path in paths if written_since(path, started))


def written_since(path, moment):
    try:
        return path.lstat().st_ctime >= moment
    except OSError:
        return False  # gone meanwhile: of somebody else here


def tells_of_a_person(path):
    mark = str(MARK)
    try:
        if mark in path.name:
            return True
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return False
        content = path.read_bytes()
        # A document or a bundle is packed: nobody else makes one here meanwhile.
        return mark.encode() in content or content.startswith((b"%PDF-", b"PK\x03\x04"))
    except OSError:
        return False
