"""One supervisor with two people, and what a mailed link and its code are."""

import datetime as dt

from participants.confirmations import asking
from participants.models import ConfirmationRequest
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    PlacementFactory,
    RoleFactory,
    SupervisorFactory,
    UserFactory,
)

NOON = "2025-03-10 12:00 +0100"
MONDAY = dt.date(2025, 3, 3)


class Scene:
    """Noor and Sam work where Karim guides; each has hours that wait."""

    def __init__(self):
        self.cohort = CohortFactory(contact_name="Karima Zahir", contact_phone="06 0000 0000")
        self.coordinator = RoleFactory(coordinator=True).user
        self.trainer = RoleFactory(cohort=self.cohort).user
        self.supervisor = SupervisorFactory(introduced=True, name="Karim Zonneveld")
        self.noor, self.sam = self.person("Noor Achternaam"), self.person("Sam Anderenaam")
        self.first = self.hours(self.noor, description="Koffieochtend in de buurtkamer")
        self.second = self.hours(self.noor, date=MONDAY + dt.timedelta(days=1), minutes=90)
        self.third = self.hours(self.sam, description="Meegelopen op het spreekuur")

    def person(self, name, supervisor=None):
        """The placement of somebody with this name."""
        enrolment = EnrolmentFactory(cohort=self.cohort, participant=UserFactory(name=name))
        return PlacementFactory(enrolment=enrolment, supervisor=supervisor or self.supervisor)

    def hours(self, placement, **facts):
        facts = {"date": MONDAY, "minutes": 120} | facts
        return HourEntryFactory(enrolment=placement.enrolment, placement=placement, **facts)

    def ask(self):
        return asking.send(self.supervisor, by=self.coordinator)


def address(request, rest=""):
    return f"/bevestigen/{request.token}/{rest}"


def all_right(request, **more):
    """What "Alles klopt" sends with the right code."""
    return {"all": "yes", "code": request.code} | more


def chosen(request, answers, **more):
    """What a form sends: ``answers`` as {entry: reason}, "" for right, with the right code."""
    sent = {"code": request.code} | more
    for entry, reason in answers.items():
        line = request.lines.get(entry=entry)
        sent[f"regel-{line.pk}-answer"] = "no" if reason else "yes"
        sent[f"regel-{line.pk}-reason"] = reason
    return sent


def states(*entries):
    for entry in entries:
        entry.refresh_from_db()
    return [entry.status for entry in entries]


def newest():
    return ConfirmationRequest.objects.first()
