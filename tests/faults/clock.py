"""A clock that jumps years ahead and comes back: nothing goes that should stay."""

from tests.faults import people
from tests.faults.site import Site

YEARS = 4
TICKED = """
import datetime as dt
import time_machine
from django.core.management import call_command
from django.utils import timezone
with time_machine.travel(timezone.now() + dt.timedelta(days=365 * years)):
    for _turn in range(2):
        call_command("tick")
answer = True
"""
COUNTED = """
from certificates.models import Certificate
from participants import models
answer = [model.objects.count() for model in (
    Certificate, models.User, models.Enrolment, models.HourEntry, models.Attendance,
    models.PlanVersion, models.FinalInterview)]
"""
MAILS = """
from participants.mailing.models import Posting
answer = [Posting.objects.count(), Posting.objects.exclude(sent_at=None).count()]
"""


def clock_jump(folder):
    with Site(folder).ready() as site:
        _cohort, staff, [member] = people.ready(site, 1)
        site.start_web()
        assert staff.post("/api/v1/certificates/", json={"enrolment": member.enrolment}).ok
        before = site.python(COUNTED)
        site.manage("tick")
        site.python(TICKED, years=YEARS)
        site.manage("tick")
        site.manage("tick")
        assert site.python(COUNTED) == before, (before, site.python(COUNTED))
        sent = site.python(MAILS)[1]
        assert member.api.get("/api/v1/me/").status_code == 200
        return f"{YEARS} years ahead and back: all rows there, {sent} mails, the token still works"


FAULTS = (clock_jump,)
