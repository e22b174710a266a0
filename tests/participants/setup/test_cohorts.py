"""A cohort from nothing; and one that never began: put away, and back."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from participants.enrolments import actions as enrolling
from participants.models import Cohort, Event
from participants.setup import cohorts, copying
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    LearningTrackFactory,
    RoleFactory,
    SessionFactory,
    UserFactory,
)

DAYS = {"starts_on": dt.date(2026, 1, 5), "ends_on": dt.date(2026, 7, 10)}


@pytest.fixture
def coordinator(db):
    return RoleFactory(coordinator=True).user


@pytest.fixture
def cohort(db):
    return CohortFactory()


def archived(cohort, coordinator):
    cohorts.archive(cohort, by=coordinator)
    return cohort


def test_a_cohort_is_made_with_the_norms_of_its_track(coordinator):
    track = LearningTrackFactory(work_minutes=3000)
    made = cohorts.make(track, by=coordinator, name="Lichting 1", **DAYS)
    assert (made.track, made.work_minutes, made.study_minutes) == (track, 3000, 3600)
    assert Event.objects.decisions().filter(act="cohort_made").count() == 1


def test_a_cohort_that_ends_before_it_begins_is_refused(coordinator):
    turned = {"starts_on": DAYS["ends_on"], "ends_on": DAYS["starts_on"]}
    with pytest.raises(ValidationError):
        cohorts.make(LearningTrackFactory(), by=coordinator, name="Lichting 1", **turned)


def test_an_archived_cohort_is_in_no_list_and_comes_back_as_it_was(cohort, coordinator):
    trainer = RoleFactory(cohort=cohort).user
    SessionFactory(cohorts=[cohort])
    Cohort.objects.filter(pk=cohort.pk).update(applications_until=cohort.ends_on)
    archived(cohort, coordinator)
    for seen in (
        Cohort.objects.visible_to(coordinator),
        Cohort.objects.coordinated_by(coordinator),
        Cohort.objects.staffed_by(trainer),
        Cohort.objects.applications_open(cohort.starts_on),
    ):
        assert not seen.contains(cohort)
    assert list(cohorts.archived_of(coordinator)) == [cohort]
    assert list(cohorts.archived_of(trainer)) == []
    cohorts.restore(cohort, by=coordinator)
    assert Cohort.objects.staffed_by(trainer).contains(cohort)
    assert cohort.sessions.count() == 1
    assert list(cohorts.archived_of(coordinator)) == []


def test_a_mistaken_copy_is_undone_and_made_again_under_its_name(cohort, coordinator):
    SessionFactory(cohorts=[cohort])
    facts = {"name": "Lichting 9", **DAYS}
    wrong = copying.copy(cohort, by=coordinator, **facts)
    archived(wrong, coordinator)
    again = copying.copy(cohort, by=coordinator, **facts)
    assert again.sessions.count() == 1
    with pytest.raises(ValidationError) as refusal:
        cohorts.restore(wrong, by=coordinator)
    assert "Er is al een lichting met deze naam. Kies een andere." in refusal.value.messages


def declined(cohort):
    EnrolmentFactory(cohort=cohort, status="declined")


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda cohort: EnrolmentFactory(cohort=cohort), "has_people"),
        (lambda cohort: EnrolmentFactory(cohort=cohort, applied=True), "has_people"),
        (lambda cohort: EnrolmentFactory(cohort=cohort, stopped=True), "has_people"),
        (lambda cohort: SessionFactory(cohorts=[cohort], closed=True), "was_held"),
        (
            lambda cohort: AttendanceFactory(
                session=SessionFactory(cohorts=[cohort]), enrolment=EnrolmentFactory()
            ),
            "was_held",
        ),
        (declined, None),
        (lambda cohort: SessionFactory(cohorts=[cohort]), None),
        (lambda cohort: SessionFactory(cohorts=[CohortFactory()], closed=True), None),
    ],
)
def test_only_a_cohort_that_nobody_is_in_and_that_was_never_held_goes(
    cohort, coordinator, made, code
):
    made(cohort)
    offered = cohorts.can_be_archived(Cohort.objects.filter(pk=cohort.pk)).exists()
    assert offered == (code is None)
    if code is None:
        assert not cohorts.archive(cohort, by=coordinator).is_active
        return
    with pytest.raises(ValidationError) as refusal:
        cohorts.archive(cohort, by=coordinator)
    assert refusal.value.code == code


def test_what_was_done_is_not_done_again(cohort, coordinator):
    with pytest.raises(ValidationError) as refusal:
        cohorts.restore(cohort, by=coordinator)
    assert refusal.value.code == "in_use"
    archived(cohort, coordinator)
    with pytest.raises(ValidationError) as refusal:
        cohorts.archive(cohort, by=coordinator)
    assert refusal.value.code == "already_archived"


def test_nobody_is_added_to_an_archived_cohort(cohort, coordinator):
    archived(cohort, coordinator)
    with pytest.raises(PermissionDenied):
        enrolling.enrol(UserFactory(), cohort, by=coordinator)


@pytest.mark.parametrize("kind", ["trainer", "administrator", "nobody", "elsewhere"])
def test_only_who_coordinates_a_cohort_puts_it_away_or_takes_it_back(cohort, coordinator, kind):
    user = UserFactory()
    if kind == "elsewhere":
        RoleFactory(user=user, kind="coordinator")
    elif kind != "nobody":
        RoleFactory(user=user, kind=kind, cohort=None if kind == "administrator" else cohort)
    with pytest.raises(PermissionDenied):
        cohorts.archive(cohort, by=user)
    archived(cohort, coordinator)
    with pytest.raises(PermissionDenied):
        cohorts.restore(cohort, by=user)


def test_a_coordinator_of_the_cohort_takes_it_back_too(cohort, coordinator):
    own = RoleFactory(kind="coordinator", cohort=cohort).user
    archived(cohort, own)
    assert list(cohorts.archived_of(own)) == [cohort]
    assert cohorts.restore(cohort, by=own).is_active


FACTS = {"name": "Lichting 8", "contact_name": "Ellen", "contact_phone": "020 555 01 23"}


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_who_arranges_a_cohort_says_what_it_is_called_and_whom_to_call(cohort, role):
    by = RoleFactory(kind=role, cohort=cohort).user
    last = cohort.ends_on + dt.timedelta(days=7)
    changed = cohorts.change(cohort, by=by, ends_on=last, **FACTS)
    assert (changed.name, changed.ends_on, changed.contact_name) == ("Lichting 8", last, "Ellen")
    cohorts.change(cohort, by=by, **FACTS)
    assert Event.objects.decisions().filter(act="cohort_changed").count() == 1


@pytest.mark.parametrize("role", ["trainer", "assessor", "elsewhere"])
def test_others_do_not_change_a_cohort(cohort, role):
    here = {"kind": "coordinator"} if role == "elsewhere" else {"kind": role, "cohort": cohort}
    with pytest.raises(PermissionDenied):
        cohorts.change(cohort, by=RoleFactory(**here).user, **FACTS)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"starts_on": dt.date(2025, 1, 7)}, "starts_on"),
        ({"ends_on": dt.date(2025, 1, 5)}, "__all__"),
        ({"contact_phone": "bel maar"}, None),
    ],
)
def test_what_cannot_be_of_a_cohort_under_way_is_refused(cohort, coordinator, facts, field):
    with pytest.raises(ValidationError) as refusal:
        cohorts.change(cohort, by=coordinator, **facts)
    if field:
        assert list(refusal.value.error_dict) == [field]
    cohort.refresh_from_db()
    assert cohort.starts_on == dt.date(2025, 1, 6)


def test_the_first_day_moves_until_it_is_there(coordinator):
    cohort = CohortFactory(**DAYS)
    with time_machine.travel("2026-01-04 12:00 +0100"):
        moved = cohorts.change(cohort, by=coordinator, starts_on=dt.date(2026, 1, 12))
    assert moved.starts_on == dt.date(2026, 1, 12)


def test_the_page_says_it_beside_the_field(client, cohort, coordinator):
    client.force_login(coordinator)
    address = f"/inrichten/lichtingen/{cohort.pk}/gegevens/"
    sent = {"name": "Lichting 8", "starts_on": "2025-01-07", "ends_on": "2025-07-04"}
    assert "al begonnen" in client.post(address, sent).content.decode()
    told = client.post(address, sent | {"starts_on": "2025-01-06"}, follow=True)
    assert "Lichting 8 is bewaard." in told.content.decode()
