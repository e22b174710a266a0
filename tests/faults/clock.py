"""A clock that jumps, ahead and back, while mail is due and terms run: nothing twice or early.

Weeks of periodic work at chosen moments, each time by two at once, with a worker each. Monday 24
March 2025 has a supervisor who is asked, a digest for staff, a reminder on Tuesday, somebody who
asked to be erased and a cohort whose term is nearly over; the clocks of Amsterdam move on Sunday.
"""

import re
from collections import Counter

from tests.faults import BOTH, MARK, on, people
from tests.faults.site import Site

SCENE = (
    people.FRESH
    + """
import datetime as dt
import time_machine
from participants.accounts import tokens
from participants.models import User
from tests.factories import (
    CohortFactory, EnrolmentFactory, HourEntryFactory, PlacementFactory, PopFactory, RoleFactory,
    SupervisorFactory)
with time_machine.travel(begin):
    today = dt.date.fromisoformat(begin[:10])
    contact = {"contact_name": "Karima Zahir", "contact_phone": "020 555 01 23", "quiet_days": 0}
    cohort = CohortFactory(talk_behind_minutes=0, **contact)
    staff = RoleFactory(cohort=cohort).user
    member = EnrolmentFactory(cohort=cohort)
    HourEntryFactory(enrolment=member, returned=True)
    supervisor = SupervisorFactory(introduced=True, email=f"begeleider.{mark}@leerlijn.example")
    placement = PlacementFactory(enrolment=member, supervisor=supervisor)
    HourEntryFactory(enrolment=member, placement=placement)
    old = CohortFactory(starts_on=today - dt.timedelta(900), ends_on=dt.date(2023, 4, 13))
    PopFactory(enrolment=EnrolmentFactory(cohort=old), complete=True)
    leaving = EnrolmentFactory(cohort=CohortFactory(**contact), starts_on=today).participant
    User.objects.filter(pk=leaving.pk).update(erase_on=today + dt.timedelta(14))
    answer = {
        "staff": staff.email, "member": member.participant.email, "supervisor": supervisor.email,
        "leaving": leaving.pk, "token": tokens.make_for_operator(member.participant, name="x")[1],
    }
"""
)
# Two processes at once, each with the periodic work and then what a worker finds.
TICKED = """
import os
import time_machine
children = []
for _each in range(2):
    child = os.fork()
    if not child:
        code = 1
        try:
            with time_machine.travel(moment):
                from django.core.management import call_command
                call_command("tick")
                call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
            code = 0
        except SystemExit as ended:
            code = ended.code or 0
        finally:
            os._exit(code)
    children.append(child)
answer = [os.waitpid(child, 0)[1] for child in children]
"""
THERE = """
from participants.erasing.models import Expiry
from participants.models import DevelopmentPlan, Posting, User
answer = {
    "leaving": User.objects.filter(pk=leaving, erased_at=None).exists(),
    "plans": DevelopmentPlan.objects.count(),
    "announced": Expiry.objects.count(),
    "gone": Expiry.objects.filter(done_at__isnull=False).count(),
    "unsent": Posting.objects.filter(sent_at=None).count(),
}
"""
# Who comes in at ``made_at``: what they get then, and at other moments.
COME_IN = """
import time_machine
from django.test import Client
from participants.models import User
from tests import doors
client = Client(HTTP_HOST="127.0.0.1")
def status(moment):
    with time_machine.travel(moment):
        page = client.get("/wacht/", secure=True).status_code
        return [page, Client().get("/api/v1/me/", secure=True, HTTP_HOST="127.0.0.1",
                                   headers={"authorization": f"Token {token}"}).status_code]
with time_machine.travel(made_at):
    doors.force_login(client, User.objects.get(email=email))
answer = [status(moment) for moment in [made_at, *moments]]
"""
BEGIN = "2025-03-24 05:00Z"
MONDAY, SUPERVISOR_AGAIN = "2025-03-24 07:30Z", "2025-03-31 05:30Z"
# (the moment, then how many mails in all: supervisor, staff, member)
WEEKS = (
    ("2025-03-24 05:20Z", (1, 0, 0)),  # before the digest
    (MONDAY, (1, 1, 0)),
    ("2025-03-24 06:30Z", (1, 1, 0)),  # an hour back
    (MONDAY, (1, 1, 0)),
    ("2025-03-25 08:30Z", (1, 1, 1)),
    ("2025-03-24 08:30Z", (1, 1, 1)),  # a day back, into the hours of the digest
    ("2025-03-25 08:35Z", (1, 1, 1)),
    ("2025-03-30 00:30Z", (1, 1, 1)),  # half past one in Amsterdam, and the clocks move
    ("2025-03-30 01:30Z", (1, 1, 1)),
    ("2025-03-30 00:30Z", (1, 1, 1)),
    (SUPERVISOR_AGAIN, (2, 1, 1)),
    ("2025-03-30 05:30Z", (2, 1, 1)),
    ("2025-03-31 06:30Z", (2, 2, 1)),  # half past eight by now: an hour earlier than a week ago
    ("2025-04-01 07:30Z", (2, 2, 2)),
    ("2029-04-02 07:30Z", (2, 2, 2)),  # four years on, when a digest would go
    ("2029-04-03 07:29Z", (2, 2, 2)),  # almost a day it is not believed
    ("2025-04-01 08:30Z", (2, 2, 2)),
    ("2025-04-06 08:30Z", (2, 2, 2)),
    ("2025-04-07 06:40Z", (3, 3, 2)),  # as usual; two reminders without an answer were enough
)
LEAVES, GOES = "2025-04-07 06:40Z", "2025-04-23"


@on(*BOTH)
def clock_jump(folder, database):
    with Site(folder, database.url).ready() as site:
        known = site.python(SCENE, begin=BEGIN, first=0, mark=MARK)
        for moment, wanted in WEEKS:
            ticked(site, moment)
            found = Counter(mailed(site))
            counts = tuple(found[known[who]] for who in ("supervisor", "staff", "member"))
            assert counts == wanted, f"{moment}: {counts} mails instead of {wanted}"
            there = site.python(THERE, leaving=known["leaving"])
            assert there["leaving"] == (moment != LEAVES), f"{moment}: erased at the wrong time"
            assert not there["gone"] and there["plans"] == 1, f"{moment}: something is gone"
            assert there["announced"] == 2, f"{moment}: {there['announced']} terms announced"
            assert not there["unsent"], f"{moment}: mail that waits"
        days = [f"2025-04-{day:02} 09:00Z" for day in (14, 21, 22, 23)]
        gone = [gone_at(site, known, day) for day in days]
        assert gone == [0, 0, 0, 2], f"of the term went: {gone}"
        statuses = logins(site, known)
        total = sum(found.values())
        return (
            f"{len(WEEKS) + len(days)} moments, {total} mails and none twice, nobody erased and"
            f" no term carried out early; a login of 2029: {statuses}"
        )


def ticked(site, moment):
    """The periodic work at ``moment``, by two processes at once.

    One may find the database locked by the other for too long: then the next run does it.
    """
    codes = site.python(TICKED, moment=moment)
    if any(codes):
        codes = site.python(TICKED, moment=moment)
    assert not any(codes), f"{moment}: periodic work ended with {codes}"


def gone_at(site, known, day):
    ticked(site, day)
    return site.python(THERE, leaving=known["leaving"])["gone"]


def mailed(site):
    """To whom each mail went that was ever sent."""
    written = "".join(path.read_text() for path in (site.folder / "mail").glob("*"))
    return re.findall(r"^To: (\S+)$", written, re.MULTILINE)


def logins(site, known):
    """What a login gets that was made four years ahead: there, and after coming back."""
    ahead, back = "2029-04-24 09:00Z", "2025-04-24 09:00Z"
    facts = {"email": known["staff"], "token": known["token"]}
    [there, _early] = site.python(COME_IN, made_at=ahead, moments=[ahead], **facts)
    assert there == [200, 200], there
    [_now, later] = site.python(COME_IN, made_at=back, moments=[ahead], **facts)
    assert later == [302, 200], f"a login of four years ago: {later}"
    ticked(site, back)
    [left] = [site.python(LASTING, moment=back)]
    assert left == 0, f"{left} logins that end in four years"
    return "ended after coming back, and the token still works"


LASTING = """
import datetime as dt
from django.contrib.sessions.models import Session
limit = dt.datetime.fromisoformat(moment.replace("Z", "+00:00")) + dt.timedelta(days=91)
answer = Session.objects.filter(expire_date__gt=limit).count()
"""
FAULTS = (clock_jump,)
