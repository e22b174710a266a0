"""The statement of hours: of one person and period, only what counts."""

import datetime as dt

import pypdfium2
import pytest
import time_machine
from django.urls import reverse

from participants.hours import statement
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory
from tests.participants.hours.scene import NOON
from tests.pdfa import faults

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2025, 3, 1), dt.date(2025, 3, 31)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def enrolment(client):
    enrolment = EnrolmentFactory(participant__name="Noor de Wit")
    client.force_login(enrolment.participant)
    return enrolment


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(p.get_textpage().get_text_bounded().split()) for p in document)


def asked(client, enrolment, **period):
    return client.get(reverse("hours:statement", args=[enrolment.pk]), period)


def test_only_what_counts_and_lies_in_the_period_stands_on_it(enrolment):
    for day, state in ((FIRST, "approved"), (LAST, "approved"), (LAST, "returned")):
        HourEntryFactory(enrolment=enrolment, date=day, minutes=61, **{state: True})
    for day in (FIRST - dt.timedelta(days=1), LAST + dt.timedelta(days=1)):
        HourEntryFactory(enrolment=enrolment, date=day, approved=True)
    HourEntryFactory(approved=True, date=FIRST)  # of somebody else
    facts = statement.facts(enrolment, FIRST, LAST)
    assert [(line["date"], line["minutes"]) for line in facts["entries"]] == [
        ("2025-03-01", 61),
        ("2025-03-31", 61),
    ]


def test_the_pdf_keeps_both_standards_and_names_person_and_period(client, enrolment):
    HourEntryFactory(
        enrolment=enrolment, approved=True, date=FIRST, reviewed_by__name="Karim Zonneveld"
    )
    answer = asked(client, enrolment, van="2025-03-01", tot="2025-03-31")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert (
        'filename="urenstaat-noor-de-wit-2025-03-01-2025-03-31.pdf"'
        in (answer["Content-Disposition"])
    )
    assert faults(answer.content) == []
    said = text_of(answer.content)
    assert "Urenstaat van Noor de Wit" in said and "Karim Zonneveld" in said
    assert "1 maart 2025 tot en met 31 maart 2025" in said


def test_the_whole_time_stands_ready_as_the_period(client, enrolment):
    form = asked(client, enrolment).context["form"]
    assert (form["van"].value(), form["tot"].value()) == statement.period_of(enrolment)
    assert statement.period_of(enrolment)[1] == dt.date(2025, 4, 1)


def test_a_period_that_is_none_is_asked_again(client, enrolment):
    page = asked(client, enrolment, van="2025-03-31", tot="2025-03-01").content.decode()
    assert "De laatste dag ligt voor de eerste dag." in page


def test_staff_of_the_cohort_make_it_too(client, enrolment):
    client.force_login(RoleFactory(cohort=enrolment.cohort).user)
    page = asked(client, enrolment).content.decode()
    assert "Urenstaat van Noor de Wit" in " ".join(page.split())
