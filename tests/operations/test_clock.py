"""A clock that leaps ahead is not believed for a day, and keeps nobody waiting afterwards."""

import datetime as dt

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command

from leerlijn import clock, ticking
from participants.accounts import devices
from participants.confirmations import asking
from participants.mailing.models import Posting

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 3, 3, 9, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
YEARS = 4 * 365 * DAY


@pytest.fixture(autouse=True)
def moment(time_machine):
    time_machine.move_to(NOW, tick=False)
    assert clock.is_believed()
    return time_machine


@pytest.mark.parametrize(
    ("moments", "believed"),
    [
        ([HOUR, 7 * DAY, 14 * DAY], [True, True, True]),
        ([-YEARS, -YEARS + HOUR], [True, True]),
        ([YEARS, YEARS + 23 * HOUR, YEARS + DAY], [False, False, True]),
        ([YEARS, HOUR, DAY], [False, True, True]),
        ([YEARS, YEARS + 9 * DAY, YEARS + 10 * DAY], [False, False, True]),
    ],
)
def test_ahead_it_is_not_believed_for_a_day(moment, moments, believed):
    said = []
    for each in moments:
        moment.move_to(NOW + each, tick=False)
        said.append(clock.is_believed())
    assert said == believed


def test_meanwhile_nothing_goes_by_the_calendar(moment, capsys):
    moment.move_to(NOW + YEARS, tick=False)
    call_command("tick")
    lines = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
    waiting = {name for name, did in lines.items() if did.startswith("WAITS")}
    working = {job.name for job in ticking.JOBS} - waiting
    assert working == {"viruses", "files", "certificates", "exports", "post"}


def test_mail_dated_years_ahead_goes_now():
    wrong = Posting.objects.create(kind="x", due_at=NOW + YEARS)
    Posting.objects.create(kind="x", due_at=NOW + HOUR)
    assert list(Posting.objects.due()) == [wrong]


@pytest.mark.parametrize(("last", "waits"), [(-6 * DAY, 1), (6 * DAY, 13), (YEARS, None)])
def test_a_mail_of_years_ahead_keeps_no_supervisor_waiting(last, waits):
    assert asking.next_mail_at(NOW + last) == (waits and NOW + waits * DAY)


def test_a_login_made_years_ahead_ends(moment):
    for made_at in (NOW + YEARS, NOW):
        moment.move_to(made_at, tick=False)
        session = SessionStore()
        session["device"] = 1
        session.create()
    devices.sweep()
    assert Session.objects.get().session_key == session.session_key
