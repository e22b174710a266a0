"""One-time codes of the people of the demo, for who walks through it.

Their secret follows from their address, so it is none: it is shown to anybody. Of a person who
did not come with the demo, or who chose an app of their own, there is nothing to show.
"""

import base64
import hashlib
import time

from participants.accounts import factors

PAUSE_SECONDS = 0.5


def secret_of(person):
    digest = hashlib.sha256(f"leerlijn-demo:{person.email}".encode()).digest()
    return base64.b32encode(digest[:20]).decode()


def give(person):
    """An app with the secret of the demo, and codes on paper; not to who has a second factor."""
    if not person.is_demo or factors.of(person).exists():
        return
    data = {"secret": factors.sealed(secret_of(person))}
    factors.of(person).create(user=person, type=factors.APP, data=data)
    factors.new_paper(person)


def code_for(person):
    """A code that works now and was not used; None of who is real, or when it takes waiting."""
    app = _app_of(person)
    if app is None:
        return None
    counter = max(factors.now_counter(), factors.last_counter(app) + 1)
    if counter > factors.now_counter() + factors.STEPS_OFF:
        return None
    return factors.code_at(secret_of(person), counter)


def has_codes(person):
    """Whether this is somebody of the demo with the app of the demo."""
    return _app_of(person) is not None


def wait_for_code(person):
    """As ``code_for``, after waiting up to a minute for one. Only where ``has_codes``."""
    while (code := code_for(person)) is None:
        time.sleep(PAUSE_SECONDS)
    return code


def _app_of(person):
    if not person.is_demo:
        return None
    app = factors.of(person).filter(type=factors.APP).first()
    return app if app and factors.secret_of(app) == secret_of(person) else None
