import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants import paging
from participants.models import Enrolment
from participants.overview.filters import CohortFilter, PeopleFilter
from tests.factories import CohortFactory, EnrolmentFactory, HourEntryFactory, RoleFactory

pytestmark = pytest.mark.django_db
NAMES = ["Abel", "Bo", "Bo", "Cas", "Dina", "Ewa", "Fee"]


@pytest.fixture
def people():
    """Seven of one cohort in the order of their names; two are called Bo."""
    cohort = CohortFactory()
    return [EnrolmentFactory(cohort=cohort, participant__name=name) for name in NAMES]


def pages(rows, way=paging.AFTER, size=3, start=None):
    """All pages that one sees by going on in one direction."""
    asked, found = ({way: str(start)} if start else {}), []
    while True:
        page = paging.page(rows, asked, size)
        found.append(page.keys)
        further = page.after if way == paging.AFTER else page.before
        if further is None:
            return found
        asked = {way: str(further)}


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
