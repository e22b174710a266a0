"""To a later cohort with all hours: what progress says before and after (docs/adr: 16)."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from participants import progress
from participants.enrolments import actions as enrolling
from participants.enrolments.models import CriterionKey
from participants.hours import facts, rules
from participants.models import Enrolment, Event, HourEntry
from participants.overview import moving
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EndorsementFactory,
    EnrolmentFactory,
    ExemptionFactory,
    FinalInterviewFactory,
    GopFactory,
    HourEntryFactory,
    PauseFactory,
    PlacementFactory,
    PopFactory,
    RoleFactory,
    SessionFactory,
    ready_enrolment,
)
from tests.factories.certificates import CertificateFactory

TODAY = dt.date(2025, 6, 2)
LATER = {"starts_on": dt.date(2025, 9, 1), "ends_on": dt.date(2026, 6, 30)}
WHY = "Gaat verder met de volgende groep"


@pytest.fixture(autouse=True)
def summer(db):
    with time_machine.travel(dt.datetime(2025, 6, 2, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def coordinator(db):
    return RoleFactory(coordinator=True).user


@pytest.fixture
def enrolment(db):
    return EnrolmentFactory()


@pytest.fixture
def later(enrolment):
    return CohortFactory(track=enrolment.cohort.track, work_minutes=3000, **LATER)


def lines(enrolment):
    found = progress.of(Enrolment.objects.filter(pk=enrolment.pk)).get()
    return {line["key"]: line for line in progress.lines(found)}


def refused(code):
    return pytest.raises(ValidationError, check=lambda refusal: refusal.code == code)


def move(enrolment, cohort, by, **facts):
    return moving.move(enrolment, cohort, by=by, reason=WHY, **facts)


def full_life(enrolment):
    """Hours of both kinds, meetings, a plan, an endorsement, and a norm that was lowered."""
    HourEntryFactory(enrolment=enrolment, minutes=600, approved=True)
    HourEntryFactory(enrolment=enrolment, kind="study", minutes=120)
    lesson = SessionFactory(cohorts=[enrolment.cohort], closed=True, minutes=150)
    AttendanceFactory(session=lesson, enrolment=enrolment, minutes=150)
    PopFactory(enrolment=enrolment, complete=True)
    gop = GopFactory(cohort=enrolment.cohort, complete=True)
    EndorsementFactory(version=gop.completed_version, enrolment=enrolment)
    ExemptionFactory(enrolment=enrolment, criterion="work", minutes=300)
    PlacementFactory(enrolment=enrolment)


def test_hours_come_along_and_the_norms_are_those_of_the_new_cohort(enrolment, later, coordinator):
    full_life(enrolment)
    before = lines(enrolment)
    after = lines(move(enrolment, later, coordinator))
    assert (before["work"]["achieved"], before["work"]["required"]) == (600, 3300)
    assert (after["work"]["achieved"], after["work"]["required"]) == (600, 2700)
    assert before["study"]["achieved"] == after["study"]["achieved"] == 150
    assert before["study"]["submitted"] == after["study"]["submitted"] == 120


def test_lessons_and_the_plan_of_the_group_are_those_of_the_new_cohort(
    enrolment, later, coordinator
):
    full_life(enrolment)
    assert (lines(enrolment)["lessons"]["achieved"], lines(enrolment)["gop"]["met"]) == (1, True)
    SessionFactory(cohorts=[later], date=dt.date(2025, 9, 8))
    after = lines(move(enrolment, later, coordinator))
    assert (after["lessons"]["achieved"], after["gop"]["met"]) == (0, False)
    assert after["pop"]["met"]


def test_a_meeting_of_both_cohorts_of_before_the_first_day_is_not_asked(
    enrolment, later, coordinator
):
    shared = SessionFactory(
        cohorts=[enrolment.cohort, later], closed=True, date=dt.date(2025, 5, 6)
    )
    AttendanceFactory(session=shared, enrolment=enrolment)
    after = lines(move(enrolment, later, coordinator))
    assert after["lessons"]["achieved"] == 0
    assert after["study"]["achieved"] > 0


def test_the_preview_says_what_the_move_does_and_changes_nothing(enrolment, later, coordinator):
    full_life(enrolment)
    was = lines(enrolment)
    seen = moving.preview(enrolment, later, by=coordinator)
    assert {before["key"]: before for before, _after in seen.lines} == was == lines(enrolment)
    moved = move(enrolment, later, coordinator)
    assert {after["key"]: after for _before, after in seen.lines} == lines(moved)
    changed = {before["key"] for before, _after in seen.changed}
    assert changed == {"work", "lessons", "gop"}


def test_nothing_is_copied_and_all_stays_with_the_person(enrolment, later, coordinator):
    full_life(enrolment)
    pause = PauseFactory(enrolment=enrolment, confirmed=True)
    talk = FinalInterviewFactory(enrolment=enrolment, passed=True)
    moved = move(enrolment, later, coordinator)
    assert moved.pk == enrolment.pk
    assert (moved.cohort, moved.starts_on, moved.status) == (later, later.starts_on, "active")
    assert moved.hours.count() == 2 and moved.placements.count() == 1
    assert list(moved.pauses.all()) == [pause] and list(moved.interviews.all()) == [talk]
    assert lines(moved)["interview"]["met"]


def test_hours_of_before_can_still_be_handed_in_and_mended(enrolment, later, coordinator):
    entry = HourEntryFactory(enrolment=enrolment, returned=True, date=dt.date(2025, 2, 3))
    moved = move(enrolment, later, coordinator)
    fresh = HourEntry.objects.select_related("enrolment__cohort").get(pk=entry.pk)
    rules.within_the_dates(fresh, facts.about(fresh))
    assert rules.first_day(moved) == dt.date(2025, 1, 6)
    fresh.date = dt.date(2025, 1, 5)
    with refused("before_the_start"):
        rules.within_the_dates(fresh, facts.about(fresh))


def test_moving_twice_keeps_the_very_first_day(enrolment, later, coordinator):
    latest = CohortFactory(
        track=later.track, starts_on=dt.date(2026, 9, 1), ends_on=dt.date(2027, 6, 30)
    )
    moved = move(move(enrolment, later, coordinator), latest, coordinator)
    assert moved.entries_from == dt.date(2025, 1, 6)


def test_a_personal_last_day_was_about_the_old_cohort(enrolment, later, coordinator):
    enrolling.set_entries_until(enrolment, dt.date(2025, 8, 1), by=coordinator)
    assert move(enrolment, later, coordinator).entries_until is None


def test_who_stopped_takes_part_again(later, coordinator, enrolment):
    enrolling.stop(enrolment, by=coordinator, last_day=dt.date(2025, 4, 1))
    moved = move(enrolment, later, coordinator)
    assert (moved.status, moved.ends_on) == ("active", None)


def test_a_cohort_that_runs_is_joined_today_or_on_a_day_that_was_said(enrolment, coordinator):
    running = CohortFactory(track=enrolment.cohort.track, ends_on=dt.date(2026, 1, 1))
    SessionFactory(cohorts=[running], closed=True, date=dt.date(2025, 5, 1))
    assert move(enrolment, running, coordinator).starts_on == TODAY
    other = EnrolmentFactory(cohort=CohortFactory(track=running.track))
    day = dt.date(2025, 6, 16)
    assert move(other, running, coordinator, starts_on=day).starts_on == day


def test_the_old_team_no_longer_sees_the_person_and_the_new_team_does(
    enrolment, later, coordinator
):
    old, new = RoleFactory(cohort=enrolment.cohort).user, RoleFactory(cohort=later).user
    move(enrolment, later, coordinator)
    seen = Enrolment.objects.staffed_by
    assert not seen(old).exists() and list(seen(new)) == [enrolment]


def test_it_leaves_one_decision_with_the_reason_and_one_mail(
    enrolment, later, coordinator, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        move(enrolment, later, coordinator)
    [event] = Event.objects.decisions()
    assert (event.act, event.reason, event.actor) == ("moved_to_another_cohort", WHY, coordinator)
    [mail] = mailoutbox
    assert mail.to == [enrolment.participant.email] and WHY not in mail.body


def test_moving_back_is_moving(enrolment, later, coordinator):
    full_life(enrolment)
    before = lines(enrolment)
    old = enrolment.cohort
    back = move(move(enrolment, later, coordinator), old, coordinator, starts_on=old.starts_on)
    assert lines(back) == before


def planned(enrolment):
    FinalInterviewFactory(enrolment=enrolment)


def certified(enrolment):
    CertificateFactory(enrolment=enrolment, revoked=True)


def as_status(status):
    return lambda enrolment: Enrolment.objects.filter(pk=enrolment.pk).update(
        status=status, **({"decided_at": None, "decided_by": None} if status == "applied" else {})
    )


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (planned, "interview_under_way"),
        (certified, "has_certificate"),
        (as_status("applied"), "not_movable"),
        (as_status("declined"), "not_movable"),
        (as_status("completed"), "not_movable"),
    ],
)
def test_who_cannot_be_moved_now(make, code, enrolment, later, coordinator):
    make(enrolment)
    for act in (moving.preview, moving.move):
        with refused(code):
            act(enrolment, later, by=coordinator, **({"reason": WHY} if act is moving.move else {}))
    enrolment.refresh_from_db()
    assert enrolment.cohort != later


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({**LATER}, "other_track"),
        (
            {"same": True, "starts_on": dt.date(2024, 1, 1), "ends_on": TODAY - dt.timedelta(1)},
            "cohort_over",
        ),
    ],
)
def test_where_one_cannot_be_moved_to(facts, code, enrolment, coordinator):
    track = {"track": enrolment.cohort.track} if facts.pop("same", False) else {}
    with refused(code):
        move(enrolment, CohortFactory(**track, **facts), coordinator)


def test_nobody_stands_in_a_cohort_twice(enrolment, later, coordinator):
    EnrolmentFactory(participant=enrolment.participant, cohort=later)
    with refused("already_enrolled"):
        move(enrolment, later, coordinator)
    with refused("already_enrolled"):
        move(enrolment, enrolment.cohort, coordinator)


@pytest.mark.parametrize("day", [dt.date(2025, 8, 31), dt.date(2026, 7, 1)])
def test_the_first_day_lies_in_the_cohort(day, enrolment, later, coordinator):
    with refused("outside_the_cohort"):
        move(enrolment, later, coordinator, starts_on=day)


def test_a_reason_is_asked(enrolment, later, coordinator):
    with refused("reason_needed"):
        moving.move(enrolment, later, by=coordinator, reason=" ")


def test_only_who_coordinates_both_cohorts_and_never_oneself(enrolment, later):
    here = RoleFactory(cohort=enrolment.cohort, kind="coordinator").user
    there = RoleFactory(cohort=later, kind="coordinator").user
    RoleFactory(coordinator=True, user=enrolment.participant)
    for by in (here, there, enrolment.participant, RoleFactory(administrator=True).user):
        with pytest.raises(PermissionDenied):
            move(enrolment, later, by)
    assert not Event.objects.exists()


# The page


@pytest.fixture
def shown(client, enrolment, coordinator):
    client.force_login(coordinator)

    def shown(**query):
        response = client.get(f"/deelnames/{enrolment.pk}/verplaatsen/", query)
        return " ".join(response.content.decode().split())

    return shown


def test_the_page_asks_shows_and_does(client, shown, enrolment, later):
    full_life(enrolment)
    SessionFactory(cohorts=[enrolment.cohort], date=dt.date(2025, 5, 20))
    PauseFactory(enrolment=enrolment, starts_on=dt.date(2025, 5, 1), ends_on=None, confirmed=True)
    assert later.name in shown()
    html = shown(cohort=later.pk)
    for words in (
        "Klopt dit?",
        "Er is nog niets veranderd.",
        "10 van de 55 uur",
        "10 van de 45 uur",
        "Doet mee vanaf 1 september 2025",
        "Vul eerst de presentie in",
        "Er loopt een pauze",
    ):
        assert words in html
    address = f"/deelnames/{enrolment.pk}/verplaatsen/"
    empty = client.post(address, {"cohort": later.pk, "reason": ""})
    assert "Schrijf op waarom." in empty.content.decode()
    done = client.post(address, {"cohort": later.pk, "starts_on": "2025-09-01", "reason": WHY})
    assert done.url == f"/deelnames/{enrolment.pk}/"
    enrolment.refresh_from_db()
    assert enrolment.cohort == later


def test_the_page_says_why_it_cannot_be(shown, enrolment, later):
    planned(enrolment)
    html = shown(cohort=later.pk)
    assert "Er staat een eindgesprek gepland" in html and "Klopt dit?" not in html


def test_a_cohort_that_is_no_choice_is_not_offered(shown, enrolment, later):
    other = CohortFactory(**LATER)
    assert other.name not in shown()
    assert "Klopt dit?" not in shown(cohort=other.pk)


def test_without_another_cohort_there_is_a_sentence(shown):
    assert "Er is nog geen andere lichting" in shown()


@pytest.mark.parametrize("key", CriterionKey.values)
def test_an_exemption_comes_along_for_each_criterion(key, enrolment, later, coordinator):
    ExemptionFactory(enrolment=enrolment, criterion=key)
    line = lines(move(enrolment, later, coordinator))[key]
    assert line["met"] and line["exempted"]


def test_who_was_ready_is_ready_for_the_rest(later, coordinator, enrolment):
    ready = ready_enrolment(EnrolmentFactory(cohort=enrolment.cohort))
    met = {key for key, line in lines(move(ready, later, coordinator)).items() if line["met"]}
    assert met == {"work", "study", "pop", "interview"}
