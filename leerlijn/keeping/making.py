import shutil
from pathlib import Path

from django.db import connection

from leerlijn.keeping import databases, folders, media, tables
from leerlijn.keeping.folders import Refused


def make(place):
    """Make a backup in the folder ``place``, beside those that are there; returns its folder.

    Safe while the site goes on. No settings and no keys are in it, and nobody's login. Raises
    Refused; then nothing is left behind.
    """
    place = Path(place).absolute()
    if place.is_relative_to(media.root().resolve()):
        raise Refused("A backup does not go among the files of people (MEDIA_ROOT).")
    place.mkdir(mode=folders.PRIVATE, parents=True, exist_ok=True)
    _clear(place)
    stamp = folders.stamp()
    draft = place / f"{folders.UNFINISHED}{stamp}"
    draft.mkdir(mode=folders.PRIVATE)
    try:
        folders.seal(draft, _filled(draft) | {"made": stamp})
        whole = draft.rename(place / stamp)
        folders.sync(place)
    except OSError as fault:
        raise Refused(f"The backup could not be written: {fault}") from fault
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return whole


def _filled(draft):
    """The manifest of what was put in ``draft``.

    The files are copied before the database and again after it: so each that a row tells of is
    there, whatever is added or removed meanwhile.
    """
    media.copy(draft / folders.MEDIA)
    counted = databases.ours().dump(draft)
    media.copy(draft / folders.MEDIA)
    return {
        "database": connection.vendor,
        "migrations": tables.migrations(),
        "tables": counted,
        "media": media.size(draft / folders.MEDIA),
    }


def _clear(place):
    """Remove what a backup that was killed left behind."""
    for draft in place.glob(f"{folders.UNFINISHED}*"):
        shutil.rmtree(draft, ignore_errors=True)
