"""Who is mailed, when, and what stands in the mail; and the QR code on one's own phone."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from leerlijn import ticking
from participants.confirmations import asking
from participants.confirmations.letters import confirmation_request
from participants.models import ConfirmationLine, ConfirmationRequest, Event, Posting, User
from participants.placements import supervising
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory
from tests.participants.confirmations.scene import address, all_right, newest, states

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def delivered(django_capture_on_commit_callbacks, mailoutbox):
    """Carry out an act and give the mails that left after it, but for those to our own people."""

    def carry_out(act, *args, **kwargs):
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            act(*args, **kwargs)
        ours = set(User.objects.values_list("email", flat=True))
        return [mail for mail in mailoutbox[before:] if not ours.intersection(mail.to)]

    return carry_out


def test_one_mail_holds_all_open_lines_of_all_their_people(scene):
    scene.hours(scene.noor, draft=True)
    HourEntryFactory(enrolment=scene.noor.enrolment, kind="study")
    request = scene.ask()
    entries = {scene.first.pk, scene.second.pk, scene.third.pk}
    assert set(request.lines.values_list("entry", flat=True)) == entries


def test_the_mail_names_us_and_a_telephone_and_holds_link_and_code(scene, delivered):
    [mail] = delivered(scene.ask)
    request = newest()
    assert mail.to == [scene.supervisor.email]
    for there in (
        scene.cohort.track.provider,
        "Noor en Sam",
        "06 0000 0000",
        f"http://testserver{address(request)}",
        f"Je code: {request.code}",
        "9 april 2025",
    ):
        assert there in mail.body
    for hidden in ("Achternaam", "Koffieochtend", "3 maart", "2 uur"):
        assert hidden not in mail.body + mail.subject
    assert "Noor" not in mail.subject
    assert request.sent_at


def test_the_database_holds_neither_link_nor_code(scene, delivered):
    delivered(scene.ask)
    request = newest()
    stored = str(list(ConfirmationRequest.objects.values())) + str(list(Posting.objects.values()))
    assert request.token not in stored
    assert f"'{request.code}'" not in stored
    assert len(request.token) == 43


def test_two_requests_have_nothing_in_common(scene, clock):
    first = scene.ask()
    clock.shift(asking.WEEK)
    assert first.token != scene.ask().token


def test_staff_and_participants_of_the_supervisor_may_ask_and_nobody_else(scene):
    elsewhere = RoleFactory().user
    other = EnrolmentFactory(cohort=scene.cohort).participant
    for by in (elsewhere, other):
        with pytest.raises(PermissionDenied):
            asking.send(scene.supervisor, by=by)
    assert asking.send(scene.supervisor, by=scene.noor.enrolment.participant)
    assert Event.objects.get(act="confirmation_asked").actor == scene.noor.enrolment.participant


# Once a week


@pytest.mark.parametrize(
    ("later", "goes"),
    [(asking.WEEK - SECOND, False), (asking.WEEK, True), (asking.WEEK + SECOND, True)],
)
def test_a_supervisor_gets_one_mail_in_seven_days(scene, clock, later, goes):
    scene.ask()
    clock.shift(later)
    if goes:
        assert scene.ask()
        return
    with pytest.raises(ValidationError) as refusal:
        scene.ask()
    assert refusal.value.code == "too_soon"
    assert "De volgende gaat op 17 maart 2025." in refusal.value.message


def test_a_resend_is_a_fresh_link_and_the_older_one_is_dead(client, scene, clock):
    first = scene.ask()
    clock.shift(asking.WEEK)
    second = scene.ask()
    assert "Er is een nieuwere mail" in client.get(address(first)).content.decode()
    client.post(address(first), all_right(first))
    assert states(scene.first) == ["submitted"]
    client.post(address(second), all_right(second))
    assert states(scene.first) == ["approved"]


def test_tick_twice_mails_once_and_again_after_a_week(scene, clock, delivered):
    assert len(delivered(call_command, "tick")) == 1
    assert delivered(call_command, "tick") == []
    clock.shift(asking.WEEK - SECOND)
    assert delivered(call_command, "tick") == []
    clock.shift(SECOND)
    assert len(delivered(call_command, "tick")) == 1
    assert Event.objects.filter(act="confirmation_asked", actor=None).count() == 2


def test_tick_mails_nobody_without_open_lines(client, scene, clock, delivered):
    request = scene.ask()
    client.post(address(request), all_right(request))
    clock.shift(asking.WEEK)
    assert delivered(call_command, "tick") == []


def test_a_participant_who_asks_within_the_week_hears_when(client, scene):
    scene.ask()
    client.force_login(scene.noor.enrolment.participant)
    answer = client.post(f"/uren/begeleider/{scene.supervisor.pk}/stuur/", follow=True)
    assert "17 maart 2025" in answer.content.decode()


def test_a_button_leads_back_to_our_own_pages_only(client, scene):
    client.force_login(scene.noor.enrolment.participant)
    where = f"/uren/begeleider/{scene.supervisor.pk}/stuur/"
    assert client.post(where, {"back": "https://elders.example/"}).url == "/uren/"
    assert client.post(where, {"back": "/uren/?page=2"}).url == "/uren/?page=2"


# Before the introduction


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"introduced_at": None, "introduced_by": None}, "not_introduced"),
        ({"introduced_at": None, "introduced_by": None, "email": ""}, "no_address"),
        ({"stopped_at": "2025-03-10T10:00Z"}, "supervisor_stopped"),
    ],
)
def test_nothing_is_mailed_to_who_was_not_introduced(scene, delivered, broken, code):
    type(scene.supervisor).objects.update(**broken)
    with pytest.raises(ValidationError) as refusal:
        scene.ask()
    assert refusal.value.code == code
    assert delivered(call_command, "tick") == []


def test_a_new_address_kills_the_link_and_asks_a_new_introduction(client, scene):
    request = scene.ask()
    facts = {"name": "Karim Zonneveld", "email": "nieuw@buurtteam.example", "phone": ""}
    supervising.change(scene.supervisor, by=scene.coordinator, **facts)
    assert "ingetrokken" in client.get(address(request)).content.decode()
    with pytest.raises(ValidationError, match="introductie"):
        asking.send(scene.supervisor, by=scene.coordinator)


def test_a_letter_that_waited_is_not_sent_when_there_is_nothing_left(client, scene):
    request = scene.ask()
    assert confirmation_request(request.pk)
    client.post(address(request), all_right(request))
    assert confirmation_request(request.pk) is None


def test_hours_at_the_participants_own_address_are_never_asked(scene):
    person = scene.noor.enrolment.participant
    type(person).objects.filter(pk=person.pk).update(email=scene.supervisor.email.upper())
    assert set(scene.ask().lines.values_list("entry", flat=True)) == {scene.third.pk}


def test_mail_that_is_down_is_tried_again_with_the_same_link(scene, clock, delivered, monkeypatch):
    def unreachable(*_args, **_kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as down:
        down.setattr("django.core.mail.EmailMessage.send", unreachable)
        assert delivered(scene.ask) == []
    request = newest()
    assert request.sent_at is None
    clock.shift(dt.timedelta(hours=1))
    [mail] = delivered(call_command, "tick")
    assert address(request) in mail.body
    assert newest().sent_at


# A fresh mail, asked by the supervisor


def late(scene, clock):
    request = scene.ask()
    clock.move_to(request.expires_at + SECOND)
    return request


def test_an_expired_link_brings_a_fresh_mail_to_the_known_address(client, scene, clock, delivered):
    request = late(scene, clock)
    [mail] = delivered(client.post, address(request, "nieuw/"), {"email": "dief@elders.example"})
    assert mail.to == [scene.supervisor.email]
    assert newest().renews == request


def test_a_fresh_mail_goes_once_a_day(client, scene, clock, delivered):
    request = late(scene, clock)
    assert len(delivered(client.post, address(request, "nieuw/"))) == 1
    shown = client.post(address(request, "nieuw/")).content.decode()
    assert "Dat kan nu niet" in shown
    clock.shift(asking.DAY - SECOND)
    assert delivered(client.post, address(request, "nieuw/")) == []
    clock.shift(SECOND)
    assert len(delivered(client.post, address(request, "nieuw/"))) == 1


def test_a_link_that_opens_brings_no_fresh_mail(client, scene, delivered):
    request = scene.ask()
    assert delivered(client.post, address(request, "nieuw/")) == []


def test_a_locked_link_brings_a_fresh_mail(client, scene, delivered):
    request = scene.ask()
    ConfirmationRequest.objects.update(wrong_codes=5)
    assert len(delivered(client.post, address(request, "nieuw/"))) == 1
    fresh = newest()
    client.post(address(fresh), all_right(fresh))
    assert states(scene.first) == ["approved"]


# The QR code


@pytest.fixture
def shown(scene):
    return asking.show(scene.supervisor, by=scene.noor.enrolment.participant)


def test_a_qr_code_is_about_ones_own_lines_only(client, scene, shown):
    assert set(shown.lines.values_list("entry", flat=True)) == {scene.first.pk, scene.second.pk}
    assert "Sam" not in client.get(address(shown)).content.decode()


def test_a_qr_code_leaves_the_mailed_link_alone(client, scene):
    mailed = scene.ask()
    asking.show(scene.supervisor, by=scene.noor.enrolment.participant)
    assert client.get(address(mailed)).content.decode().count("Kloppen deze uren") == 1


def test_the_code_goes_to_the_supervisor_and_not_to_who_shows_it(client, scene, shown, delivered):
    [mail] = delivered(client.post, address(shown, "code/"))
    assert mail.to == [scene.supervisor.email]
    assert re.search(rf"^{shown.code}$", mail.body, re.MULTILINE)
    assert scene.cohort.track.provider in mail.body
    client.force_login(scene.noor.enrolment.participant)
    page = client.get(f"/uren/begeleider/{scene.supervisor.pk}/qr/").content.decode()
    assert "<svg" in page
    assert not re.search(rf">\s*{shown.code}\s*<", page)


def test_the_code_is_mailed_once_in_ten_minutes_and_five_times_a_day(
    client, scene, shown, clock, delivered
):
    sent = 0
    for _ in range(8):
        sent += len(delivered(client.post, address(shown, "code/")))
        assert delivered(client.post, address(shown, "code/")) == []
        clock.shift(asking.BETWEEN_CODES)
    assert sent == asking.MOST_CODES_A_DAY


def test_a_qr_code_answers_like_a_mail_but_is_not_remembered(client, scene, shown):
    client.post(address(shown), all_right(shown))
    assert states(scene.first, scene.third) == ["approved", "submitted"]
    assert f"begeleider-{scene.supervisor.pk}" not in client.cookies


def test_the_same_lines_are_the_same_qr_code_and_new_lines_a_new_one(scene, shown):
    by = scene.noor.enrolment.participant
    assert asking.show(scene.supervisor, by=by) == shown
    scene.hours(scene.noor, date=dt.date(2025, 3, 6))
    assert asking.show(scene.supervisor, by=by) != shown


def test_after_five_wrong_codes_there_is_no_new_qr_code_for_a_week(scene, shown, clock):
    ConfirmationRequest.objects.filter(pk=shown.pk).update(wrong_codes=5)
    by = scene.noor.enrolment.participant
    with pytest.raises(ValidationError) as refusal:
        asking.show(scene.supervisor, by=by)
    assert refusal.value.code == "too_many_codes"
    clock.shift(asking.WEEK)
    assert asking.show(scene.supervisor, by=by) != shown


def test_a_qr_code_works_for_a_day(client, scene, shown, clock):
    clock.shift(dt.timedelta(hours=24) - SECOND)
    assert "Kloppen deze uren" in client.get(address(shown)).content.decode()
    clock.shift(SECOND)
    assert "Laat de deelnemer een nieuwe code tonen" in " ".join(
        client.get(address(shown)).content.decode().split()
    )


def test_nobody_shows_a_code_for_who_does_not_guide_them(client, scene):
    stranger = EnrolmentFactory(cohort=scene.cohort).participant
    with pytest.raises(PermissionDenied):
        asking.show(scene.supervisor, by=stranger)
    client.force_login(stranger)
    assert client.get(f"/uren/begeleider/{scene.supervisor.pk}/qr/").status_code == 404


# The periodic work


def test_one_failing_job_does_not_stop_the_others(monkeypatch, capsys, db):
    def breaks():
        raise RuntimeError("no")

    jobs = (ticking.Job("first", breaks), ticking.Job("second", lambda: "3 things"))
    monkeypatch.setattr(ticking, "JOBS", jobs)
    with pytest.raises(SystemExit) as end:
        call_command("tick")
    assert end.value.code == 1
    told = capsys.readouterr().out
    assert "first: failed" in told
    assert "second: 3 things" in told


def test_each_job_has_a_name_of_its_own():
    names = [job.name for job in ticking.JOBS]
    assert len(names) == len(set(names))


def test_a_line_is_of_one_request_once(scene):
    request = scene.ask()
    with pytest.raises(Exception, match="an_entry_is_asked_once|UNIQUE"):
        ConfirmationLine.objects.create(
            request=request, entry=scene.first, seen=scene.first.changed_at
        )


def test_the_mail_at_night_says_the_day_of_amsterdam(scene, clock, delivered):
    with time_machine.travel("2025-03-10 23:30 +0100", tick=False):
        [mail] = delivered(scene.ask)
    # Thirty times 24 hours later summer time has begun.
    assert "tot en met 10 april 2025" in mail.body
