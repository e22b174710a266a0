"""The register as a page: one screen, one save, nothing typed is lost."""

import datetime as dt

import pytest
import time_machine

from tests.factories import (
    AttendanceFactory,
    EnrolmentFactory,
    PauseFactory,
    RoleFactory,
    SessionFactory,
    UserFactory,
)
from tests.participants.sessions.reading import page, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2025-02-12 12:00 +0100"):
        yield


def typed(session, *rows):
    """What the register sends for ``rows`` of (enrolment, status, more fields)."""
    data = {"version": session.register_version}
    for enrolment, status, more in rows:
        fields = {"status": status, "active": "on", **more}
        data |= {f"p{enrolment.pk}-{name}": value for name, value in fields.items()}
    return data


def test_nothing_is_chosen_beforehand(client, session, samira, trainer):
    text = page(client, trainer, f"/lessen/{session.pk}/lijst/")
    assert "Samira Aalbers" in text
    assert 'value="present"' in text
    assert 'value="present" checked' not in text


def test_everyone_present_is_shown_and_not_saved(client, session, cohort, samira, trainer):
    paused = EnrolmentFactory(cohort=cohort)
    PauseFactory(enrolment=paused, confirmed=True, starts_on=session.date, ends_on=None)
    excused = EnrolmentFactory(cohort=cohort)
    AttendanceFactory(session=session, enrolment=excused, absent=True, status="excused")
    text = page(client, trainer, f"/lessen/{session.pk}/lijst/?iedereen=er")
    chosen = {
        row: f'id="id_p{row.pk}-status_0" value="present" checked' in text
        for row in (samira, paused, excused)
    }
    assert chosen == {samira: True, paused: False, excused: False}
    assert session.attendances.count() == 1


def test_the_register_is_saved_in_one_go(client, session, cohort, samira, trainer):
    desi, roos, abel = EnrolmentFactory.create_batch(3, cohort=cohort)
    client.force_login(trainer)
    caught_up = {"caught_up_what": "Opdracht", "caught_up_on": "2025-02-11"}
    data = typed(
        session,
        (samira, "present", {"minutes": "geen idee"}),
        (desi, "partly", {"minutes": "45"}),
        (roos, "absent", {"excused": "on"}),
        (abel, "absent", caught_up),
    )
    answer = client.post(f"/lessen/{session.pk}/lijst/", data, follow=True)
    assert "De lijst is klaar" in shown(answer)
    rows = session.attendances.order_by("enrolment").values_list(
        "status", "actively_participated", "minutes", "caught_up_what"
    )
    assert list(rows) == [
        ("present", True, 120, ""),
        ("partly", True, 45, ""),
        ("excused", False, 0, ""),
        ("absent", False, 0, "Opdracht"),
    ]


def test_an_incomplete_list_keeps_what_was_typed_and_can_be_saved_as_it_is(
    client, session, cohort, samira, trainer
):
    EnrolmentFactory(cohort=cohort)
    client.force_login(trainer)
    address = f"/lessen/{session.pk}/lijst/"
    data = typed(session, (samira, "partly", {"minutes": "45"}))
    text = shown(client.post(address, data))
    assert "Van 1 persoon weten we nog niets" in text
    assert 'value="partly" checked' in text
    assert 'value="45"' in text
    client.post(address, data | {"close": "no"})
    session.refresh_from_db()
    assert session.attendances.get().minutes == 45
    assert session.closed_at is None


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"minutes": ""}, "Vul in hoeveel minuten Samira Aalbers er was"),
        ({"minutes": "121"}, "De bijeenkomst duurde 120 minuten"),
        ({"minutes": "half"}, "Vul een heel getal in"),
        ({"minutes": "45", "caught_up_what": "Opdracht"}, "op welke dag dit is ingehaald"),
        ({"minutes": "45", "caught_up_on": "2025-02-11"}, "Schrijf op wat er is ingehaald"),
        (
            {"minutes": "45", "caught_up_what": "X", "caught_up_on": "2025-02-13"},
            "Kies vandaag of eerder",
        ),
    ],
)
def test_each_field_says_what_to_do(client, session, samira, trainer, more, sentence):
    client.force_login(trainer)
    data = typed(session, (samira, "partly", more))
    text = shown(client.post(f"/lessen/{session.pk}/lijst/", data))
    assert sentence in text
    assert not session.attendances.exists()


def test_a_list_that_somebody_else_saved_keeps_what_was_typed_and_shows_both(
    client, session, cohort, samira, trainer
):
    karim = RoleFactory(cohort=cohort, user=UserFactory(name="Karim Zonneveld")).user
    address = f"/lessen/{session.pk}/lijst/"
    client.force_login(karim)
    client.post(address, typed(session, (samira, "absent", {})))
    client.force_login(trainer)
    mine = typed(session, (samira, "partly", {"minutes": "45"}))
    answer = client.post(address, mine)
    text = shown(answer)
    assert answer.status_code == 409
    assert "Iemand anders bewaarde deze lijst net" in text
    assert "Karim bewaarde: niet er" in text
    assert 'value="partly" checked' in text
    assert session.attendances.get().status == "absent"
    # Now that it was seen, saving once more is a choice.
    assert 'name="version" value="1"' in text
    client.post(address, mine | {"version": 1})
    assert session.attendances.get().status == "partly"


def test_typing_errors_do_not_hide_that_somebody_else_saved(client, session, samira, trainer):
    address = f"/lessen/{session.pk}/lijst/"
    client.force_login(trainer)
    client.post(address, typed(session, (samira, "absent", {})))
    stale = typed(session, (samira, "partly", {"minutes": ""}))
    assert 'name="version" value="0"' in shown(client.post(address, stale))


@pytest.mark.parametrize("version", ["", "-1", "²", "9" * 40, "een"])
def test_a_version_that_is_none_counts_as_an_old_one(client, session, samira, trainer, version):
    client.force_login(trainer)
    data = typed(session, (samira, "present", {})) | {"version": version}
    assert client.post(f"/lessen/{session.pk}/lijst/", data).status_code == 409


def test_staff_who_also_take_part_do_not_find_themselves_on_the_list(
    client, session, cohort, samira, trainer
):
    EnrolmentFactory(cohort=cohort, participant=trainer)
    text = page(client, trainer, f"/lessen/{session.pk}/lijst/")
    assert "Samira Aalbers" in text
    assert "Ellen Brouwer" not in text


def test_who_cannot_come_is_put_on_the_list_beforehand(client, cohort, samira, trainer):
    session = SessionFactory(cohorts=[cohort], date=dt.date(2025, 3, 4))
    client.force_login(trainer)
    data = typed(session, (samira, "absent", {"excused": "on"}))
    answer = client.post(f"/lessen/{session.pk}/lijst/", data, follow=True)
    assert "Na de bijeenkomst maak je de lijst af" in shown(answer)
    assert session.attendances.get().status == "excused"


def test_minutes_given_by_another_door_survive_the_page(client, cohort, samira, trainer):
    session = SessionFactory(cohorts=[cohort], closed=True)
    AttendanceFactory(session=session, enrolment=samira, minutes=100)
    client.force_login(trainer)
    client.post(f"/lessen/{session.pk}/lijst/", typed(session, (samira, "present", {})))
    assert session.attendances.get().minutes == 100


# What was typed stays


def keeps(client, session, data):
    """What the script of the page sends while somebody ticks."""
    sent = {"kept-key": f"register-{session.pk}", **data}
    assert client.post("/bewaard/", sent).status_code == 204


def test_ticks_that_were_kept_come_back(client, session, cohort, samira, trainer):
    desi = EnrolmentFactory(cohort=cohort)
    client.force_login(trainer)
    data = typed(session, (samira, "partly", {"minutes": "45"}))
    data |= typed(session, (desi, "absent", {"excused": "on", "minutes": ""}))
    del data[f"p{desi.pk}-active"]
    keeps(client, session, data)
    text = page(client, trainer, f"/lessen/{session.pk}/lijst/")
    assert "We hebben bewaard wat je typte" in text
    assert f'id="id_p{samira.pk}-status_1" value="partly" checked' in text
    assert 'value="45"' in text
    assert f'id="id_p{desi.pk}-status_2" value="absent" checked' in text
    assert f'name="p{desi.pk}-excused" id="id_p{desi.pk}-excused" checked' in text
    assert not session.attendances.exists()


def test_what_was_kept_is_gone_once_it_is_saved(client, session, samira, trainer):
    client.force_login(trainer)
    data = typed(session, (samira, "present", {"minutes": ""}))
    keeps(client, session, data)
    client.post(f"/lessen/{session.pk}/lijst/", data)
    assert "We hebben bewaard" not in page(client, trainer, f"/lessen/{session.pk}/lijst/")


def test_what_was_kept_of_an_older_list_does_not_overwrite_a_newer_one(
    client, session, cohort, samira, trainer
):
    karim = RoleFactory(cohort=cohort, user=UserFactory(name="Karim Zonneveld")).user
    client.force_login(trainer)
    mine = typed(session, (samira, "partly", {"minutes": "45"}))
    keeps(client, session, mine)
    client.force_login(karim)
    client.post(f"/lessen/{session.pk}/lijst/", typed(session, (samira, "absent", {})))
    text = page(client, trainer, f"/lessen/{session.pk}/lijst/")
    assert 'name="version" value="0"' in text
    answer = client.post(f"/lessen/{session.pk}/lijst/", mine)
    assert answer.status_code == 409
    assert "Karim bewaarde: niet er" in shown(answer)


def test_everyone_present_without_a_script_loses_no_tick(client, session, cohort, samira, trainer):
    desi = EnrolmentFactory(cohort=cohort)
    paused = EnrolmentFactory(cohort=cohort)
    PauseFactory(enrolment=paused, confirmed=True, starts_on=session.date, ends_on=None)
    client.force_login(trainer)
    data = typed(session, (samira, "absent", {"excused": "on"})) | {"everyone": "er"}
    text = shown(client.post(f"/lessen/{session.pk}/lijst/", data))
    assert f'id="id_p{samira.pk}-status_2" value="absent" checked' in text
    assert f'id="id_p{desi.pk}-status_0" value="present" checked' in text
    assert f'id="id_p{paused.pk}-status_0" value="present" checked' not in text
    assert not session.attendances.exists()


def test_a_list_of_two_thousand_can_be_sent_by_its_page(settings):
    # A row sends its choice, its minutes, two fields for catching up and a tick.
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS > 2000 * 6 + 2


def test_what_was_sent_after_the_login_had_ended_comes_back(client, session, samira, trainer):
    client.force_login(trainer)
    address = f"/lessen/{session.pk}/lijst/"
    client.get(address)
    del client.cookies["sessionid"]
    client.post(address, typed(session, (samira, "partly", {"minutes": "45"})))
    client.force_login(trainer)
    text = shown(client.get(address))
    assert "Verstuur wat ik had ingevuld" in text
    assert f'name="p{samira.pk}-minutes" value="45"' in text
