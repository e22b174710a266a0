"""One backup is one folder: database, media, a manifest, and the checksum of every file.

``sha256sum --check SHA256SUMS`` in the folder says the same as we do. A folder that is not
whole has another name: it begins with a dot.
"""

import datetime as dt
import hashlib
import json
import os
from pathlib import Path

from django.utils import timezone

SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
MEDIA = "media"
UNFINISHED = ".unfinished-"
STAMP = "%Y%m%dT%H%M%S%fZ"
PRIVATE = 0o700


class Refused(Exception):
    """Why a backup was not made or not put back, as one sentence for the operator."""


def stamp():
    """This moment, for in a name; later ones sort later."""
    return timezone.now().astimezone(dt.UTC).strftime(STAMP)


def moment(text):
    """The moment that ``stamp`` wrote. Raises ValueError."""
    return dt.datetime.strptime(text, STAMP).replace(tzinfo=dt.UTC)


def chosen(place):
    """The backup at ``place``: that folder itself, or else the newest of the backups in it."""
    place = Path(place).absolute()
    if (place / SUMS).exists() or (place / MANIFEST).exists():
        return place
    if not place.is_dir():
        raise Refused(f"There is no folder {place}.")
    newest = max((each for each in place.iterdir() if _is_named(each)), default=None)
    if newest is None:
        raise Refused(f"There is no backup in {place}.")
    return newest


def _is_named(folder):
    try:
        return folder.is_dir() and bool(moment(folder.name))
    except ValueError:
        return False


def seal(folder, manifest):
    """Write ``manifest`` and the checksums of all that is in ``folder``, through to the disk."""
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    lines = [f"{digest(folder / name)}  {name}\n" for name in sorted(_names(folder))]
    (folder / SUMS).write_text("".join(lines))
    sync_tree(folder)


def judged(folder):
    """The manifest of ``folder``. Raises Refused when anything in it is missing, more or other."""
    try:
        lines = (folder / SUMS).read_text().splitlines()
        sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except PermissionError:
        raise  # it may well be whole
    except (OSError, ValueError):
        raise Refused(f"{folder} is no whole backup: {SUMS} is missing or damaged.") from None
    there = _names(folder)
    if there != set(sums) or MANIFEST not in sums:
        odd = sorted(there ^ set(sums)) or [MANIFEST]
        raise Refused(f"{folder} is not whole: {len(odd)} files too many or too few ({odd[0]}).")
    for name, expected in sums.items():
        if digest(folder / name) != expected:
            raise Refused(f"{folder} is damaged: {name} is not what it was.")
    return json.loads((folder / MANIFEST).read_text())


def _names(folder):
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.name != SUMS
    }


def digest(path):
    """The SHA-256 of a file, as text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_tree(folder):
    """Have every file below ``folder``, and every name, written through to the disk."""
    for path in [*folder.rglob("*"), folder]:
        sync(path)


def sync(path):
    """Have what stands at ``path``, a file or a folder, written through to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
