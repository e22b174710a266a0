"""Other norms for a cohort under way: seen first, with a reason, and never twice the same."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from participants import progress
from participants.models import Cohort, Enrolment, Event, NormsChange
from participants.setup import norms
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    RoleFactory,
    UserFactory,
    ready_enrolment,
)

WHY = "De funder vraagt 50 uur"


@pytest.fixture
def coordinator(db):
    return RoleFactory(coordinator=True).user


@pytest.fixture
def cohort(db):
    return CohortFactory()


@pytest.fixture
def short_of_work(cohort):
    """Two people: with 50 hours of work and with one minute less; all the rest is met."""
    return [ready_enrolment(cohort=cohort, work=minutes) for minutes in (3000, 2999)]


def is_met(enrolment):
    return progress.met(Enrolment.objects.filter(pk=enrolment.pk)).exists()


def test_a_lower_norm_is_gained_by_who_is_on_it_and_not_by_who_is_just_under(
    short_of_work, cohort, coordinator
):
    found = norms.preview(cohort, {"work_minutes": 3000}, by=coordinator)
    assert [turn.enrolment for turn in found.gaining] == short_of_work[:1]
    assert (found.gaining[0].gained, found.gaining[0].met_after) == (("work",), True)
    assert found.losing == []


def test_a_higher_norm_is_lost_by_who_was_on_the_old_one(cohort, coordinator):
    ready = ready_enrolment(cohort=cohort)
    found = norms.preview(cohort, {"work_minutes": 3601}, by=coordinator)
    assert [(turn.enrolment, turn.lost, turn.met_after) for turn in found.losing] == [
        (ready, ("work",), False)
    ]


def test_looking_changes_nothing(short_of_work, cohort, coordinator):
    norms.preview(cohort, {"work_minutes": 3000}, by=coordinator)
    assert Cohort.objects.get(pk=cohort.pk).work_minutes == 3600
    assert not is_met(short_of_work[0])
    assert not NormsChange.objects.exists()


def test_a_change_holds_for_everybody_with_who_and_why(short_of_work, cohort, coordinator):
    seen = norms.preview(cohort, {"work_minutes": 3000}, by=coordinator).seen
    norms.change(cohort, {"work_minutes": 3000}, by=coordinator, reason=f" {WHY} ", seen=seen)
    assert [is_met(each) for each in short_of_work] == [True, False]
    kept = cohort.norms_changes.get()
    assert (kept.before, kept.after) == ({"work_minutes": 3600}, {"work_minutes": 3000})
    assert (kept.reason, kept.changed_by) == (WHY, coordinator)
    assert Event.objects.decisions().filter(act="norms_changed", reason=WHY).count() == 1


def test_who_ended_neither_gains_nor_loses(cohort, coordinator):
    completed = ready_enrolment(cohort=cohort, status="completed")
    stopped = ready_enrolment(cohort=cohort, status="stopped", ends_on=cohort.ends_on)
    found = norms.preview(cohort, {"work_minutes": 3601}, by=coordinator)
    assert {completed, stopped}.isdisjoint({turn.enrolment for turn in found.turns})


def test_a_change_that_was_not_seen_like_this_is_looked_at_again(cohort, coordinator):
    ready_enrolment(cohort=cohort, work=3000)
    seen = norms.preview(cohort, {"work_minutes": 3000}, by=coordinator).seen
    ready_enrolment(cohort=cohort, work=3000)
    with pytest.raises(ValidationError) as refusal:
        norms.change(cohort, {"work_minutes": 3000}, by=coordinator, reason=WHY, seen=seen)
    assert refusal.value.code == "changed"
    assert Cohort.objects.get(pk=cohort.pk).work_minutes == 3600


def test_the_same_change_twice_is_made_once(cohort, coordinator):
    seen = norms.preview(cohort, {"work_minutes": 3000}, by=coordinator).seen
    again = {"by": coordinator, "reason": WHY, "seen": seen}
    norms.change(cohort, {"work_minutes": 3000}, **again)
    with pytest.raises(ValidationError) as refusal:
        norms.change(cohort, {"work_minutes": 3000}, **again)
    assert refusal.value.code == "norms_unchanged"
    assert cohort.norms_changes.count() == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_change_without_a_reason_is_refused(cohort, coordinator, reason):
    seen = norms.preview(cohort, {"work_minutes": 3000}, by=coordinator).seen
    with pytest.raises(ValidationError) as refusal:
        norms.change(cohort, {"work_minutes": 3000}, by=coordinator, reason=reason, seen=seen)
    assert refusal.value.code == "reason_needed"


def test_a_norm_of_nothing_is_refused_beside_its_field(cohort, coordinator):
    with pytest.raises(ValidationError) as refusal:
        norms.preview(cohort, {"work_minutes": 0}, by=coordinator)
    assert "work_minutes" in refusal.value.message_dict


@pytest.mark.parametrize("kind", ["trainer", "assessor", "administrator", "nobody", "elsewhere"])
def test_only_who_coordinates_the_cohort_changes_its_norms(cohort, kind):
    user = UserFactory()
    if kind == "elsewhere":
        RoleFactory(user=user, kind="coordinator")
    elif kind != "nobody":
        RoleFactory(user=user, kind=kind, cohort=None if kind == "administrator" else cohort)
    with pytest.raises(PermissionDenied):
        norms.preview(cohort, {"work_minutes": 3000}, by=user)
    with pytest.raises(PermissionDenied):
        norms.change(cohort, {"work_minutes": 3000}, by=user, reason=WHY, seen="")


def test_more_people_take_no_more_queries(
    cohort, coordinator, django_assert_num_queries, django_assert_max_num_queries
):
    EnrolmentFactory(cohort=cohort)
    with django_assert_max_num_queries(20) as one:
        norms.preview(cohort, {"work_minutes": 3000}, by=coordinator)
    EnrolmentFactory.create_batch(2, cohort=cohort)
    with django_assert_num_queries(len(one)):
        norms.preview(cohort, {"work_minutes": 3000}, by=coordinator)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"reason": ""}, "norms_change_with_a_reason"),
        ({"after": {"work_minutes": 1}}, "a_change_of_norms_changes_something"),
    ],
)
def test_the_database_refuses(cohort, coordinator, facts, name):
    whole = {"before": {"work_minutes": 1}, "after": {"work_minutes": 2}, "reason": WHY}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        NormsChange.objects.create(cohort=cohort, changed_by=coordinator, **{**whole, **facts})
