"""Wherever staff see people: sorted and found as a keyboard writes them, and never mixed up."""

import html

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    InterviewCriterionFactory,
    PlacementFactory,
    RoleFactory,
    SessionFactory,
    UserFactory,
    ready_enrolment,
)
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db

SORTED = [
    "ann Bos",
    "Đặng Minh",
    "İpek Yıldırım",
    "Jan van 't Hof",
    "Łukasz Wójcik",
    "Nguyễn Thị Diễm",
    "Özlem Kaya",
    "Zoë Abel",
]
TABLE = "/lichtingen/{cohort}/"
CSV = "/lichtingen/{cohort}/meenemen/overview/"
REGISTER = "/lessen/{session}/lijst/"
TO_PLAN = "/gesprekken/plan/"
PLACES = "/leerplekken/"
READY = "/certificaten/lichting/{cohort}/"
HOURS = "/nakijken/"
ADMIN = "/beheer/participants/user/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2025-06-20 12:00 +0200"):
        yield


@pytest.fixture
def cohort():
    cohort = CohortFactory()
    InterviewCriterionFactory(track=cohort.track)
    return cohort


@pytest.fixture
def coordinator():
    return RoleFactory(coordinator=True, user__name="Ellen Brouwer").user


@pytest.fixture
def session(cohort):
    return SessionFactory(cohorts=[cohort], kind="event")


@pytest.fixture
def shown(client, coordinator, cohort, session):
    """The text that an address gives to the coordinator; ``{cohort}`` and ``{session}`` in it."""

    def shown(address, query="", user=coordinator):
        client.force_login(user)
        path = address.format(cohort=cohort.pk, session=session.pk)
        taken = {"form": "csv", "why": "meeting"}
        answer = client.post(path + query, taken) if address == CSV else client.get(path + query)
        assert answer.status_code == 200
        return html.unescape((answer.getvalue() if answer.streaming else answer.content).decode())

    return shown


def taking_part(cohort, name, **facts):
    return EnrolmentFactory(cohort=cohort, participant=UserFactory(name=name, **facts))


# In order


@pytest.fixture
def people(cohort):
    """Everybody of ``SORTED``, entered in another order."""
    return [taking_part(cohort, name) for name in sorted(SORTED, key=lambda name: name[2:])]


@pytest.mark.parametrize(
    "address",
    [
        TABLE,
        CSV,
        REGISTER,
        TO_PLAN,
        PLACES,
        READY,
        "/api/v1/sessions/{session}/register/",
        "/api/v1/enrolments/?ordering=name",
    ],
)
def test_people_stand_in_the_order_of_their_names(shown, people, address):
    text = shown(address)
    assert sorted(SORTED, key=text.index) == SORTED


def test_the_people_of_one_place_stand_in_order(shown, people):
    place = PlacementFactory(enrolment=people[0]).place
    for enrolment in people[1:]:
        PlacementFactory(enrolment=enrolment, place=place)
    text = shown(PLACES)
    assert sorted(SORTED, key=text.index) == SORTED


def test_the_admin_lists_people_in_order(shown, people):
    text = shown(ADMIN, user=RoleFactory(administrator=True).user)
    assert sorted(SORTED, key=text.index) == SORTED


def test_the_other_way_round_and_over_pages_nobody_is_missed(client, coordinator, people):
    client.force_login(coordinator)
    found, address = [], "/api/v1/enrolments/?ordering=-name&page_size=3"
    while address:
        page = client.get(address).json()
        found += [row["name"] for row in page["results"]]
        address = page["next"]
    assert found == SORTED[::-1]


# Found

TYPED = [
    ("lukasz", "Łukasz Wójcik"),
    ("WÓJCIK", "Łukasz Wójcik"),
    ("ipek", "İpek Yıldırım"),
    ("IPEK", "İpek Yıldırım"),
    ("İPEK", "İpek Yıldırım"),
    ("yildirim ipek", "İpek Yıldırım"),
    ("nguyen", "Nguyễn Thị Diễm"),
    ("dang", "Đặng Minh"),
    ("van ’t", "Jan van 't Hof"),
    ("van 't hof", "Jan van 't Hof"),
    ("özlem", "Özlem Kaya"),
    ("bij.zoe@", "Zoë Abel"),
    ("BIJ.ZOE@leerlijn", "Zoë Abel"),
    ("%", None),
    ("ipek lukasz", None),
]


@pytest.mark.parametrize(("typed", "name"), TYPED)
@pytest.mark.parametrize(
    ("address", "key"),
    [
        (TABLE, "search"),
        (CSV, "search"),
        (TO_PLAN, "search"),
        ("/api/v1/enrolments/", "search"),
        (ADMIN, "q"),
    ],
)
def test_people_are_found_by_what_a_keyboard_types(shown, cohort, typed, name, address, key):
    for other in SORTED:
        known = {"email": "bij.zoe@leerlijn.example"} if other == "Zoë Abel" else {}
        taking_part(cohort, other, **known)
    user = {"user": RoleFactory(administrator=True).user} if address == ADMIN else {}
    text = shown(address, f"?{key}={typed.replace('%', '%25')}", **user)
    assert [other for other in SORTED if other in text] == ([name] if name else [])


@pytest.mark.parametrize("address", ["/certificaten/", "/api/v1/certificates/"])
@pytest.mark.parametrize(("typed", "found"), [("lukasz", True), ("jan", True), ("zoe", False)])
def test_a_certificate_is_found_by_the_name_of_its_holder_and_by_the_printed_one(
    shown, cohort, address, typed, found
):
    enrolment = taking_part(cohort, "Łukasz Wójcik")
    certificate = CertificateFactory(enrolment=enrolment, name="Łukasz Jan Wójcik")
    assert (certificate.number in shown(address, f"?search={typed}")) is found


def test_a_thousand_words_are_a_search_like_any_other(shown, people):
    assert "Zoë Abel" not in shown(TABLE, f"?search={'q+' * 1000}")


# Told apart


@pytest.fixture
def saras(cohort):
    """Two people of one name, and somebody who has no namesake; all wait for everything."""

    def everywhere(name, email):
        enrolment = taking_part(cohort, name, email=email)
        HourEntryFactory(enrolment=enrolment)
        return enrolment

    return [
        everywhere("Sara de Vries", "sara1@leerlijn.example"),
        everywhere("Sara De Vriès", "sara2@leerlijn.example"),
        everywhere("Bo Pinas", "bo@leerlijn.example"),
    ]


def addresses(text):
    return [word for word in ("sara1@", "sara2@", "bo@") if word in text]


@pytest.mark.parametrize("address", [TABLE, REGISTER, TO_PLAN, PLACES, READY, HOURS])
def test_two_people_of_one_name_are_told_apart_by_their_addresses(shown, saras, address):
    assert addresses(shown(address)) == ["sara1@", "sara2@"]


@pytest.mark.parametrize("address", [REGISTER, PLACES, HOURS])
def test_trainers_tell_them_apart_too(shown, saras, cohort, address):
    for enrolment in saras:
        PlacementFactory(enrolment=enrolment)
    trainer = RoleFactory(cohort=cohort).user
    assert addresses(shown(address, user=trainer)) == ["sara1@", "sara2@"]


def test_of_a_placed_person_the_address_stands_before_the_supervisor(shown, saras):
    for enrolment in saras:
        PlacementFactory(enrolment=enrolment)
    text = " ".join(strip_tags(shown(PLACES)).split())
    assert "sara1@leerlijn.example, begeleider Karim Zonneveld" in text
    assert addresses(text) == ["sara1@", "sara2@"]


def test_whose_certificate_is_made_is_told_before_and_after(shown, cohort):
    for number in (1, 2):
        email = f"sara{number}@leerlijn.example"
        ready = ready_enrolment(taking_part(cohort, "Sara de Vries", email=email))
        assert (addresses(shown(READY)) == []) is (number == 1)
    both = "&".join(f"enrolments={row.pk}" for row in cohort.enrolments.all())
    confirming = shown(READY + "maken/", f"?award_date=2025-06-20&{both}")
    assert addresses(confirming) == ["sara1@", "sara2@"]
    CertificateFactory(enrolment=ready, name="Sara de Vries")
    assert addresses(shown(READY)) == ["sara1@", "sara2@"]


@pytest.mark.parametrize("address", [TO_PLAN, PLACES, HOURS])
def test_who_takes_part_twice_is_no_namesake_of_oneself(shown, saras, address):
    EnrolmentFactory(participant=saras[2].participant)
    assert addresses(shown(address)) == ["sara1@", "sara2@"]


@pytest.mark.parametrize("address", [PLACES, "/", "/lessen/", "/gesprekken/"])
def test_participants_never_see_the_address_of_a_namesake(shown, saras, address):
    assert "sara2@" not in shown(address, user=saras[0].participant)


@pytest.mark.parametrize("address", [TABLE, REGISTER, TO_PLAN, PLACES, READY, HOURS])
def test_namesakes_ask_no_more_queries(shown, cohort, saras, address):
    shown(address)
    counts = []
    for more in (0, 2):
        for _one in range(more):
            HourEntryFactory(enrolment=taking_part(cohort, "Sara de Vries"))
        with CaptureQueriesContext(connection) as queries:
            shown(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
