"""Posting and delivering.

A mail is claimed, sent, and marked as sent. When sending fails it is tried again later, with a
longer pause each time. When the process dies between sending and marking, nobody knows whether
the mail went: it is not sent again (once too few is asked for again, twice is a worry), and
``deliver_waiting`` counts it.
"""

import datetime as dt
import smtplib

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone
from django_tasks import task

from participants.mailing.letters import KINDS
from participants.mailing.models import LONGEST_PAUSE, Posting

MOST_TRIES = 12
FIRST_PAUSE = dt.timedelta(minutes=1)
URGENT = 50  # somebody waits for it with the page open; the rest of the post has 0
IN_HAND = dt.timedelta(minutes=10)  # longer than any mail server lets us wait
# What a mail server that is down, slow or unwilling makes of a call.
UNDELIVERED = (OSError, smtplib.SMTPException)
PERMANENT = 500
# Sent with ``address`` and ``status``, what the mail server answered: "550" or "5.1.1".
undeliverable = Signal()
log = structlog.get_logger("leerlijn.mail")


def post(kind, *ids, key=None, urgent=False):
    """Have a letter of this ``kind`` sent once the transaction that you are in comes through.

    ``ids`` are what its function takes. With a ``key`` only the first call ever counts: True
    when this was the first. What is ``urgent`` goes before other tasks.
    """
    if kind not in KINDS:
        raise LookupError(f"no letter is called {kind}")
    try:
        with transaction.atomic():
            posting = Posting.objects.create(kind=kind, arguments=list(ids), key=key)
    except IntegrityError:
        if key is None:
            raise
        return False
    deliver.using(priority=URGENT if urgent else 0).enqueue(posting.pk)
    return True


@task()
def deliver(pk):
    """Send the posting with this key, unless somebody else has it or it is not its time yet."""
    claimed = Posting.objects.due().filter(pk=pk)
    if not claimed.update(claimed_at=timezone.now(), tries=F("tries") + 1):
        return
    posting = Posting.objects.get(pk=pk)
    try:
        # Composing costs no connection; a letter that cannot be made is a bug and is seen as one.
        letter = KINDS[posting.kind](*posting.arguments)
        if letter is not None:
            letter.message().send()
    except smtplib.SMTPRecipientsRefused as failure:
        _turn_away(posting, failure)
    except UNDELIVERED as failure:
        _put_back(posting, failure)
    except Exception:
        _give_up(posting)
        raise
    else:
        Posting.objects.filter(pk=pk).update(sent_at=timezone.now())


def deliver_waiting():
    """Send all that is due, also where no worker runs; ``(sent, waiting, unsure)``."""
    tried = list(Posting.objects.due().values_list("pk", flat=True))
    for pk in tried:
        try:
            deliver.call(pk)
        except Exception:
            log.exception("letter_failed", posting=pk)
    lost = Posting.objects.unsure().filter(claimed_at__lt=timezone.now() - IN_HAND)
    sent = Posting.objects.filter(pk__in=tried, sent_at__isnull=False).count()
    return sent, Posting.objects.unsent().filter(claimed_at=None).count(), lost.count()


def give_up_waiting():
    """Send nothing of what waits, after an older state came back; how many mails that were.

    Most of it went since then, and a mail too few is asked for again.
    """
    return Posting.objects.unsent().update(given_up_at=timezone.now())


def _turn_away(posting, failure):
    """Trying again helps when the server said "not now" (4xx), not when it said "never" (5xx)."""
    codes = {address: code for address, (code, _said) in failure.recipients.items()}
    if not all(code >= PERMANENT for code in codes.values()):
        _put_back(posting, failure)
        return
    _give_up(posting)
    for address, code in codes.items():
        undeliverable.send(sender=None, address=address, status=str(code))


def _put_back(posting, failure):
    """Wait twice as long as last time, and in the end no more."""
    if posting.tries >= MOST_TRIES:
        _give_up(posting)
        return
    pause = min(FIRST_PAUSE * 2 ** (posting.tries - 1), LONGEST_PAUSE)
    Posting.objects.filter(pk=posting.pk).update(claimed_at=None, due_at=timezone.now() + pause)
    # The class only: what a server answers may hold the address.
    log.warning("mail_postponed", posting=posting.pk, failure=type(failure).__name__)


def _give_up(posting):
    Posting.objects.filter(pk=posting.pk).update(given_up_at=timezone.now())
    log.error("mail_given_up", posting=posting.pk, kind=posting.kind)
