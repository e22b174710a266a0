"""Who was erased, without names: in the database, and in a file that no backup puts back.

A line has the key of the account, a salt, and the hash of that key with the moment at which the
account was made. So an account with that key in an older backup is known to be the same one,
whatever address it had by then, and one that somebody made since is another (docs/adr/0032).
"""

import hashlib
import json
import os
import secrets
from typing import NamedTuple

import structlog
from django.conf import settings
from django.utils import timezone

from participants.erasing.models import Erased

log = structlog.get_logger("leerlijn.erasing")


class Line(NamedTuple):
    """One erased person, as the file and the database have it."""

    person: int
    salt: str
    digest: str
    erased_at: str

    def is_of(self, user):
        """Whether ``user`` is the account that was erased, and not one of later with its key."""
        return self.person == user.pk and self.digest == digest_of(user, self.salt)


def digest_of(user, salt):
    """What tells an account from every other that ever had or gets its key."""
    made = int(user.joined_at.timestamp() * 1_000_000)
    return hashlib.sha256(f"{salt} {user.pk} {made}".encode()).hexdigest()


def note(user):
    """Write down that ``user`` is erased. Within the transaction in which it happens.

    The file first: a line too many is of somebody who was to go anyway. Raises OSError when the
    file cannot be written, and then nothing is erased.
    """
    salt = secrets.token_hex(16)
    now = timezone.now()
    line = Line(user.pk, salt, digest_of(user, salt), now.isoformat())
    _append(line)
    facts = line._asdict() | {"erased_at": now}
    Erased.objects.get_or_create(person=user.pk, defaults=facts)


def lines():
    """Every Line that the file or the database has; no file is no lines."""
    rows = Erased.objects.values_list("person", "salt", "digest", "erased_at")
    found = [Line(*facts, moment.isoformat()) for *facts, moment in rows]
    try:
        text = settings.ERASED_LEDGER.read_text()
    except FileNotFoundError:
        return found
    return [*found, *filter(None, map(_read, text.splitlines()))]


def _read(text):
    if not text:
        return None
    try:
        return Line(**json.loads(text))
    except (ValueError, TypeError):
        # Half a line: the machine stopped while it was written, and nothing was erased.
        log.warning("ledger_line_unreadable")
        return None


def _append(line):
    path = settings.ERASED_LEDGER
    path.parent.mkdir(parents=True, exist_ok=True)
    # A line break in front too: whatever half a line stands there, this one is whole.
    text = f"\n{json.dumps(line._asdict())}\n"
    with open(path, "ab", opener=_for_nobody_else) as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _for_nobody_else(path, flags):
    return os.open(path, flags, 0o600)
