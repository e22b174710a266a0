"""A paper that the supervisor signed: a photo, and the lines that stand on it are approved."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from participants.hours import actions
from participants.models import Event, HourEntry, HourProof, StoredFile
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory
from tests.participants.hours.scene import NOON, by_slip, photo, refused

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2025, 3, 3)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def entries():
    return HourEntryFactory.create_batch(3, enrolment=EnrolmentFactory(), date=MONDAY)


@pytest.fixture
def trainer(entries, client):
    trainer = RoleFactory(cohort=entries[0].enrolment.cohort).user
    client.force_login(trainer)
    return trainer


def page_of(entries, week="2025-W10"):
    return reverse("hours:slip", args=[entries[0].enrolment_id, week])


def sent(*ticked, every=(), **facts):
    seen = {f"seen-{entry.pk}": entry.changed_at.isoformat() for entry in every or ticked}
    return {"line": [entry.pk for entry in ticked], "file": photo("papier.jpg")} | seen | facts


def states(entries):
    return [HourEntry.objects.get(pk=entry.pk).status for entry in entries]


def test_the_lines_on_the_paper_are_approved_and_the_others_wait(client, trainer, entries):
    first, second, _other = entries
    answer = client.post(page_of(entries), sent(first, second, note="Van 5 maart"), follow=True)
    assert "2 regels akkoord met papier." in answer.content.decode()
    assert states(entries) == ["approved", "approved", "submitted"]
    (file,) = StoredFile.objects.all()
    assert file.owner == first.enrolment.participant
    assert set(HourProof.objects.slips().values_list("entry", "file")) == {
        (first.pk, file.pk),
        (second.pk, file.pk),
    }
    first.refresh_from_db()
    assert (first.reviewed_by, first.review_note) == (trainer, "Getekend papier: Van 5 maart")


def test_both_decisions_are_written_down_for_each_line(trainer, entries):
    by_slip(entries, trainer)
    events = Event.objects.decisions()
    acts = events.values_list("act", flat=True)
    assert sorted(acts) == ["hours_approved"] * 3 + ["hours_slip_added"] * 3
    assert set(events.values_list("enrolment", flat=True)) == {entries[0].enrolment_id}


def test_a_line_that_changed_meanwhile_waits_and_is_named(client, trainer, entries, noon):
    before = sent(*entries)
    noon.shift(60)
    actions.edit(entries[0], by=entries[0].enrolment.participant, minutes=600)
    answer = client.post(page_of(entries), before, follow=True)
    assert "Deze regel is intussen aangepast." in answer.content.decode()
    assert states(entries) == ["submitted", "approved", "approved"]
    assert not HourProof.objects.filter(entry=entries[0]).exists()


def test_when_no_line_can_be_approved_the_paper_is_not_kept(trainer, entries):
    actions.approve_many(entries, by=RoleFactory(cohort=entries[0].enrolment.cohort).user)
    with refused("none_approved"):
        by_slip(entries, trainer)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"line": []}, "Kies de regels die op het papier staan."),
        ({"file": ""}, "Kies een foto of PDF van het papier."),
    ],
)
def test_what_is_missing_is_asked_and_nothing_is_approved(client, trainer, entries, facts, said):
    page = client.post(page_of(entries), sent(*entries) | facts).content.decode()
    assert said in page
    assert states(entries) == ["submitted"] * 3


def test_nothing_is_ticked_beforehand(client, trainer, entries):
    page = client.get(page_of(entries)).content.decode()
    assert page.count('type="checkbox"') == 3 and "checked" not in page


def test_lines_of_another_week_or_person_do_not_stand_on_it(client, trainer, entries):
    later = HourEntryFactory(enrolment=entries[0].enrolment, date=MONDAY + dt.timedelta(days=7))
    other = HourEntryFactory(enrolment__cohort=entries[0].enrolment.cohort, date=MONDAY)
    client.post(page_of(entries), sent(later, other))
    assert states([later, other]) == ["submitted"] * 2
    with refused("several_people"):
        by_slip([entries[0], other], trainer)


def test_only_who_reviews_records_a_paper(entries):
    for somebody in (entries[0].enrolment.participant, RoleFactory().user):
        with pytest.raises(PermissionDenied):
            by_slip(entries, somebody)


def test_nobody_records_a_paper_about_themselves(client, entries):
    owner = entries[0].enrolment.participant
    RoleFactory(user=owner, cohort=entries[0].enrolment.cohort)
    with pytest.raises(PermissionDenied):
        by_slip(entries, owner)
    client.force_login(owner)
    assert client.post(page_of(entries), sent(*entries)).status_code == 403


@pytest.mark.parametrize("week", ["2025-W99", "x", "2025-10"])
def test_a_week_that_is_none_is_not_there(client, trainer, entries, week):
    assert client.get(page_of(entries, week)).status_code == 404


def test_a_week_without_waiting_lines_says_so(client, trainer, entries):
    assert "wachten geen regels meer" in client.get(page_of(entries, "2025-W20")).content.decode()
