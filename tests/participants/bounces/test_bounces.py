"""Mail that did not arrive: noted once, seen by who can ask, and gone when it was mended."""

import datetime as dt
import io
import smtplib
import sys
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participants import mailing
from participants.bounces import actions, reports
from participants.mailing import letters
from participants.mailing.models import Posting
from participants.models import Bounce, Event
from tests.factories import (
    BounceFactory,
    CohortFactory,
    EnrolmentFactory,
    PlacementFactory,
    RoleFactory,
    UserFactory,
)

PAGE = "/mail-die-niet-aankwam/"
REPORT = """\
From: MAILER-DAEMON@mail.example
To: leerlijn@leerlijn.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain

I'm sorry to have to inform you.
--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; Noor@Leerlijn.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--grens--
"""


def report(action="failed", status="5.1.1"):
    return REPORT.format(action=action, status=status).encode()


@pytest.fixture
def coordinator():
    return RoleFactory(coordinator=True, cohort=CohortFactory()).user


def enrolled(coordinator, email):
    cohort = coordinator.roles.get().cohort
    return EnrolmentFactory(cohort=cohort, participant__email=email)


def test_a_report_names_whom_the_mail_server_gave_up_on():
    assert list(reports.failed(report())) == [("Noor@Leerlijn.example", "5.1.1")]


@pytest.mark.parametrize(
    "content",
    [
        report(action="delayed", status="4.4.1"),
        report(action="failed", status="4.2.2"),
        report(action="delivered", status="2.0.0"),
        report(status="nonsense"),
        b"Subject: Hoi\n\nHet is gelukt, 5.1.1 failed.",
        b"",
        b"\xff\x00" * 500,
    ],
)
def test_what_is_late_delivered_or_no_report_counts_for_nothing(content):
    assert list(reports.failed(content)) == []


@pytest.mark.django_db
def test_a_mail_that_came_back_is_noted_once_until_it_is_solved(monkeypatch):
    for _turn in range(2):
        monkeypatch.setattr(sys, "stdin", mock.Mock(buffer=io.BytesIO(report())))
        call_command("bounce")
    bounce = Bounce.objects.get()
    assert (bounce.address, bounce.status) == ("noor@leerlijn.example", "5.1.1")
    actions.solve(bounce, by=UserFactory())
    assert actions.note("noor@leerlijn.example", "5.1.1")
    assert Bounce.objects.count() == 2


def refused_with(code):
    failure = smtplib.SMTPRecipientsRefused({"noor@leerlijn.example": (code, b"nee")})
    return mock.patch.object(letters.EmailMessage, "send", side_effect=failure)


@pytest.fixture
def posting(monkeypatch):
    letter = letters.Letter("noor@leerlijn.example", "Hoi", "mail/hoi.txt")
    monkeypatch.setattr(letters.Letter, "message", lambda self: letters.EmailMessage())
    monkeypatch.setitem(letters.KINDS, "bounced", lambda: letter)
    return Posting.objects.create(kind="bounced")


@pytest.mark.django_db
def test_a_server_that_says_never_is_not_asked_again_and_is_noted(posting):
    with refused_with(550):
        mailing.deliver_waiting()
    posting.refresh_from_db()
    assert posting.given_up_at
    assert Bounce.objects.get().address == "noor@leerlijn.example"


@pytest.mark.django_db
def test_a_server_that_says_not_now_is_asked_again_and_nothing_is_noted(posting):
    with refused_with(451):
        mailing.deliver_waiting()
    posting.refresh_from_db()
    assert posting.given_up_at is None
    assert posting.due_at > timezone.now()
    assert not Bounce.objects.exists()


@pytest.mark.django_db
def test_a_coordinator_sees_those_of_own_people_supervisors_and_colleagues(client, coordinator):
    enrolment = enrolled(coordinator, "noor@leerlijn.example")
    placement = PlacementFactory(enrolment=enrolment)
    elsewhere = EnrolmentFactory(participant__email="elders@leerlijn.example")
    colleague = RoleFactory(cohort=enrolment.cohort).user
    for address in (
        enrolment.participant.email,
        placement.supervisor.email,
        elsewhere.participant.email,
        colleague.email,
        "niemand@leerlijn.example",
    ):
        BounceFactory(address=address.lower())
    client.force_login(coordinator)
    content = client.get(PAGE).content.decode()
    assert "noor@leerlijn.example" in content
    assert placement.supervisor.name in content
    assert colleague.name in content
    assert "elders@" not in content
    assert "niemand@" not in content


@pytest.mark.django_db
def test_with_another_address_it_is_solved(client, coordinator):
    enrolment = enrolled(coordinator, "oud@leerlijn.example")
    BounceFactory(address="oud@leerlijn.example")
    client.force_login(coordinator)
    assert "oud@leerlijn.example" in client.get(PAGE).content.decode()
    enrolment.participant.email = "nieuw@leerlijn.example"
    enrolment.participant.save()
    assert "oud@leerlijn.example" not in client.get(PAGE).content.decode()


@pytest.mark.django_db
def test_a_press_takes_it_off_the_list_and_is_written_down(client, coordinator):
    enrolled(coordinator, "noor@leerlijn.example")
    bounce = BounceFactory(address="noor@leerlijn.example")
    client.force_login(coordinator)
    client.post(f"{PAGE}{bounce.pk}/opgelost/")
    assert "noor@leerlijn.example" not in client.get(PAGE).content.decode()
    assert Event.objects.filter(act="bounce_solved", actor=coordinator).exists()
    with pytest.raises(ValidationError, match="al opgelost"):
        actions.solve(bounce, by=coordinator)


@pytest.mark.django_db
def test_the_page_asks_as_much_for_three_as_for_one(client, coordinator):
    def queries(address):
        BounceFactory(address=enrolled(coordinator, address).participant.email)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        return len(asked)

    client.force_login(coordinator)
    first = queries("een@leerlijn.example")
    queries("twee@leerlijn.example")
    assert queries("drie@leerlijn.example") == first


@pytest.mark.django_db
def test_an_address_bounces_once_and_is_solved_by_somebody():
    bounce = BounceFactory()
    with pytest.raises(IntegrityError, match="bounces_once|UNIQUE"), transaction.atomic():
        BounceFactory(address=bounce.address)
    with pytest.raises(IntegrityError, match="is_solved_by_somebody"), transaction.atomic():
        Bounce.objects.update(solved_at=timezone.now())


@pytest.mark.django_db
def test_what_was_noted_is_forgotten_after_a_year():
    BounceFactory(noted_at=timezone.now() - actions.KEPT - dt.timedelta(days=1))
    kept = BounceFactory()
    assert actions.sweep() == 1
    assert Bounce.objects.get() == kept
