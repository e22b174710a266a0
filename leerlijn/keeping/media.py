"""The files of people: copied into a backup, and put back beside what is there."""

import contextlib
import shutil
from pathlib import Path

from django.conf import settings

from leerlijn.keeping import folders

ASIDE = ".before-"
COMING = ".coming-"
# Of the machine and not of people: the key by which a demo signs its own papers.
STAYS = {"demo-signature"}


def root():
    """MEDIA_ROOT, which need not be there yet."""
    return Path(settings.MEDIA_ROOT)


def copy(into):
    """Copy what is not there yet to ``into``, file by file. Safe while the site goes on.

    Files have random names and never change; one that goes meanwhile is passed over.
    """
    into.mkdir(mode=folders.PRIVATE, exist_ok=True)
    for path in _kept(root()):
        target = into / path.relative_to(root())
        if not target.exists():
            target.parent.mkdir(mode=folders.PRIVATE, parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):
                shutil.copy2(path, target)


def _kept(place):
    """The files below ``place`` that are whole: what begins with a dot is not, or is set aside."""
    for path in place.rglob("*"):
        parts = path.relative_to(place).parts
        hidden = any(part.startswith(".") for part in parts)
        if path.is_file() and not hidden and parts[0] not in STAYS:
            yield path


def size(place):
    """How many files stand below ``place``, and of how many bytes together."""
    sizes = [path.stat().st_size for path in place.rglob("*") if path.is_file()]
    return {"files": len(sizes), "bytes": sum(sizes)}


def bring(backup, stamp):
    """Copy the files of ``backup`` to the disk of the site, under a name that nobody looks at."""
    coming = root() / f"{COMING}{stamp}"
    shutil.rmtree(coming, ignore_errors=True)
    coming.parent.mkdir(mode=folders.PRIVATE, parents=True, exist_ok=True)
    shutil.copytree(backup / folders.MEDIA, coming)
    folders.sync_tree(coming)
    return coming


def swap(coming, stamp):
    """Set aside what the site has and put ``coming`` in its place; returns where the old is.

    Within MEDIA_ROOT, that may be a disk of its own: so nothing is copied.
    """
    aside = root() / f"{ASIDE}{stamp}"
    aside.mkdir(mode=folders.PRIVATE)
    for path in list(root().iterdir()):
        if not path.name.startswith(".") and path.name not in STAYS:
            path.rename(aside / path.name)
    for path in list(coming.iterdir()):
        path.rename(root() / path.name)
    coming.rmdir()
    folders.sync(root())
    return aside


def forget(is_old):
    """Remove what was set aside, or was on its way, by the stamps that ``is_old`` says yes to."""
    old = [
        path
        for sign in (ASIDE, COMING)
        for path in root().glob(f"{sign}*")
        if is_old(path.name.removeprefix(sign))
    ]
    for path in old:
        shutil.rmtree(path)
    return len(old)
