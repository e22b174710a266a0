"""Mail is posted in the transaction of the act, delivered once, and tried again when it fails."""

import datetime as dt
import smtplib

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from participants.mailing import Letter, deliver_waiting, letters, post, postbox
from participants.mailing.models import Posting
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 4, 12, tzinfo=dt.UTC)


@pytest.fixture
def greeting(monkeypatch):
    """A kind of letter that greets whoever has this key."""

    def compose(pk):
        user = UserFactory._meta.model.objects.filter(pk=pk).first()
        if user is None:
            return None
        return Letter(user.email, "Dag\nBcc: x@y.example", "mail/_signature.txt")

    monkeypatch.setitem(letters.KINDS, "greeting", compose)


@pytest.fixture
def dead_server(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise smtplib.SMTPServerDisconnected("nobody@leerlijn.example is not known")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)


def test_a_letter_is_delivered_and_its_row_holds_ids_only(greeting, mailoutbox):
    user = UserFactory()
    assert post("greeting", user.pk)
    assert [mail.to for mail in mailoutbox] == [[user.email]]
    posting = Posting.objects.get()
    assert posting.sent_at
    assert posting.arguments == [user.pk]


def test_a_line_break_in_a_subject_adds_no_header(greeting, mailoutbox):
    post("greeting", UserFactory().pk)
    assert mailoutbox[0].subject == "Dag Bcc: x@y.example"
    assert mailoutbox[0].bcc == []


def test_what_is_no_longer_there_gets_no_letter(greeting, mailoutbox):
    post("greeting", 0)
    assert mailoutbox == []
    assert Posting.objects.get().sent_at


def test_the_same_key_is_posted_once_ever(greeting, mailoutbox):
    user = UserFactory()
    assert post("greeting", user.pk, key="week 47")
    assert not post("greeting", user.pk, key="week 47")
    assert len(mailoutbox) == 1


def test_an_unknown_kind_is_a_mistake_of_ours():
    with pytest.raises(LookupError):
        post("nonsense", 1)


def test_delivering_twice_sends_once(greeting, mailoutbox):
    post("greeting", UserFactory().pk)
    postbox.deliver.call(Posting.objects.get().pk)
    assert len(mailoutbox) == 1


def test_a_dead_mail_server_loses_nothing_and_is_left_alone_for_longer_each_time(
    greeting, dead_server, mailoutbox
):
    with time_machine.travel(NOON, tick=False) as clock:
        post("greeting", UserFactory().pk)
        assert Posting.objects.get().due_at - timezone.now() == dt.timedelta(minutes=1)
        assert deliver_waiting() == (0, 1, 0)
        assert Posting.objects.get().tries == 1
        clock.shift(dt.timedelta(minutes=1))
        deliver_waiting()
        assert Posting.objects.get().due_at - timezone.now() == dt.timedelta(minutes=2)


def test_it_goes_once_the_server_is_back(greeting, mailoutbox, monkeypatch):
    with time_machine.travel(NOON, tick=False) as clock:
        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.EmailMessage.send", raise_os_error)
            post("greeting", UserFactory().pk)
        clock.shift(dt.timedelta(minutes=1))
        assert deliver_waiting() == (1, 0, 0)
    assert len(mailoutbox) == 1


def raise_os_error(*_args, **_kwargs):
    raise ConnectionRefusedError


def test_after_twelve_tries_it_is_given_up(greeting, dead_server):
    post("greeting", UserFactory().pk)
    Posting.objects.update(tries=postbox.MOST_TRIES - 1, due_at=timezone.now())
    deliver_waiting()
    assert Posting.objects.get().given_up_at


def test_a_letter_that_cannot_be_made_is_given_up_and_stops_no_other(
    greeting, mailoutbox, monkeypatch
):
    monkeypatch.setitem(letters.KINDS, "broken", lambda pk: 1 / 0)
    post("broken", 1)
    assert Posting.objects.get(kind="broken").given_up_at
    post("greeting", UserFactory().pk)
    assert len(mailoutbox) == 1


def test_mail_that_was_in_hand_when_we_died_is_counted_and_not_sent_twice(greeting, mailoutbox):
    with time_machine.travel(NOON, tick=False) as clock:
        Posting.objects.create(
            kind="greeting", arguments=[UserFactory().pk], claimed_at=timezone.now()
        )
        assert deliver_waiting() == (0, 0, 0)
        clock.shift(dt.timedelta(minutes=11))
        assert deliver_waiting() == (0, 0, 1)
    assert mailoutbox == []


def test_the_address_in_an_answer_of_the_server_is_not_logged(greeting, dead_server, caplog):
    post("greeting", UserFactory().pk)
    assert "mail_postponed" in caplog.text
    assert "nobody@leerlijn.example" not in caplog.text


def test_a_letter_is_not_both_sent_and_given_up():
    with pytest.raises(IntegrityError, match="mail_is_sent_or_given_up"), transaction.atomic():
        Posting.objects.create(kind="x", sent_at=timezone.now(), given_up_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_an_act_that_does_not_come_through_posts_nothing(greeting):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post("greeting", UserFactory().pk)
        raise ZeroDivisionError
    assert not Posting.objects.exists()
