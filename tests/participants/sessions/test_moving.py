"""Moved and called off: who is expected hears it, and sees where it was."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from participants.mailing.models import Posting
from participants.models import Event, User
from participants.sessions.actions import cancel, change
from participants.sessions.letters import session_cancelled, session_moved
from tests.factories import (
    AttendanceFactory,
    EnrolmentFactory,
    PauseFactory,
    SessionFactory,
    UserFactory,
)
from tests.participants.sessions.reading import page, shown

pytestmark = pytest.mark.django_db
DAY, LATER = dt.date(2025, 3, 4), dt.date(2025, 3, 6)
LINK = "https://samen.example/geheim"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2025-02-12 12:00 +0100"):
        yield


@pytest.fixture
def coming(cohort):
    return SessionFactory(
        cohorts=[cohort], title="Grenzen stellen", date=DAY, place="De Brug", online_link=LINK
    )


@pytest.fixture
def delivered(django_capture_on_commit_callbacks, mailoutbox):
    """Runs an act, and gives the mails that it sent."""

    def run(act, *args, **facts):
        with django_capture_on_commit_callbacks(execute=True):
            act(*args, **facts)
        return mailoutbox

    return run


@pytest.mark.parametrize(
    "facts", [{"date": LATER}, {"starts_at": dt.time(13)}, {"place": "De Haven"}]
)
def test_another_day_time_or_place_is_a_move(coming, trainer, facts):
    change(coming, by=trainer, **facts)
    coming.refresh_from_db()
    assert (coming.was_on, coming.was_at, coming.was_in) == (DAY, dt.time(10), "De Brug")
    assert coming.moved_at and coming.sequence == 1
    assert Event.objects.decisions().get().act == "session_moved"


def test_another_title_or_length_is_no_move(coming, trainer):
    change(coming, by=trainer, title="Anders", minutes=90, starts_at=coming.starts_at)
    coming.refresh_from_db()
    assert coming.moved_at is None and coming.sequence == 1
    assert Event.objects.decisions().get().act == "session_changed"
    assert not Posting.objects.exists()


def test_who_is_expected_gets_a_mail_with_the_days_and_nothing_else(
    coming, trainer, samira, delivered
):
    [mail] = delivered(change, coming, by=trainer, date=LATER)
    assert mail.to == [samira.participant.email]
    assert mail.subject == "Een bijeenkomst is verplaatst"
    assert "Dag Samira" in mail.body
    assert "dinsdag 4 maart" in mail.body and "donderdag 6 maart" in mail.body
    assert f"/lessen/{coming.pk}/" in mail.body
    for secret in (LINK, "Grenzen stellen", "De Brug", "Aalbers"):
        assert secret not in mail.subject + mail.body


def test_a_meeting_that_is_called_off_is_told_too(coming, trainer, samira, delivered):
    [mail] = delivered(cancel, coming, by=trainer)
    assert mail.subject == "Een bijeenkomst gaat niet door"
    assert "les van dinsdag 4 maart, 10.00 uur, gaat niet door" in mail.body
    assert "Grenzen stellen" not in mail.subject + mail.body


@pytest.mark.parametrize("act", [change, cancel])
def test_who_is_not_expected_hears_nothing(coming, cohort, trainer, delivered, act):
    paused = EnrolmentFactory(cohort=cohort)
    PauseFactory(enrolment=paused, confirmed=True, starts_on=DAY, ends_on=None)
    EnrolmentFactory(cohort=cohort, applied=True)
    EnrolmentFactory(cohort=cohort, stopped=True, ends_on=dt.date(2025, 2, 1))
    EnrolmentFactory(cohort=cohort, participant=UserFactory(is_active=False))
    facts = {"date": LATER} if act is change else {}
    assert delivered(act, coming, by=trainer, **facts) == []


def test_who_was_expected_on_the_old_day_only_is_told_too(coming, cohort, trainer, delivered):
    leaving = EnrolmentFactory(cohort=cohort, ends_on=DAY)
    joining = EnrolmentFactory(cohort=cohort, starts_on=LATER)
    mails = delivered(change, coming, by=trainer, date=LATER)
    addresses = {leaving.participant.email, joining.participant.email}
    assert {mail.to[0] for mail in mails} == addresses


def test_what_has_gone_by_is_corrected_in_silence(cohort, trainer, samira, delivered):
    session = SessionFactory(cohorts=[cohort], date=dt.date(2025, 2, 11))
    assert delivered(change, session, by=trainer, place="De Haven") == []
    assert delivered(cancel, session, by=trainer) == []


def test_a_mail_that_waited_until_the_day_had_gone_by_is_not_sent(
    coming, trainer, samira, delivered
):
    with time_machine.travel("2025-03-05 12:00 +0100"):
        assert session_moved(coming.pk, samira.participant.pk) is None
        assert session_cancelled(coming.pk, samira.participant.pk) is None


def test_a_meeting_that_was_called_off_after_a_move_is_told_once_as_called_off(
    coming, trainer, samira
):
    change(coming, by=trainer, date=LATER)
    cancel(coming, by=trainer)
    assert session_moved(coming.pk, samira.participant.pk) is None


def test_once_somebody_is_marked_the_day_stays(coming, trainer, samira):
    AttendanceFactory(session=coming, enrolment=samira, absent=True)
    with pytest.raises(ValidationError) as refusal:
        change(coming, by=trainer, date=LATER)
    assert refusal.value.code == "has_register"
    assert not Posting.objects.exists()


def test_participants_see_that_and_from_where_it_was_moved(client, coming, trainer, samira):
    change(coming, by=trainer, date=LATER, place="De Haven")
    said = "Verplaatst.</strong> Eerst: dinsdag 4 maart om 10.00 uur in De Brug"
    assert said in page(client, samira.participant)
    assert said in page(client, samira.participant, f"/lessen/{coming.pk}/")
    cancel(coming, by=trainer)
    assert said not in page(client, samira.participant)


def test_who_moves_it_is_told_that_a_mail_goes_out(client, coming, trainer, cohort):
    client.force_login(trainer)
    form = {
        "kind": "lesson",
        "title": coming.title,
        "cohorts": [cohort.pk],
        "date": LATER.isoformat(),
        "starts_at": "10:00",
        "ends_at": "12:00",
        "place": "De Brug",
    }
    answer = client.post(f"/lessen/{coming.pk}/wijzig/", form, follow=True)
    assert "krijgt een mail" in shown(answer)


def test_the_address_of_the_mail_is_that_of_the_person_today(coming, samira, trainer, delivered):
    User.objects.filter(pk=samira.participant.pk).update(email="nieuw@leerlijn.example")
    [mail] = delivered(cancel, coming, by=trainer)
    assert mail.to == ["nieuw@leerlijn.example"]
