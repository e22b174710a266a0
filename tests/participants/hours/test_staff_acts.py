"""What staff do besides yes and back: write for somebody, speak for a supervisor, take back."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from rest_framework.test import APIClient

from participants.hours import actions
from participants.hours.actions import Verdict
from participants.models import Event, HourEntry
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory
from tests.participants.hours.scene import NOON, TODAY, by_slip, refused

pytestmark = pytest.mark.django_db
NOTE = "Van de papieren lijst van maart"
CONTENT = {"kind": "work", "date": TODAY, "minutes": 90, "description": "Spreekuur"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def trainer(enrolment):
    return RoleFactory(cohort=enrolment.cohort, user__name="Ellen Brouwer").user


def log_for(enrolment, by, **facts):
    return actions.log_for(enrolment, by=by, **{"note": NOTE} | CONTENT | facts)


def filled(**facts):
    known = {"kind": "work", "day": TODAY.isoformat(), "quick": "180", "description": "Spreekuur"}
    return known | {"note": NOTE} | facts


# In somebody's place


def test_hours_written_by_staff_are_handed_in_and_say_by_whom_and_why(enrolment, trainer):
    entry = log_for(enrolment, trainer)
    assert (entry.status, entry.written_by, entry.written_note) == ("submitted", trainer, NOTE)
    event = Event.objects.decisions().get()
    assert (event.act, event.actor, event.reason) == ("hours_logged_for", trainer, NOTE)


def test_the_participant_reads_it_and_may_change_or_withdraw_it(client, enrolment, trainer):
    entry = log_for(enrolment, trainer)
    client.force_login(enrolment.participant)
    page = client.get(reverse("hours:detail", args=[entry.pk])).content.decode()
    assert "Ellen Brouwer" in page and NOTE in page
    actions.edit(entry, by=enrolment.participant, minutes=60)
    assert actions.withdraw(entry, by=enrolment.participant).status == "withdrawn"


def test_staff_write_it_on_the_same_form_with_how_they_know(client, enrolment, trainer):
    client.force_login(trainer)
    address = reverse("hours:new-for", args=[enrolment.pk])
    form = client.get(address).context["form"]
    assert "private_note" not in form.fields and "note" in form.fields
    assert "Schrijf op hoe je dit weet." in client.post(address, filled(note="")).content.decode()
    page = client.post(address, filled(), follow=True).content.decode()
    assert "3 uur staat bij Noor en wacht op akkoord." in page
    assert HourEntry.objects.get().written_by == trainer


def test_without_a_word_on_how_one_knows_nothing_is_written(enrolment, trainer):
    with refused("note_missing"):
        log_for(enrolment, trainer, note="  ")
    assert not HourEntry.objects.exists()


def test_the_same_send_again_is_one_entry_and_one_decision(enrolment, trainer):
    sent = {"client_id": "2f1b6c1e-8f0a-4d5e-9a55-1d2c3b4a5f60"}
    assert log_for(enrolment, trainer, **sent) == log_for(enrolment, trainer, **sent)
    assert Event.objects.count() == 1


def test_the_same_rules_hold(enrolment, trainer):
    with refused("in_the_future"):
        log_for(enrolment, trainer, date=TODAY + dt.timedelta(days=1))


def test_who_wrote_it_may_review_it_in_a_small_team(enrolment, trainer):
    assert actions.approve(log_for(enrolment, trainer), by=trainer).status == "approved"


def test_nobody_writes_for_people_of_others_or_for_themselves_as_staff(enrolment):
    RoleFactory(user=enrolment.participant, cohort=enrolment.cohort)
    for somebody in (
        RoleFactory().user,
        RoleFactory(administrator=True).user,
        EnrolmentFactory(cohort=enrolment.cohort).participant,
        enrolment.participant,
    ):
        with pytest.raises(PermissionDenied):
            log_for(enrolment, somebody)


@pytest.mark.parametrize("written", [{"written_note": "x"}, {"by": True}])
def test_the_database_asks_for_both_or_neither(enrolment, trainer, written):
    facts = {"written_by": trainer} if "by" in written else written
    name = "who_writes_hours_for_another_says_how_they_know"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        HourEntryFactory(enrolment=enrolment, **facts)


# In the name of the supervisor


def test_an_approval_in_the_name_of_the_supervisor_says_how_one_knows(enrolment, trainer):
    entry = HourEntryFactory(enrolment=enrolment)
    verdict = Verdict(entry, approved=True, note="Gebeld op 1 april", for_supervisor=True)
    assert actions.review([verdict], by=trainer) == {}
    entry.refresh_from_db()
    assert entry.review_note == "Namens de begeleider: Gebeld op 1 april"
    assert Event.objects.get().reason == entry.review_note


def test_without_a_note_it_waits(client, enrolment, trainer):
    entry = HourEntryFactory(enrolment=enrolment)
    verdict = Verdict(entry, approved=True, for_supervisor=True)
    assert actions.review([verdict], by=trainer)[entry.pk].code == "note_missing"
    client.force_login(trainer)
    key = f"r{entry.pk}"
    sent = {"entry": entry.pk, f"{key}-answer": "behalf", f"{key}-seen": entry.changed_at}
    page = client.post("/nakijken/", sent).content.decode()
    assert f'href="#id_{key}-note"' in page
    seen = {f"{key}-seen": entry.changed_at.isoformat(), f"{key}-note": "Gebeld"}
    client.post("/nakijken/", sent | seen)
    entry.refresh_from_db()
    assert (entry.status, entry.review_note) == ("approved", "Namens de begeleider: Gebeld")


def test_only_work_has_a_supervisor(client, enrolment, trainer):
    HourEntryFactory(enrolment=enrolment, kind="study")
    client.force_login(trainer)
    assert "namens begeleider" not in client.get("/nakijken/").content.decode()


# Suggested reasons


def test_an_example_is_the_reason_until_something_is_typed(client, enrolment, trainer):
    first, second = HourEntryFactory.create_batch(2, enrolment=enrolment)
    client.force_login(trainer)
    sent = {"entry": [first.pk, second.pk]}
    for entry, typed in ((first, ""), (second, "Was dit met Sara?")):
        sent |= {
            f"r{entry.pk}-answer": "back",
            f"r{entry.pk}-seen": entry.changed_at.isoformat(),
            f"r{entry.pk}-example": "Welke dag was dit precies?",
            f"r{entry.pk}-reason": typed,
        }
    client.post("/nakijken/", sent)
    reasons = HourEntry.objects.returned().order_by("pk").values_list("return_reason", flat=True)
    assert list(reasons) == ["Welke dag was dit precies?", "Was dit met Sara?"]


# Taking an approval back


@pytest.fixture
def approved(enrolment, trainer):
    return actions.approve(HourEntryFactory(enrolment=enrolment), by=trainer)


def test_ones_own_fresh_approval_is_taken_back_and_written_down(approved, trainer):
    entry = actions.take_back(approved, by=trainer)
    entry.refresh_from_db()
    assert (entry.status, entry.reviewed_by, entry.reviewed_at) == ("submitted", None, None)
    acts = list(Event.objects.decisions().order_by("pk").values_list("act", flat=True))
    assert acts == ["hours_approved", "hours_approval_taken_back"]


@pytest.mark.parametrize(("days", "may"), [(14, True), (15, False)])
def test_fresh_is_two_weeks(approved, trainer, noon, days, may):
    noon.shift(dt.timedelta(days=days))
    if may:
        assert actions.take_back(approved, by=trainer).status == "submitted"
    else:
        with refused("too_late"):
            actions.take_back(approved, by=trainer)
    assert HourEntry.objects.retractable_by(trainer).exists() is False


def test_an_approval_of_somebody_else_stays(approved, enrolment):
    with refused("not_yours_to_take_back"):
        actions.take_back(approved, by=RoleFactory(cohort=enrolment.cohort).user)


@pytest.mark.parametrize("status", ["completed", "stopped"])
def test_nothing_is_taken_back_once_the_road_has_ended(approved, enrolment, trainer, status):
    enrolment.status = status
    enrolment.save()
    with refused("not_active"):
        actions.take_back(approved, by=trainer)


def test_hours_that_a_correction_replaced_count_again(approved, enrolment, trainer):
    new = actions.correct(approved, by=enrolment.participant, minutes=30)
    actions.take_back(actions.approve(new, by=trainer), by=trainer)
    assert list(HourEntry.objects.approved()) == [approved]
    assert HourEntry.objects.get(pk=new.pk).status == "submitted"


def test_hours_with_a_correction_under_way_stay_approved(approved, enrolment, trainer):
    actions.correct(approved, by=enrolment.participant, minutes=30)
    assert not HourEntry.objects.retractable_by(trainer).exists()
    with refused("already_corrected"):
        actions.take_back(approved, by=trainer)


def test_it_is_one_press_from_the_pile_and_from_the_page(client, approved, trainer):
    client.force_login(trainer)
    address = reverse("hours:take-back", args=[approved.pk])
    assert address in client.get("/nakijken/").content.decode()
    assert address in client.get(reverse("hours:detail", args=[approved.pk])).content.decode()
    page = client.post(address, follow=True).content.decode()
    assert "Je akkoord is terug." in page
    assert address not in page


# Nobody judges their own, whatever roles they hold


DOORS = ["page", "all", "approve", "return", "slip", "take-back"]


@pytest.mark.parametrize("kind", ["trainer", "assessor", "coordinator"])
@pytest.mark.parametrize("door", DOORS)
def test_no_door_lets_anybody_judge_their_own_hours(client, enrolment, kind, door):
    roles = {"kind": kind, "cohort": None if kind == "coordinator" else enrolment.cohort}
    RoleFactory(user=enrolment.participant, **roles)
    RoleFactory(user=enrolment.participant, administrator=True)
    state = {"approved": True, "reviewed_by": enrolment.participant} if "take" in door else {}
    entry = HourEntryFactory(enrolment=enrolment, **state)
    before = entry.status
    client.force_login(enrolment.participant)
    api = APIClient()
    api.force_authenticate(enrolment.participant)
    key, seen = f"r{entry.pk}", entry.changed_at.isoformat()
    line = {"entry": entry.pk, f"{key}-answer": "ok", f"{key}-seen": seen}
    answers = {
        "page": lambda: client.post("/nakijken/", line),
        "all": lambda: client.post("/nakijken/", line | {f"{key}-answer": "", "all": entry.pk}),
        "approve": lambda: api.post(reverse("api:hours-approve", args=[entry.pk])),
        "return": lambda: api.post(reverse("api:hours-return", args=[entry.pk]), {"reason": "x"}),
        "slip": lambda: client.post(reverse("hours:slip", args=[enrolment.pk, "2025-W10"])),
        "take-back": lambda: client.post(reverse("hours:take-back", args=[entry.pk])),
    }
    assert answers[door]().status_code in (403, 404)
    entry.refresh_from_db()
    assert entry.status == before
    assert not Event.objects.decisions().exists()


def test_the_pages_of_administrators_know_no_hours(client, enrolment):
    RoleFactory(user=enrolment.participant, administrator=True)
    client.force_login(enrolment.participant)
    assert client.get("/beheer/participants/hourentry/").status_code == 404


def test_a_signed_paper_of_ones_own_is_no_way_around_either(enrolment):
    RoleFactory(user=enrolment.participant, coordinator=True)
    with pytest.raises(PermissionDenied):
        by_slip([HourEntryFactory(enrolment=enrolment)], enrolment.participant)
