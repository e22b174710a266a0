"""Criteria of the final interview: what was asked of a cohort that began stays asked of it."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from participants.interviews import filing, planning
from participants.models import CohortCriterion, InterviewCriterion
from participants.setup import criteria
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    EvidenceItemFactory,
    FinalInterviewFactory,
    InterviewCriterionFactory,
    InterviewItemFactory,
    LearningTrackFactory,
    RatingFactory,
    RoleFactory,
    UserFactory,
)

OLD = ["Grenzen stellen", "Samenwerken"]


@pytest.fixture(autouse=True)
def first_day(db):
    """The first day of the cohorts of the factories."""
    with time_machine.travel("2025-01-06 12:00 +0100", tick=False):
        yield


@pytest.fixture
def coordinator(db):
    return RoleFactory(coordinator=True).user


@pytest.fixture
def track(db):
    track = LearningTrackFactory()
    for position, title in enumerate(OLD, 1):
        InterviewCriterionFactory(track=track, position=position, title=title)
    return track


@pytest.fixture
def begun(track):
    return CohortFactory(track=track)


@pytest.fixture
def to_begin(track):
    return CohortFactory(track=track, starts_on=dt.date(2025, 1, 7))


def named(track, title):
    return track.interview_criteria.get(title=title, is_active=True)


def asked(cohort):
    return [each.title for each in cohort.criteria]


def standing(track):
    return [each.title for each in InterviewCriterion.objects.of_track(track).in_use()]


# What a cohort keeps


CHANGES = [
    (lambda t, by: criteria.add(t, by=by, title="Terugkijken"), [*OLD, "Terugkijken"]),
    (
        lambda t, by: criteria.reword(named(t, OLD[0]), by=by, title="Op tijd nee zeggen"),
        ["Op tijd nee zeggen", OLD[1]],
    ),
    (lambda t, by: criteria.archive(named(t, OLD[0]), by=by), [OLD[1]]),
    (lambda t, by: criteria.move(named(t, OLD[0]), by=by, up=False), OLD[::-1]),
]


@pytest.mark.parametrize(("change", "new"), CHANGES)
def test_a_cohort_that_began_keeps_what_it_had_and_a_later_one_has_the_new(
    track, begun, to_begin, coordinator, change, new
):
    change(track, coordinator)
    assert (asked(begun), asked(to_begin)) == (OLD, new)
    # And again, when the later one has begun too.
    with time_machine.travel("2025-01-07 12:00 +0100", tick=False):
        criteria.add(track, by=coordinator, title="Nog één")
    assert (asked(begun), asked(to_begin)) == (OLD, new)
    assert asked(CohortFactory(track=track)) == [*new, "Nog één"]


def test_a_talk_that_is_planned_later_asks_what_its_cohort_had(track, begun, coordinator):
    criteria.reword(named(track, OLD[0]), by=coordinator, title="Op tijd nee zeggen")
    criteria.add(track, by=coordinator, title="Terugkijken")
    assessors = [RoleFactory(cohort=begun, assessor=True).user for _ in range(2)]
    talk = planning.plan(
        EnrolmentFactory(cohort=begun),
        by=coordinator,
        planned_at=dt.datetime(2025, 6, 17, 8, tzinfo=dt.UTC),
        assessors=assessors,
    )
    assert [(item.position, item.title) for item in talk.items.all()] == [
        (1, OLD[0]),
        (2, OLD[1]),
    ]


def test_a_talk_that_was_rated_keeps_every_word(track, to_begin, coordinator):
    """Even of a cohort that has yet to begin: what was rated is what was read."""
    first = named(track, OLD[0])
    InterviewCriterion.objects.filter(pk=first.pk).update(explanation="Je zegt het op tijd.")
    item = InterviewItemFactory(
        interview__enrolment__cohort=to_begin, criterion=first, joint_value="good"
    )
    RatingFactory(item=item, seat__interview=item.interview)
    new = criteria.reword(first, by=coordinator, explanation="Anders", title="Nee zeggen")
    criteria.archive(named(track, OLD[1]), by=coordinator)
    item.refresh_from_db()
    assert (item.title, item.criterion.title) == (OLD[0], OLD[0])
    assert item.criterion.explanation == "Je zegt het op tijd."
    assert (item.criterion.is_active, item.criterion.replaced_by) == (False, new)


def test_what_somebody_prepares_stays_with_the_words_that_were_read(track, to_begin, coordinator):
    first = named(track, OLD[0])
    piece = EvidenceItemFactory(enrolment__cohort=to_begin, criterion=first)
    criteria.reword(first, by=coordinator, title="Nee zeggen")
    piece.refresh_from_db()
    assert piece.criterion.title == OLD[0]


def test_the_file_follows_the_order_of_the_talk(track, begun, coordinator):
    enrolment = EnrolmentFactory(cohort=begun)
    talk = FinalInterviewFactory(enrolment=enrolment)
    for position, title in enumerate(OLD, 1):
        InterviewItemFactory(interview=talk, criterion=named(track, title), position=position)
    criteria.move(named(track, OLD[0]), by=coordinator, up=False)
    assert [each.title for each in filing.criteria_of(enrolment)] == OLD


def test_the_file_follows_the_cohort_where_no_talk_is_planned(track, begun, coordinator):
    criteria.archive(named(track, OLD[0]), by=coordinator)
    enrolment = EnrolmentFactory(cohort=begun)
    assert [each.title for each in filing.criteria_of(enrolment)] == OLD


def test_a_cohort_under_way_without_criteria_gets_the_first_ones(coordinator):
    cohort = CohortFactory()
    criteria.add(cohort.track, by=coordinator, title="Grenzen stellen")
    assert asked(cohort) == ["Grenzen stellen"]


def test_what_stands_on_the_list_is_not_put_there_twice(track, coordinator):
    with pytest.raises(ValidationError) as refusal:
        criteria.add(track, by=coordinator, title=OLD[0])
    assert refusal.value.error_dict["title"][0].code == "on_the_list"
    criteria.archive(named(track, OLD[0]), by=coordinator)
    assert criteria.add(track, by=coordinator, title=OLD[0]).is_active


# The list itself


def test_words_that_nobody_was_asked_change_in_place(track, to_begin, coordinator):
    first = named(track, OLD[0])
    again = criteria.reword(first, by=coordinator, title="Nee zeggen", required=False)
    assert (again.pk, again.title, again.required) == (first.pk, "Nee zeggen", False)


def test_the_same_words_make_no_new_criterion(track, begun, coordinator):
    first = named(track, OLD[0])
    assert criteria.reword(first, by=coordinator, title=OLD[0]) == first
    assert track.interview_criteria.count() == 2


def test_what_was_put_otherwise_keeps_its_place_and_the_words_that_were_not_named(
    track, begun, coordinator
):
    InterviewCriterion.objects.filter(track=track).update(hint="Denk aan een voorbeeld.")
    new = criteria.reword(named(track, OLD[0]), by=coordinator, title="Nee zeggen")
    assert (new.position, new.hint) == (1, "Denk aan een voorbeeld.")
    assert standing(track) == ["Nee zeggen", OLD[1]]


def test_a_criterion_goes_up_and_down_and_no_further_than_the_end(track, coordinator):
    criteria.move(named(track, OLD[1]), by=coordinator, up=True)
    assert standing(track) == OLD[::-1]
    criteria.move(named(track, OLD[1]), by=coordinator, up=False)
    assert standing(track) == OLD
    for title, up in ((OLD[0], True), (OLD[1], False)):
        with pytest.raises(ValidationError) as refusal:
            criteria.move(named(track, title), by=coordinator, up=up)
        assert refusal.value.code == "at_the_end"


def test_what_was_put_away_comes_back_as_the_last(track, coordinator):
    first = named(track, OLD[0])
    criteria.archive(first, by=coordinator)
    assert standing(track) == [OLD[1]]
    criteria.restore(first, by=coordinator)
    assert standing(track) == OLD[::-1]


def test_what_other_words_stand_for_does_not_come_back(track, begun, coordinator):
    first = named(track, OLD[0])
    criteria.reword(first, by=coordinator, title="Nee zeggen")
    with pytest.raises(ValidationError) as refusal:
        criteria.restore(first, by=coordinator)
    assert refusal.value.code == "was_replaced"


def test_what_is_put_away_cannot_be_put_otherwise_moved_or_put_away(track, coordinator):
    first = named(track, OLD[0])
    with pytest.raises(ValidationError) as refusal:
        criteria.restore(first, by=coordinator)
    assert refusal.value.code == "in_use"
    criteria.archive(first, by=coordinator)
    for deed, facts in [
        (criteria.archive, {}),
        (criteria.move, {"up": False}),
        (criteria.reword, {"title": "Nee zeggen"}),
    ]:
        with pytest.raises(ValidationError) as refusal:
            deed(first, by=coordinator, **facts)
        assert refusal.value.code == "not_in_use"


@pytest.mark.parametrize("kind", ["trainer", "coordinator", "nobody"])
def test_only_who_arranges_the_whole_organisation_changes_criteria(track, kind):
    user, first = UserFactory(), named(track, OLD[0])
    if kind != "nobody":
        RoleFactory(user=user, kind=kind, cohort=CohortFactory(track=track))
    for deed, thing, facts in [
        (criteria.add, track, {"title": "Terugkijken"}),
        (criteria.reword, first, {"title": "Nee zeggen"}),
        (criteria.archive, first, {}),
        (criteria.restore, first, {}),
        (criteria.move, first, {"up": False}),
    ]:
        with pytest.raises(PermissionDenied):
            deed(thing, by=user, **facts)
    assert not CohortCriterion.objects.exists()


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"position": 1}, "pinned_criteria_stand_in_one_order"),
        ({"criterion": 0}, "a_criterion_is_pinned_once_a_cohort"),
    ],
)
def test_the_database_refuses_a_second_pin(track, begun, facts, name):
    first, second = track.interview_criteria.all()
    CohortCriterion.objects.create(cohort=begun, criterion=first, position=1)
    pin = {"criterion": first if "criterion" in facts else second, "position": 2} | {
        key: value for key, value in facts.items() if key == "position"
    }
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        CohortCriterion.objects.create(cohort=begun, **pin)
    assert name in str(refusal.value) or "cohort_id" in str(refusal.value)


def test_the_database_refuses_a_replaced_criterion_in_use(track):
    first, second = track.interview_criteria.all()
    first.replaced_by = second
    with pytest.raises(IntegrityError, match="put_otherwise"), transaction.atomic():
        first.save()
