"""The statement for who stops: facts of the day, kept as they were given."""

import datetime as dt
import hashlib

import pypdfium2
import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from certificates import participation
from certificates.models import ParticipationStatement
from participants.models import Enrolment, Event
from tests.factories import (
    AttendanceFactory,
    EnrolmentFactory,
    FinalInterviewFactory,
    HourEntryFactory,
    InterviewItemFactory,
    RoleFactory,
    SessionFactory,
    TrainingChoiceFactory,
    TrainingFactory,
)
from tests.pdfa import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    enrolment = EnrolmentFactory(stopped=True, participant__name="Noor de Wit")
    cohort = enrolment.cohort
    HourEntryFactory(enrolment=enrolment, minutes=18 * 60 // 2, approved=True)
    HourEntryFactory(enrolment=enrolment, kind="study", minutes=70, approved=True)
    HourEntryFactory(enrolment=enrolment, minutes=240)
    HourEntryFactory(enrolment=enrolment, minutes=300, returned=True)
    lesson = SessionFactory(cohorts=[cohort], closed=True, minutes=150)
    AttendanceFactory(session=lesson, enrolment=enrolment, minutes=150)
    AttendanceFactory(
        session=SessionFactory(cohorts=[cohort], closed=True),
        enrolment=enrolment,
        status="absent",
        actively_participated=False,
        minutes=0,
    )
    for title, status in (("Grenzen stellen", "completed"), ("Beter vragen stellen", "chosen")):
        training = TrainingFactory(title=title, track=cohort.track)
        TrainingChoiceFactory(enrolment=enrolment, training=training, status=status)
    return enrolment


@pytest.fixture
def coordinator():
    return RoleFactory(coordinator=True).user


def words(pdf):
    with pypdfium2.PdfDocument(bytes(pdf)) as document:
        return " ".join(
            " ".join(sheet.get_textpage().get_text_bounded() for sheet in document).split()
        )


def test_it_tells_what_counted_and_nothing_else(enrolment, coordinator):
    made = participation.make_statement(enrolment, by=coordinator)
    told = made.facts
    assert (told["work_minutes"], told["study_minutes"]) == (540, 220)
    assert told["attendance"] == [{"label": "Lessen", "achieved": 1}]
    assert told["trainings"] == ["Grenzen stellen"]
    assert (told["period_start"], told["period_end"]) == ("2025-01-06", "2025-04-01")
    text = words(made.pdf)
    for said in ("Noor de Wit", "9 uur", "Lessen 1 keer", "Grenzen stellen", "geen certificaat"):
        assert said in text
    assert "Beter vragen" not in text


def test_it_has_no_ratings_no_number_and_no_code(enrolment, coordinator):
    interview = FinalInterviewFactory(enrolment=enrolment, passed=True)
    InterviewItemFactory(interview=interview, title="Grenzen voelen")
    made = participation.make_statement(enrolment, by=coordinator)
    assert not {"ratings", "number", "hand_code", "check_url"} & set(made.facts)
    text = words(made.pdf)
    assert "Grenzen voelen" not in text and "LL-" not in text and "controle" not in text.lower()


def test_the_stored_paper_keeps_both_standards(enrolment, coordinator):
    made = participation.make_statement(enrolment, by=coordinator)
    assert faults(bytes(made.pdf)) == []
    assert made.sha256 == hashlib.sha256(bytes(made.pdf)).hexdigest()


def test_asked_again_on_the_same_day_it_is_the_same_one(enrolment, coordinator):
    first = participation.make_statement(enrolment, by=coordinator)
    assert participation.make_statement(enrolment, by=enrolment.participant) == first
    assert Event.objects.filter(act="participation_stated").count() == 1


def test_another_day_or_another_fact_makes_another_and_the_first_stays(enrolment, coordinator):
    first = participation.make_statement(enrolment, by=coordinator)
    HourEntryFactory(enrolment=enrolment, minutes=60, approved=True)
    second = participation.make_statement(enrolment, by=coordinator)
    with time_machine.travel(dt.datetime(2031, 1, 1, 12, tzinfo=dt.UTC), tick=False):
        third = participation.make_statement(enrolment, by=coordinator)
    assert len({first.pk, second.pk, third.pk}) == 3
    assert first.facts["work_minutes"] + 60 == second.facts["work_minutes"]
    assert third.facts["date"] == "2031-01-01"
    assert words(ParticipationStatement.objects.get(pk=first.pk).pdf) == words(first.pdf)


def test_who_stopped_makes_it_for_oneself(enrolment):
    assert participation.make_statement(enrolment, by=enrolment.participant)


@pytest.mark.parametrize("kind", ["trainer", "assessor"])
def test_other_staff_does_not(enrolment, kind):
    with pytest.raises(PermissionDenied):
        participation.make_statement(
            enrolment, by=RoleFactory(cohort=enrolment.cohort, kind=kind).user
        )


@pytest.mark.parametrize("status", ["active", "completed", "applied", "declined"])
def test_only_for_who_stopped(status, coordinator):
    facts = {"decided_at": None, "decided_by": None} if status == "applied" else {}
    with pytest.raises(ValidationError) as refusal:
        participation.make_statement(EnrolmentFactory(status=status, **facts), by=coordinator)
    assert refusal.value.code == "not_stopped"


def test_a_name_that_cannot_be_printed_is_refused_with_a_sentence(client, enrolment, coordinator):
    Enrolment.objects.update(certificate_name="Mei 漢")
    client.force_login(coordinator)
    html = client.post(f"/bewijs/{enrolment.pk}/").content.decode()
    assert "teken dat we niet kunnen drukken" in html
    assert not ParticipationStatement.objects.exists()


def test_it_is_never_changed_or_taken_away(enrolment, coordinator):
    made = participation.make_statement(enrolment, by=coordinator)
    rows = ParticipationStatement.objects.all()
    for act in (made.save, made.delete, rows.delete, lambda: rows.update(facts={})):
        with pytest.raises(TypeError):
            act()


def test_the_database_keeps_one_of_the_same_facts(enrolment, coordinator):
    made = participation.make_statement(enrolment, by=coordinator)
    made.pk, made._state.adding = None, True
    with pytest.raises(IntegrityError, match="a_statement_of_the_same|sha256"):
        made.save()


def test_made_on_the_page_and_downloaded_as_it_was(client, enrolment, coordinator):
    client.force_login(coordinator)
    person = client.get(f"/deelnames/{enrolment.pk}/").content.decode()
    assert f"/bewijs/{enrolment.pk}/" in person
    html = client.get(f"/bewijs/{enrolment.pk}/").content.decode()
    assert "9 uur" in html and "Al gemaakt" not in html
    assert not ParticipationStatement.objects.exists()
    assert client.post(f"/bewijs/{enrolment.pk}/").status_code == 302
    made = ParticipationStatement.objects.get()
    response = client.get(f"/bewijzen/{made.pk}/pdf/?bewaar")
    assert response.content == bytes(made.pdf)
    assert response["Content-Disposition"].startswith('attachment; filename="bewijs-van-deelname-')
    assert response["Cache-Control"] == "private, no-store"


def test_who_stopped_finds_it_from_the_first_screen(client, enrolment):
    client.force_login(enrolment.participant)
    assert f'href="/bewijs/{enrolment.pk}/"' in client.get("/").content.decode()
    assert f'href="/bewijs/{enrolment.pk}/"' in client.get("/meer/").content.decode()
    client.post(f"/bewijs/{enrolment.pk}/")
    made = ParticipationStatement.objects.get()
    assert client.get(f"/bewijzen/{made.pk}/pdf/").status_code == 200


def test_given_before_it_can_still_be_fetched_by_who_takes_part_again(client, enrolment):
    made = participation.make_statement(enrolment, by=enrolment.participant)
    Enrolment.objects.update(status="active", ends_on=None)
    client.force_login(enrolment.participant)
    assert client.get(f"/bewijs/{enrolment.pk}/").status_code == 404
    assert client.get(f"/bewijzen/{made.pk}/pdf/").status_code == 200
