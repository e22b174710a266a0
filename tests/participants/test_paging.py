import datetime as dt
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants import paging
from participants.models import Enrolment
from participants.overview import filters
from participants.overview.filters import CohortFilter, PeopleFilter
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    ExemptionFactory,
    HourEntryFactory,
    PauseFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db
NAMES = ["Abel", "Bo", "Bo", "Cas", "Dina", "Ewa", "Fee"]


@pytest.fixture
def people():
    """Seven of one cohort in the order of their names; two are called Bo."""
    cohort = CohortFactory()
    return [EnrolmentFactory(cohort=cohort, participant__name=name) for name in NAMES]


def pages(rows, way=paging.AFTER, size=3, start=None, judge=None):
    """All pages that one sees by going on in one direction."""
    asked, found = ({way: str(start)} if start else {}), []
    while len(found) < 50:  # who goes round fails, and does not wait for ever
        page = paging.page(rows, asked, size, judge=judge)
        found.append(page.keys)
        further = page.after if way == paging.AFTER else page.before
        if further is None:
            return found
        asked = {way: str(further)}
    raise AssertionError("round and round")


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
@pytest.mark.parametrize("name", ["participant__name_key", "-participant__name_key"])
@pytest.mark.parametrize("key", ["pk", "-pk"])
def test_going_on_shows_everybody_once_in_order(people, size, name, key):
    rows = Enrolment.objects.order_by(name, key)
    everybody = [one for page in pages(rows, size=size) for one in page]
    assert everybody == list(rows.values_list("pk", flat=True))


def test_going_back_shows_the_pages_that_one_came_by(people):
    rows = Enrolment.objects.by_name()
    there = pages(rows)
    assert [len(page) for page in there] == [3, 3, 1]
    back = pages(rows, way=paging.BEFORE, start=there[-1][0])
    assert back == [there[1], there[0]]


def test_whole_rows_stand_in_the_order_of_their_keys(people):
    rows = Enrolment.objects.order_by("-participant__name_key", "pk")
    third = str(people[2].pk)
    for asked in ({}, {paging.AFTER: third}, {paging.BEFORE: third}, {paging.AFTER: "0"}):
        page = paging.page(rows, asked, 3, whole=True)
        assert [row.pk for row in page.rows] == page.keys == paging.page(rows, asked, 3).keys


def test_the_last_full_page_has_no_next(people):
    rows = Enrolment.objects.by_name()
    assert paging.page(rows, {}, 7).after is None
    assert paging.page(rows, {}, 6).after == people[5].pk


@pytest.mark.parametrize("asked", ["", "0", "onzin", "-1", "1" * 30, "²"])
@pytest.mark.parametrize("way", [paging.AFTER, paging.BEFORE])
def test_an_address_that_names_nobody_gives_the_first_page(people, way, asked):
    page = paging.page(Enrolment.objects.order_by("-pk"), {way: asked}, 3)
    assert page == paging.page(Enrolment.objects.order_by("-pk"), {}, 3)


def test_who_no_longer_fits_still_marks_the_place(people):
    rows = Enrolment.objects.by_name()
    people[2].status = Enrolment.Status.COMPLETED
    people[2].save()
    asked = {paging.AFTER: str(people[2].pk)}
    assert paging.page(rows.active(), asked, 2, among=rows).keys == [people[3].pk, people[4].pk]
    assert paging.page(rows.active(), asked, 2).keys == [people[0].pk, people[1].pk]


def test_a_stranger_marks_no_place(people):
    """Else the place of a name could be found out, letter by letter."""
    stranger = EnrolmentFactory(participant__name="Cees")
    rows = Enrolment.objects.filter(cohort=people[0].cohort).by_name()
    page = paging.page(rows, {paging.AFTER: str(stranger.pk)}, 3)
    assert page.keys == [one.pk for one in people[:3]]


def test_nobody_at_all_is_an_empty_page():
    assert paging.page(Enrolment.objects.by_name(), {}, 3) == paging.Page([])


def filtered(people, query):
    rows = Enrolment.objects.filter(cohort=people[0].cohort).with_state()
    return CohortFilter(query, rows, request=None, actors=set())


@pytest.mark.parametrize("word", ["studie", "werk", "lessen", "pop", "eindgesprek", "stand"])
@pytest.mark.parametrize("way", ["", "-"])
def test_a_column_that_is_worked_out_is_turned_page_by_page(people, word, way):
    for person in people[3:5]:
        HourEntryFactory(enrolment=person, kind="study", minutes=90, approved=True)
    query = {"ordering": f"{way}{word}"}
    whole, found = filtered(people, query).page(50).keys, []
    while (page := filtered(people, query).page(2)) and page.after:
        found += page.keys
        query[paging.AFTER] = str(page.after)
    assert [*found, *page.keys] == whole
    if word == "studie":
        first = whole[:2] if way else whole[-2:]
        assert first == [one.pk for one in people[3:5]]


def test_one_word_that_is_not_known_leaves_the_rest_of_the_address(people):
    HourEntryFactory(enrolment=people[4], kind="study", minutes=90, approved=True)
    found = filtered(people, {"toon": "onzin", "ordering": "-studie"})
    assert found.page(1).keys == [people[4].pk]


def test_people_of_all_cohorts_are_one_list_by_name(people, rf):
    elsewhere = EnrolmentFactory(participant__name="Cees")
    request = rf.get("/")
    request.user = RoleFactory(coordinator=True).user
    rows = Enrolment.objects.visible_to(request.user).with_state()
    keys = PeopleFilter({}, rows, request=request).page(5).keys
    assert keys == [*(one.pk for one in people[:4]), elsewhere.pk]
    chosen = PeopleFilter({"lichting": str(elsewhere.cohort_id)}, rows, request=request)
    assert chosen.page(5).keys == [elsewhere.pk]


@pytest.mark.parametrize("asked", [{}, {"ordering": "-werk"}])
def test_a_page_takes_two_queries_wherever_it_is(people, asked):
    counts = []
    for after in (None, people[1].pk, people[5].pk):
        query = asked | ({paging.AFTER: str(after)} if after else {})
        with CaptureQueriesContext(connection) as queries:
            filtered(people, query).page(1)
        counts.append(len(queries))
    assert counts == [1, 2, 2]


@pytest.mark.parametrize(
    ("kind", "everywhere"),
    [("trainer", False), ("assessor", False), ("coordinator", False), ("coordinator", True)],
)
def test_the_list_of_everybody_is_that_of_ones_staff(people, kind, everywhere):
    cohort = people[0].cohort
    EnrolmentFactory(cohort=cohort, applied=True)
    EnrolmentFactory()
    user = RoleFactory(kind=kind, cohort=None if everywhere else cohort).user
    EnrolmentFactory(cohort=cohort, participant=user)
    rows = Enrolment.objects.order_by("pk")
    listed = list(rows.listed_for(user))
    assert listed == list(rows.staffed_by(user))
    assert len(listed) == 7 + (kind == "coordinator") + everywhere


def keeping(kept):
    return lambda keys: [key for key in reversed(keys) if key in kept]


def some_of(keys, seed):
    """A part of ``keys`` by chance: nobody, few, most or all."""
    chance = random.Random(seed)
    share = chance.choice([0, 0.2, 0.5, 0.9, 1])
    return {key for key in keys if chance.random() < share}


@pytest.mark.parametrize("order", [["participant__name_key", "pk"], ["-participant__name_key"]])
def test_blocks_give_the_people_that_judging_everybody_gives(people, order, monkeypatch):
    EnrolmentFactory.create_batch(4, cohort=people[0].cohort, participant__name="Bo")
    rows = Enrolment.objects.order_by(*order, *(["pk"] if len(order) == 1 else []))
    everybody = list(rows.values_list("pk", flat=True))
    monkeypatch.setattr(paging, "BLOCKS", (2, 3, 2, 3, 2))
    for seed in range(25):
        kept, size = some_of(everybody, seed), seed % 3 + 1
        narrowed, judge = rows.filter(pk__in=kept), keeping(kept)
        there = pages(rows, size=size, judge=judge)
        assert there == pages(narrowed, size=size)
        if len(there) > 1:
            start = there[-1][0]
            back = pages(rows, way=paging.BEFORE, size=size, start=start, judge=judge)
            assert back == pages(narrowed, way=paging.BEFORE, size=size, start=start)


@pytest.mark.parametrize("way", [paging.AFTER, paging.BEFORE])
def test_who_goes_on_after_a_part_meets_everybody_once_and_comes_to_an_end(
    people, way, monkeypatch
):
    rows = Enrolment.objects.by_name()
    everybody = list(rows.values_list("pk", flat=True))
    monkeypatch.setattr(paging, "BLOCKS", (1, 2))
    for seed in range(25):
        kept, start = some_of(everybody, seed), everybody[-1] if way == paging.BEFORE else None
        found = pages(rows, way=way, size=2, start=start, judge=keeping(kept))
        met = found if way == paging.AFTER else found[::-1]
        expected = [key for key in everybody if key in kept and key != start]
        first = {*expected[:2]}  # going back ends with the first page, which may overlap
        seen = [key for page in met for key in page]
        assert sorted(set(seen), key=everybody.index) == expected
        assert {key for key in seen if seen.count(key) > 1} <= first


def test_nobody_further_is_the_end_and_not_the_first_page(people, monkeypatch):
    rows = Enrolment.objects.by_name()
    monkeypatch.setattr(paging, "BLOCKS", (2, 3))
    first = paging.page(rows, {}, 3, judge=keeping({people[0].pk}))
    assert first == paging.Page([people[0].pk], None, people[4].pk, is_partial=True)
    end = paging.page(rows, {paging.AFTER: str(first.after)}, 3, judge=keeping({people[0].pk}))
    assert end == paging.Page([], people[5].pk, None)


def for_everybody(people, rf, query):
    request = rf.get("/")
    request.user = RoleFactory(coordinator=True).user
    rows = Enrolment.objects.listed_for(request.user).with_state()
    return PeopleFilter(query, rows, request=request)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"toon": "nog-niet"}, 7),
        ({"toon": "klaar"}, 0),
        ({"toon": "praten"}, 7),
        ({"mist": "study"}, 4),
        ({"mist": "study", "search": "a", "ordering": "-naam"}, 4),
        ({"mist": "study", "toon": "nog-niet", "status": "active"}, 4),
    ],
)
def test_the_list_of_everybody_in_blocks_is_the_same_list(people, rf, asked, number, monkeypatch):
    for person in people[1:4]:
        ExemptionFactory(enrolment=person, criterion="study")
    monkeypatch.setattr(paging, "BLOCKS", (1, 2, 2, 2, 2))
    whole = [one.pk for one in for_everybody(people, rf, asked).qs]
    query, found = dict(asked), []
    while (page := for_everybody(people, rf, query).page(2)).after:
        found += page.keys
        query[paging.AFTER] = str(page.after)
    assert [*found, *page.keys] == whole
    assert len(whole) == number


def test_a_page_of_judged_people_takes_two_queries_a_block_at_most(people, rf, monkeypatch):
    monkeypatch.setattr(paging, "BLOCKS", (1, 2, 2))
    nobody = for_everybody(people, rf, {"toon": "klaar"})
    with CaptureQueriesContext(connection) as queries:
        assert nobody.page(3).is_partial
    assert len(queries) == 2 * 3


def test_a_part_of_a_long_list_says_so(client, people, monkeypatch):
    monkeypatch.setattr(paging, "BLOCKS", (2,))
    client.force_login(RoleFactory(coordinator=True).user)
    said = client.get("/mensen/?toon=klaar").content.decode()
    assert "nog niet iedereen is bekeken" in said
    assert f"na={people[1].pk}" in said
    whole = client.get("/mensen/?toon=nog-niet&search=Ewa").content.decode()
    assert "nog niet iedereen is bekeken" not in whole
    assert "Ewa" in whole


def test_of_many_cohorts_the_first_are_offered_and_the_chosen_one(people, rf, monkeypatch):
    monkeypatch.setattr(filters, "MOST_OFFERED", 1)
    last = CohortFactory(ends_on=people[0].cohort.ends_on - dt.timedelta(days=9))
    for asked in ("", str(last.pk), "onzin", "9" * 30):
        chosen = for_everybody(people, rf, {"lichting": asked})
        offered = [str(key) for key, _label in chosen.form.fields["lichting"].choices]
        expected = ["", str(people[0].cohort_id), *([asked] if asked == str(last.pk) else [])]
        assert offered == expected
        assert ("lichting" in chosen.errors) == (asked not in ("", str(last.pk)))


@pytest.mark.parametrize("state", [state for state, _label in Enrolment.STATES])
def test_who_is_in_a_state_has_that_state(people, state):
    PauseFactory(enrolment=people[0], confirmed=True, starts_on=people[0].starts_on, ends_on=None)
    PauseFactory(enrolment=people[1], starts_on=people[1].starts_on, ends_on=None)
    Enrolment.objects.filter(pk=people[2].pk).update(status="declined")
    Enrolment.objects.filter(pk=people[3].pk).update(status="stopped")
    Enrolment.objects.filter(pk=people[4].pk).update(status="completed")
    EnrolmentFactory(cohort=people[0].cohort, applied=True)
    rows = Enrolment.objects.order_by("pk")
    asked = list(rows.in_state(state))
    assert asked == [one for one in rows.with_state() if one.state == state]
    assert asked
