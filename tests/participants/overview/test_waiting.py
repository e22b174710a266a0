"""What waits on staff, the oldest first, and the way back to one's place."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participants.interviews.afterwards import Objection
from participants.overview.kinds import KINDS
from participants.overview.waiting import per_cohort, pile
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    FinalInterviewFactory,
    HourEntryFactory,
    PauseFactory,
    PlacementFactory,
    PlanVersionFactory,
    PopFactory,
    ReminderFactory,
    RoleFactory,
    SeatFactory,
    SessionFactory,
    SupervisorFactory,
    TrainingChoiceFactory,
)
from tests.factories.certificates import RevocationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory(name="Lichting van nu")


@pytest.fixture
def trainer(cohort):
    return RoleFactory(cohort=cohort).user


@pytest.fixture
def coordinator(cohort):
    return RoleFactory(kind="coordinator", cohort=cohort).user


def someone(cohort, name="Samira Aalbers"):
    return EnrolmentFactory(cohort=cohort, participant__name=name)


def kinds(user):
    return [item.kind for item in pile(user, 20).items]


def flat(response):
    return " ".join(response.content.decode().split())


def fill(cohort, assessor):
    """One thing of every kind, all of one cohort."""
    enrolment = someone(cohort)
    HourEntryFactory(enrolment=enrolment)
    pop = PopFactory(enrolment=enrolment, status="shared")
    PlanVersionFactory(plan=pop, shared=True)
    TrainingChoiceFactory(enrolment=enrolment, own=True)
    SessionFactory(cohorts=[cohort])
    SeatFactory(interview=FinalInterviewFactory(enrolment=enrolment), assessor=assessor)
    PauseFactory(enrolment=enrolment)
    EnrolmentFactory(cohort=cohort, applied=True)
    talk = FinalInterviewFactory(enrolment=someone(cohort), not_yet=True)
    Objection.objects.create(
        interview=talk, text="Ik zie het anders", made_by=talk.enrolment.participant
    )
    leaving = SupervisorFactory(
        stopped_at=timezone.now(), successor_name="Hester Prins", successor_email="h@b.example"
    )
    PlacementFactory(enrolment=enrolment, supervisor=leaving)
    for week in (dt.date(2025, 3, 3), dt.date(2025, 3, 10)):
        ReminderFactory(enrolment=talk.enrolment, week=week)
    RevocationFactory(certificate__enrolment=someone(cohort))
    return enrolment


def test_each_role_waits_for_its_own(cohort, trainer, coordinator):
    assessor = RoleFactory(cohort=cohort, assessor=True).user
    fill(cohort, assessor)
    assert sorted(kinds(trainer)) == ["bellen", "lijsten", "plannen", "uren", "voorstellen"]
    assert sorted(kinds(assessor)) == ["lijsten", "oordelen", "uren"]
    assert set(kinds(coordinator)) == {kind.key for kind in KINDS} - {"oordelen"}
    assert kinds(RoleFactory().user) == []


def test_nothing_of_oneself_waits_on_oneself(cohort, trainer):
    own = EnrolmentFactory(cohort=cohort, participant=trainer)
    HourEntryFactory(enrolment=own)
    TrainingChoiceFactory(enrolment=own, own=True)
    assert kinds(trainer) == []


def test_the_oldest_of_all_kinds_comes_first(cohort, trainer):
    enrolment = someone(cohort)
    young = timezone.now() - dt.timedelta(days=1)
    HourEntryFactory(enrolment=enrolment, submitted_at=young)
    TrainingChoiceFactory(enrolment=enrolment, own=True)
    SessionFactory(cohorts=[cohort], date=timezone.localdate() - dt.timedelta(days=9))
    assert kinds(trainer) == ["lijsten", "uren", "voorstellen"]


def test_hours_are_one_thing_per_person_and_week(cohort, trainer):
    enrolment = someone(cohort)
    HourEntryFactory(enrolment=enrolment, date=dt.date(2025, 3, 3), minutes=60)
    HourEntryFactory(enrolment=enrolment, date=dt.date(2025, 3, 9), minutes=90)
    HourEntryFactory(enrolment=enrolment, date=dt.date(2025, 3, 10), minutes=30)
    told = [item.what for item in pile(trainer, 20).items]
    assert told == [
        "2 regels, 2,5 uur, week van ma 3 mrt 2025",
        "1 regel, 0,5 uur, week van ma 10 mrt 2025",
    ]


def test_the_hours_of_one_person_open_and_the_way_to_the_rest_is_there(client, cohort, trainer):
    enrolment, other = someone(cohort), someone(cohort, "Desi Abena")
    HourEntryFactory(enrolment=enrolment)
    HourEntryFactory(enrolment=other)
    client.force_login(trainer)
    page = flat(client.get(f"/nakijken/?enrolment={enrolment.pk}&wacht=-1"))
    assert "Samira Aalbers" in page and "Desi Abena" not in page
    assert "Toon de uren van iedereen" in page


def test_the_page_counts_says_how_long_and_leads_there(client, cohort, trainer):
    enrolment = someone(cohort)
    since = timezone.now() - dt.timedelta(days=9)
    HourEntryFactory(enrolment=enrolment, submitted_at=since)
    client.force_login(trainer)
    page = flat(client.get("/wacht/"))
    assert "1 ding wacht op jou</h1>" in page
    assert "Wacht 9 dagen" in page
    assert f'href="/nakijken/?enrolment={enrolment.pk}&amp;wacht=-1"' in page


def test_one_kind_can_be_chosen_and_the_figures_stay(client, cohort, trainer):
    enrolment = someone(cohort)
    HourEntryFactory(enrolment=enrolment)
    TrainingChoiceFactory(enrolment=enrolment, own=True)
    client.force_login(trainer)
    page = flat(client.get("/wacht/?soort=voorstellen"))
    assert "2 dingen wachten op jou</h1>" in page
    assert "Rouw en verlies" in page and "1 regel" not in page
    assert "wacht=voorstellen-1" in page
    assert client.get("/wacht/?soort=x").status_code == 404


def test_a_long_list_says_how_many_more_and_shows_them(client, cohort, trainer):
    for number in range(23):
        TrainingChoiceFactory(enrolment=someone(cohort), own=True, own_title=f"Nummer {number}")
    client.force_login(trainer)
    page = flat(client.get("/wacht/"))
    assert "23 dingen" in page and "En nog 3." in page
    assert 'href="?tot=40#plaats-20"' in page
    assert "En nog" not in flat(client.get("/wacht/?tot=40"))
    assert client.get("/wacht/?tot=9999999999").status_code == 200


def test_nothing_to_do_is_said_with_a_kind_word(client, trainer):
    client.force_login(trainer)
    page = flat(client.get("/wacht/"))
    assert "Er wacht niets op jou" in page and "Alles is gedaan." in page


def test_who_has_no_role_has_no_pile(client):
    client.force_login(EnrolmentFactory().participant)
    assert client.get("/wacht/").status_code == 403


def test_as_many_queries_for_three_as_for_one(client, cohort, coordinator):
    client.force_login(coordinator)
    counts = []
    for size in (1, 2):
        for _ in range(size):
            fill(cohort, coordinator)
        client.get("/wacht/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/wacht/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# The coordinator


def test_the_coordinator_sees_what_waits_in_each_cohort(client, cohort, coordinator):
    fill(cohort, RoleFactory(cohort=cohort, assessor=True).user)
    other = fill(CohortFactory(), RoleFactory().user).cohort
    [row] = per_cohort(coordinator)
    assert row.cohort == cohort
    mine = pile(coordinator, 20)
    assert row.many == mine.total
    assert row.oldest == mine.oldest
    client.force_login(coordinator)
    page = flat(client.get("/wacht/"))
    assert "Per lichting" in page and f"/lichtingen/{cohort.pk}/" in page
    assert f"/lichtingen/{other.pk}/" not in page


def test_figures_and_list_never_differ(cohort, coordinator):
    fill(cohort, coordinator)
    fill(cohort, coordinator)
    for kind in KINDS:
        many, items = kind.oldest(coordinator, 20)
        assert many == len(items) == sum(row[1] for row in kind.per_cohort(coordinator))


# The way back


@pytest.fixture
def proposal(cohort):
    return TrainingChoiceFactory(enrolment=someone(cohort), own=True)


def answer_to(choice):
    return {f"v{choice.pk}-verdict": "accept"}


def test_an_answer_leads_back_to_ones_place(client, trainer, proposal):
    client.force_login(trainer)
    address = f"/trainingen/voorstellen/{proposal.pk}/?wacht=voorstellen-3"
    assert 'href="/wacht/?soort=voorstellen#plaats-3"' in flat(client.get(address))
    response = client.post(address, answer_to(proposal))
    assert response.url == "/wacht/?soort=voorstellen#plaats-3"
    assert "Samira ziet het meteen" in flat(client.get("/wacht/"))


def test_also_when_the_form_has_another_address(client, trainer, proposal):
    client.force_login(trainer)
    response = client.post(
        f"/trainingen/voorstellen/{proposal.pk}/",
        answer_to(proposal),
        headers={"referer": "http://testserver/trainingen/voorstellen/?wacht=-2"},
    )
    assert response.url == "/wacht/#plaats-2"


def test_an_answer_that_was_not_taken_stays_where_it_is(client, trainer, proposal):
    client.force_login(trainer)
    address = f"/trainingen/voorstellen/{proposal.pk}/?wacht=-1"
    assert client.post(address, {}).status_code == 200


@pytest.mark.parametrize("place", ["//kwaad.example", "uren", "uren-x", "UREN-1", "-99999"])
def test_nothing_else_leads_anywhere(client, trainer, proposal, place):
    client.force_login(trainer)
    address = f"/trainingen/voorstellen/{proposal.pk}/?wacht={place}"
    assert client.post(address, answer_to(proposal)).url == "/trainingen/voorstellen/"


def test_another_site_leads_nobody_to_the_list(client, trainer, proposal):
    client.force_login(trainer)
    response = client.post(
        f"/trainingen/voorstellen/{proposal.pk}/",
        answer_to(proposal),
        headers={"referer": "https://kwaad.example/?wacht=-1"},
    )
    assert response.url == "/trainingen/voorstellen/"


@time_machine.travel(dt.datetime(2027, 3, 10, 9, tzinfo=dt.UTC))
def test_after_a_week_it_asks_for_attention(client, cohort, trainer):
    for days in (6, 7):
        since = timezone.now() - dt.timedelta(days=days)
        HourEntryFactory(enrolment=someone(cohort), submitted_at=since)
    client.force_login(trainer)
    old, young = flat(client.get("/wacht/")).split('<li id="plaats-')[1:]
    assert "ams-badge--yellow" in old and "Wacht 7 dagen" in old
    assert "ams-badge--yellow" not in young.split("</li>")[0]
