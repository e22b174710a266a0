"""What is arranged at a learning place: ticked off by who and when, undone, never in the way."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from participants.models import ChecklistItem, Event, Placement, Tick
from participants.placements import checklist, ticking
from tests.factories import (
    ChecklistItemFactory,
    CohortFactory,
    EnrolmentFactory,
    PlacementFactory,
    RoleFactory,
    TickFactory,
    UserFactory,
)


@pytest.fixture
def placement(db):
    return PlacementFactory()


@pytest.fixture
def track(placement):
    return placement.enrolment.cohort.track


@pytest.fixture
def coordinator(placement):
    return RoleFactory(kind="coordinator", cohort=placement.enrolment.cohort).user


@pytest.fixture
def item(track):
    return ChecklistItemFactory(track=track, text="Kennismaking geweest")


def counted(placement):
    found = checklist.with_counts(Placement.objects.filter(pk=placement.pk)).get()
    return found.arranged, found.to_arrange


def test_a_tick_says_who_and_when_and_is_undone(placement, item, coordinator):
    ChecklistItemFactory(track=item.track)
    tick = ticking.tick(placement, item, by=coordinator)
    assert (tick.ticked_by, counted(placement)) == (coordinator, (1, 2))
    assert [done for _item, done in checklist.lines_of(placement)] == [tick, None]
    ticking.untick(placement, item, by=coordinator)
    assert counted(placement) == (0, 2)
    told = Event.objects.decisions().filter(enrolment=placement.enrolment, reason=item.text)
    assert sorted(told.values_list("act", flat=True)) == ["point_ticked", "point_unticked"]


def test_the_list_of_another_track_is_not_asked_here(placement):
    other = ChecklistItemFactory()
    assert counted(placement) == (0, 0)
    assert checklist.lines_of(placement) == []
    assert not Tick.objects.filter(item=other).exists()


def test_what_was_ticked_stays_when_its_point_is_put_away(placement, item, coordinator):
    open_one = ChecklistItemFactory(track=item.track)
    ticking.tick(placement, item, by=coordinator)
    for each in (item, open_one):
        ticking.archive_item(each, by=coordinator)
    assert [each for each, _tick in checklist.lines_of(placement)] == [item]
    assert counted(placement) == (1, 1)
    ticking.restore_item(open_one, by=coordinator)
    assert counted(placement) == (1, 2)


@pytest.mark.parametrize(
    ("before", "deed", "code"),
    [
        ([ticking.tick], ticking.tick, "already_ticked"),
        ([], ticking.untick, "not_ticked"),
    ],
)
def test_what_was_done_is_not_done_again(placement, item, coordinator, before, deed, code):
    for each in before:
        each(placement, item, by=coordinator)
    with pytest.raises(ValidationError) as refusal:
        deed(placement, item, by=coordinator)
    assert refusal.value.code == code


def test_a_point_that_is_not_asked_here_is_not_ticked(placement, item, coordinator):
    ticking.archive_item(item, by=coordinator)
    for other in (item, ChecklistItemFactory()):
        with pytest.raises(ValidationError) as refusal:
            ticking.tick(placement, other, by=coordinator)
        assert refusal.value.code == "not_on_the_list"


@pytest.mark.parametrize("kind", ["trainer", "assessor", "elsewhere", "own"])
def test_only_the_coordinator_of_the_person_ticks(placement, item, kind):
    cohort, user = placement.enrolment.cohort, UserFactory()
    if kind == "own":
        user = placement.enrolment.participant
        RoleFactory(user=user, kind="coordinator", cohort=cohort)
    else:
        here = {} if kind == "elsewhere" else {"cohort": cohort}
        RoleFactory(user=user, kind="coordinator" if kind == "elsewhere" else kind, **here)
    for deed in (ticking.tick, ticking.untick):
        with pytest.raises(PermissionDenied):
            deed(placement, item, by=user)


def test_only_who_arranges_the_track_sets_its_list(item):
    for user in (RoleFactory(kind="coordinator").user, UserFactory()):
        with pytest.raises(PermissionDenied):
            ticking.add_item(item.track, "Afspraken op papier", by=user)
        for deed in (ticking.archive_item, ticking.restore_item):
            with pytest.raises(PermissionDenied):
                deed(item, by=user)


def test_a_point_has_words_and_stands_on_the_list_once(item, coordinator):
    for text in ("  ", "kennismaking  GEWEEST"):
        with pytest.raises(ValidationError):
            ticking.add_item(item.track, text, by=coordinator)
    ticking.archive_item(item, by=coordinator)
    ticking.add_item(item.track, "Kennismaking geweest", by=coordinator)
    with pytest.raises(ValidationError):
        ticking.restore_item(item, by=coordinator)


def test_a_list_that_is_not_done_is_in_nobodys_way(placement, item, coordinator, client):
    """Nothing but the page asks for it."""
    assert counted(placement) == (0, 1)
    client.force_login(placement.enrolment.participant)
    assert client.get("/").status_code == 200
    assert item.text not in client.get("/leerplekken/").content.decode()


def test_more_people_take_no_more_queries(coordinator, item, django_assert_num_queries):
    def look():
        mine = Placement.objects.coordinated_by(coordinator)
        return list(checklist.with_counts(mine))

    with django_assert_num_queries(1):
        assert len(look()) == 1
    cohort = Placement.objects.get().enrolment.cohort
    for _ in range(2):
        TickFactory(placement=PlacementFactory(enrolment=EnrolmentFactory(cohort=cohort)))
    with django_assert_num_queries(1):
        assert sorted(each.arranged for each in look()) == [0, 1, 1]


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (lambda item: ChecklistItem(track=item.track, text=""), "a_point_of_a_checklist_has_words"),
        (
            lambda item: ChecklistItem(track=item.track, text=item.text.upper()),
            "a_point_stands_on_a_checklist_once",
        ),
    ],
)
def test_the_database_refuses(item, rows, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows(item).save()


@pytest.mark.django_db
def test_the_database_refuses_a_second_tick():
    tick = TickFactory(placement=PlacementFactory(enrolment__cohort=CohortFactory()))
    with pytest.raises(IntegrityError), transaction.atomic():
        TickFactory(placement=tick.placement, item=tick.item)


def test_a_point_in_other_words_keeps_what_was_ticked_with_the_old_ones(
    placement, item, coordinator
):
    later = PlacementFactory(enrolment=EnrolmentFactory(cohort=placement.enrolment.cohort))
    ticking.tick(placement, item, by=coordinator)
    ticking.reword_item(item, "Handen geschud", by=coordinator)
    ticking.tick(later, item, by=coordinator)
    ticking.reword_item(item, "Samen koffie gedronken", by=coordinator)
    said = [Tick.objects.get(placement=each).text for each in (placement, later)]
    assert said == ["Kennismaking geweest", "Handen geschud"]
    assert (counted(placement), counted(later)) == ((1, 1), (1, 1))
    ticking.untick(placement, item, by=coordinator)
    assert Event.objects.decisions().get(act="point_unticked").reason == "Kennismaking geweest"
    assert [each.text for each, _tick in checklist.lines_of(placement)] == [
        "Samen koffie gedronken"
    ]


def test_a_point_is_put_otherwise_by_who_arranges_its_track(item, coordinator):
    with pytest.raises(PermissionDenied):
        ticking.reword_item(item, "Anders", by=RoleFactory(kind="coordinator").user)
    other = ChecklistItemFactory(track=item.track, text="Afspraken op papier")
    for words in (" ", "kennismaking GEWEEST"):
        with pytest.raises(ValidationError):
            ticking.reword_item(other, words, by=coordinator)
    ticking.archive_item(other, by=coordinator)
    with pytest.raises(ValidationError) as refusal:
        ticking.reword_item(other, "Anders", by=coordinator)
    assert refusal.value.code == "already_archived"
