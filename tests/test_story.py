"""One person's road through the API, from the first hour to a certificate that is checked."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from reportlab.pdfgen.canvas import Canvas
from rest_framework.test import APIClient

from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    InterviewCriterionFactory,
    PlacementFactory,
    RoleFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
NOW = "2025-06-20T12:00:00+02:00"


class Person:
    """Somebody at the API; what they send must be answered with what was expected."""

    def __init__(self, user):
        self.user, self.client = user, APIClient()
        self.client.force_authenticate(user)

    def does(self, method, address, data=None, expect=200, **how):
        how = how or {"format": "json"}
        answer = getattr(self.client, method)(f"/api/v1/{address}", data, **how)
        assert answer.status_code == expect, answer.content
        return answer.json() if answer.content else None


@pytest.fixture
def cohort():
    cohort = CohortFactory()
    InterviewCriterionFactory.create_batch(3, track=cohort.track)
    return cohort


@pytest.fixture
def team(cohort):
    assessors = [Person(RoleFactory(cohort=cohort, assessor=True).user) for _ in "12"]
    trainer = Person(RoleFactory(cohort=cohort).user)
    return trainer, assessors, Person(RoleFactory(coordinator=True).user)


@pytest.fixture
def enrolment(cohort):
    return PlacementFactory(enrolment__cohort=cohort).enrolment


def writes_hours(me, trainer, enrolment, kind, hours):
    """``hours`` in days of at most ten, typed as people type, each approved by ``trainer``."""
    start = dt.date(2025, 3, 1) if kind == "work" else dt.date(2025, 4, 1)
    for day in range(0, hours, 10):
        sent = {
            "enrolment": enrolment.pk,
            "kind": kind,
            "date": str(start + dt.timedelta(days=day)),
            "minutes": f"{min(10, hours - day)} uur",
            "description": "Meegelopen op het spreekuur",
        }
        entry = me.does("post", "hours/", sent, 201)
        assert entry["status"] == "submitted" and entry["why_not_counted"]
        entry = trainer.does("post", f"hours/{entry['id']}/approve/")
        assert (entry["status"], entry["why_not_counted"]) == ("approved", "")


def attends(trainer, enrolment, kind):
    session = SessionFactory(kind=kind, cohorts=[enrolment.cohort], minutes=120)
    register = trainer.does("get", f"sessions/{session.pk}/register/")
    [row] = register["rows"]
    assert (row["enrolment"], row["status"]) == (enrolment.pk, None)
    sent = {
        "version": register["version"],
        "rows": [{"enrolment": enrolment.pk, "status": "present", "active": True, "minutes": 120}],
    }
    trainer.does("put", f"sessions/{session.pk}/register/", sent)
    assert trainer.does("put", f"sessions/{session.pk}/register/", sent, 409)["code"] == "changed"


def plans(me, trainer, enrolment):
    pop = me.does("post", "plans/", {"kind": "personal", "enrolment": enrolment.pk}, 201)["id"]
    upload = {"file": SimpleUploadedFile("pop.pdf", a_pdf(), "application/pdf")}
    me.does("post", f"plans/{pop}/versions/", upload, 201, format="multipart")
    trainer.does("get", f"plans/{pop}/", expect=404)
    me.does("post", f"plans/{pop}/share/")
    trainer.does("post", f"plans/{pop}/complete/")
    sent = {"kind": "group", "cohort": enrolment.cohort_id}
    gop = me.does("post", "plans/", sent, 201)["id"]
    sections = {"sections": {"doel": "Ieder buurtteam weet ons te vinden."}}
    me.does("post", f"plans/{gop}/versions/", sections, 201)
    trainer.does("post", f"plans/{gop}/complete/")
    me.does("post", f"plans/{gop}/endorse/")


def a_pdf():
    paper = io.BytesIO()
    canvas = Canvas(paper)
    canvas.drawString(90, 700, "Mijn plan")
    canvas.save()
    return paper.getvalue()


def talks(coordinator, assessors, enrolment):
    sent = {
        "enrolment": enrolment.pk,
        "planned_at": "2025-06-19T10:00:00+02:00",
        "assessors": [assessor.user.pk for assessor in assessors],
    }
    interview = coordinator.does("post", "interviews/", sent, 201)
    address = f"interviews/{interview['id']}"
    items = [criterion["id"] for criterion in interview["criteria"]]
    ratings = [{"criterion": item, "value": "good", "notes": "Liet het zien"} for item in items]
    for assessor in assessors:
        sent = {"ratings": ratings, "independent": True, "hand_in": True}
        assessor.does("put", f"{address}/ratings/", sent)
    joint = {"joint": [{"criterion": item, "value": "good"} for item in items]}
    assessors[0].does("put", f"{address}/joint/", joint)
    assert assessors[1].does("post", f"{address}/finalise/")["result"] == "pass"


@time_machine.travel(NOW)
def test_from_the_first_hour_to_a_certificate_that_anybody_can_check(enrolment, team):
    trainer, assessors, coordinator = team
    me = Person(enrolment.participant)
    writes_hours(me, trainer, enrolment, "work", 60)
    writes_hours(me, trainer, enrolment, "study", 56)
    attends(trainer, enrolment, "lesson")
    attends(trainer, enrolment, "intervision")
    plans(me, trainer, enrolment)
    refused = coordinator.does("post", "certificates/", {"enrolment": enrolment.pk}, 400)
    assert refused["code"] == "criteria_not_met" and "Eindgesprek" in refused["detail"]
    talks(coordinator, assessors, enrolment)

    progress = me.does("get", f"enrolments/{enrolment.pk}/progress/")
    assert progress["criteria_met"]
    assert [line["met"] for line in progress["criteria"]] == [True] * 7
    figures = {line["key"]: line["achieved"] for line in progress["criteria"]}
    assert (figures["work"], figures["study"]) == (3600, 3600)

    issued = coordinator.does("post", "certificates/", {"enrolment": enrolment.pk}, 201)
    again = coordinator.does("post", "certificates/", {"enrolment": enrolment.pk}, 409)
    assert again["code"] == "already_issued"
    seen = check(issued)
    assert (seen["status"], seen["name"]) == ("valid", enrolment.participant.name)
    assert (seen["study_minutes"], seen["work_minutes"]) == (3600, 3600)
    pdf = me.client.get(f"/api/v1/certificates/{issued['number']}/pdf/")
    assert b"".join(pdf.streaming_content if pdf.streaming else [pdf.content])[:5] == b"%PDF-"

    sent = {"reason": "Dubbel gemaakt"}
    coordinator.does("post", f"certificates/{issued['number']}/revoke/", sent)
    assert check(issued)["status"] == "revoked"


def check(issued):
    code = issued["check_url"].rstrip("/").rsplit("/", 1)[-1]
    return Client().get(f"/api/v1/check/{code}/").json()


@time_machine.travel(NOW)
def test_a_stranger_gets_nothing_along_the_way(enrolment, team):
    stranger = Person(EnrolmentFactory().participant)
    nothing = stranger.does("get", f"enrolments/{enrolment.pk}/progress/", expect=404)
    assert nothing == stranger.does("get", "enrolments/987654321/progress/", expect=404)
    assert stranger.does("get", f"enrolments/?cohort={enrolment.cohort_id}")["results"] == []
