"""Setting up on pages: what there is, other norms after a look, a cohort after an example."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError

from participants.models import Cohort, NormsChange
from participants.setup.forms import HoursField, NormsForm
from participants.setup.wording import LABELS
from participants.tracks.models import Norms
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    RoleFactory,
    SessionFactory,
    UserFactory,
    ready_enrolment,
)

pytestmark = pytest.mark.django_db

WHY = "De funder vraagt 50 uur"
NEW = {"name": "Lichting 9", "starts_on": "2026-01-05", "ends_on": "2026-07-10", "with_team": "on"}


@pytest.fixture
def cohort(db):
    return CohortFactory()


@pytest.fixture
def coordinator(db, client):
    user = RoleFactory(coordinator=True).user
    client.force_login(user)
    return user


def norms_page(cohort):
    return f"/inrichten/lichtingen/{cohort.pk}/normen/"


def copy_page(cohort):
    return f"/inrichten/lichtingen/{cohort.pk}/kopie/"


def typed(cohort, **changed):
    """The form as it stands for ``cohort``, but for what is ``changed``."""
    form = NormsForm(instance=cohort)
    facts = {name: form[name].value() for name in LABELS}
    shown = {name: fact for name, fact in facts.items() if fact is not False}
    return {**shown, **changed}


def look(client, cohort, **changed):
    return client.post(norms_page(cohort), {**typed(cohort, **changed), "step": "look"})


def change(client, cohort, seen, **changed):
    facts = {**typed(cohort, **changed), "step": "change", "seen": seen, "reason": WHY}
    return client.post(norms_page(cohort), facts)


def read(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# Everything in one place


def test_a_coordinator_is_led_from_more_to_what_there_is(client, coordinator, cohort):
    assert b'href="/inrichten/"' in client.get("/meer/").content
    shown = client.get("/inrichten/").content.decode()
    for address in (
        norms_page(cohort),
        copy_page(cohort),
        f"/lichtingen/{cohort.pk}/planning/",
        f"/lichtingen/{cohort.pk}/herinneringen/",
        f"/lichtingen/{cohort.pk}/team/",
        "/papier/",
    ):
        assert f'href="{address}"' in shown


def test_a_participant_is_not_led_there(client):
    client.force_login(EnrolmentFactory().participant)
    assert b"/inrichten/" not in client.get("/meer/").content


def test_who_coordinates_one_cohort_sees_only_that_one_and_starts_none(client, cohort):
    CohortFactory(name="Elders")
    client.force_login(RoleFactory(kind="coordinator", cohort=cohort).user)
    response = client.get("/inrichten/")
    assert [each.pk for each in response.context["cohorts"]] == [cohort.pk]
    assert copy_page(cohort) not in response.content.decode()
    assert client.get(copy_page(cohort)).status_code == 403


def test_an_administrator_without_a_cohort_reads_that_there_is_none(client):
    client.force_login(RoleFactory(administrator=True).user)
    shown = read(client.get("/inrichten/"))
    assert "Je coördineert nog geen lichting." in shown
    assert "Beheer: personen en rollen" in shown


def test_more_cohorts_take_no_more_queries(
    client, coordinator, cohort, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as one:
        client.get("/inrichten/")
    CohortFactory.create_batch(2)
    with django_assert_num_queries(len(one)):
        client.get("/inrichten/")


# Norms


def test_every_norm_has_a_label_and_a_field():
    assert set(LABELS) == {field.name for field in Norms._meta.local_fields}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("60", 3600), (" 60,5 ", 3630), ("60.25", 3615), ("0", 0), ("60:20", 3620), ("1:05", 65)],
)
def test_hours_are_read_as_people_type_them_and_shown_so_that_they_read_back(text, minutes):
    field = HoursField()
    assert field.clean(text) == minutes
    assert field.clean(field.prepare_value(minutes)) == minutes


@pytest.mark.parametrize("text", ["", "zestig", "-1", "60,33", "1:60", "10000"])
def test_other_hours_are_refused_with_an_example(text):
    with pytest.raises(ValidationError, match="bijvoorbeeld 60 of 60,5"):
        HoursField().clean(text)


def test_a_look_names_who_gains_and_changes_nothing(client, coordinator, cohort):
    on_it = ready_enrolment(cohort=cohort, work=3000, participant__name="Noor Erop")
    ready_enrolment(cohort=cohort, work=2999, participant__name="Jo Eronder")
    shown = read(look(client, cohort, work_minutes="50"))
    assert on_it.participant.name in shown
    assert "Noor Erop Haalt dan ook:" in shown
    assert "Heeft dan alles gehaald." in shown
    assert "Jo Eronder" not in shown
    assert "van 60 uur naar 50 uur" in shown
    assert Cohort.objects.get(pk=cohort.pk).work_minutes == 3600


def test_a_look_names_who_loses(client, coordinator, cohort):
    ready_enrolment(cohort=cohort, participant__name="Noor Erop")
    shown = read(look(client, cohort, work_minutes="60,5"))
    assert "Noor Erop Haalt dan niet meer:" in shown
    assert "Heeft nu alles gehaald, en dan niet meer." in shown


def test_a_change_is_made_after_the_look_and_stands_in_the_history(client, coordinator, cohort):
    seen = look(client, cohort, work_minutes="50").context["preview"].seen
    shown = client.post(
        norms_page(cohort),
        {
            **typed(cohort, work_minutes="50"),
            "step": "change",
            "seen": seen,
            "reason": WHY,
        },
        follow=True,
    )
    assert Cohort.objects.get(pk=cohort.pk).work_minutes == 3000
    for said in (WHY, coordinator.name, "van 60 uur naar 50 uur"):
        assert said in read(shown)


def test_a_condition_can_be_lifted(client, coordinator, cohort):
    facts = typed(cohort)
    del facts["study_required"]
    response = client.post(norms_page(cohort), {**facts, "step": "look"})
    assert response.context["preview"].after == {"study_required": False}
    assert "van ja naar nee" in read(response)


def test_a_look_that_is_stale_is_shown_again_with_who_is_there_now(client, coordinator, cohort):
    seen = look(client, cohort, work_minutes="50").context["preview"].seen
    ready_enrolment(cohort=cohort, work=3000, participant__name="Noor Later")
    again = change(client, cohort, seen, work_minutes="50")
    assert "Er is intussen iets veranderd." in read(again)
    assert "Noor Later" in read(again)
    assert not NormsChange.objects.exists()
    newer = again.context["preview"].seen
    assert change(client, cohort, newer, work_minutes="50").status_code == 302


def test_without_a_reason_the_look_is_shown_again(client, coordinator, cohort):
    seen = look(client, cohort, work_minutes="50").context["preview"].seen
    facts = {**typed(cohort, work_minutes="50"), "step": "change", "seen": seen, "reason": " "}
    assert "Schrijf op waarom." in read(client.post(norms_page(cohort), facts))
    assert not NormsChange.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Dit zijn de normen die er al gelden."),
        ({"work_minutes": "0"}, "Vul meer dan 0 uur in."),
        ({"work_minutes": "veel"}, "Vul hele uren in"),
    ],
)
def test_what_cannot_be_is_said_on_the_form(client, coordinator, cohort, changed, said):
    response = look(client, cohort, **changed)
    assert "preview" not in response.context
    assert said in read(response)


def test_back_keeps_what_was_typed(client, coordinator, cohort):
    facts = {**typed(cohort, work_minutes="50"), "step": "back"}
    response = client.post(norms_page(cohort), facts)
    assert response.context["form"]["work_minutes"].value() == "50"


def test_more_changes_take_no_more_queries(
    client, coordinator, cohort, django_assert_num_queries, django_assert_max_num_queries
):
    def changed_by(user, after):
        facts = {"before": {"work_minutes": 1}, "after": {"work_minutes": after}}
        NormsChange.objects.create(cohort=cohort, changed_by=user, reason=WHY, **facts)

    changed_by(coordinator, 2)
    with django_assert_max_num_queries(12) as one:
        client.get(norms_page(cohort))
    changed_by(UserFactory(), 3)
    changed_by(UserFactory(), 4)
    with django_assert_num_queries(len(one)):
        client.get(norms_page(cohort))


# A copy


@pytest.fixture
def meeting(cohort):
    return SessionFactory(cohorts=[cohort], date=dt.date(2025, 3, 4), title="Grenzen stellen")


def test_the_meetings_of_a_copy_are_shown_on_their_new_day(client, coordinator, cohort, meeting):
    late = SessionFactory(cohorts=[cohort], date=dt.date(2025, 7, 15), title="Te laat")
    response = client.post(copy_page(cohort), {**NEW, "step": "look"})
    found = {each.session: each for each in response.context["meetings"]}
    assert found[meeting].date.weekday() == meeting.date.weekday()
    assert (found[meeting].warnings, response.context["warned"]) == ([], 1)
    assert "is dan klaar" in read(response)
    assert late in found
    assert Cohort.objects.count() == 1


def test_only_what_is_still_ticked_is_copied(client, coordinator, cohort, meeting):
    SessionFactory(cohorts=[cohort], title="Blijft hier")
    RoleFactory(cohort=cohort)
    facts = {**NEW, "step": "make", "meeting": [meeting.pk]}
    response = client.post(copy_page(cohort), facts)
    new = Cohort.objects.get(name="Lichting 9")
    assert response.url == f"/lichtingen/{new.pk}/"
    assert [each.title for each in new.sessions.all()] == ["Grenzen stellen"]
    assert new.roles.count() == 1


def test_the_team_stays_behind_without_its_tick(client, coordinator, cohort):
    RoleFactory(cohort=cohort)
    facts = {name: fact for name, fact in NEW.items() if name != "with_team"}
    looked = client.post(copy_page(cohort), {**facts, "step": "look"})
    assert 'name="with_team" value="False"' in looked.content.decode()
    client.post(copy_page(cohort), {**facts, "with_team": "False", "step": "make"})
    assert not Cohort.objects.get(name="Lichting 9").roles.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "Lichting 1"}, "Er is al een lichting met deze naam."),
        ({"ends_on": "2026-01-04"}, "De laatste dag ligt voor de eerste dag."),
        ({"name": ""}, "Geef de nieuwe lichting een naam."),
    ],
)
@pytest.mark.parametrize("step", ["look", "make"])
def test_a_copy_that_cannot_be_is_said_on_the_form(client, coordinator, step, changed, said):
    example = CohortFactory(name="Lichting 1")
    response = client.post(copy_page(example), {**NEW, **changed, "step": step})
    assert said in read(response)
    assert Cohort.objects.count() == 1


def test_all_that_is_wrong_with_a_copy_is_said_at_once(client, coordinator):
    example = CohortFactory(name="Lichting 1")
    facts = {**NEW, "name": "Lichting 1", "ends_on": "2026-01-04", "step": "look"}
    text = read(client.post(copy_page(example), facts))
    assert "met deze naam" in text and "Draai ze om." in text


def test_a_copy_of_one_day_is_possible(client, coordinator, cohort):
    facts = {**NEW, "ends_on": NEW["starts_on"], "step": "make"}
    assert client.post(copy_page(cohort), facts).status_code == 302


def test_more_meetings_take_no_more_queries(
    client, coordinator, cohort, meeting, django_assert_num_queries, django_assert_max_num_queries
):
    facts = {**NEW, "step": "look"}
    with django_assert_max_num_queries(14) as one:
        client.post(copy_page(cohort), facts)
    SessionFactory.create_batch(2, cohorts=[cohort])
    with django_assert_num_queries(len(one)):
        client.post(copy_page(cohort), facts)
