"""A message goes to each of the chosen people apart, once, and is read in the app."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from participants import kept
from participants.messages import choosing, writing
from participants.models import Delivery, Event, MailChoice, Message, Posting
from tests.factories import DeliveryFactory, EnrolmentFactory, MessageFactory
from tests.participants.messages.scene import cohort_with_contact, someone, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return cohort_with_contact()


@pytest.fixture
def trainer(cohort):
    return staff(cohort, "trainer")


def send(people, by, **facts):
    content = {"subject": "De zaal", "text": "We zijn in zaal 2.", "form_id": uuid.uuid4()}
    keys = [enrolment.pk for enrolment in people]
    return writing.send(people[0].cohort, keys, by=by, **{**content, **facts})


def test_each_gets_a_mail_of_their_own_that_says_nothing(cohort, trainer, mailoutbox):
    people = [someone(cohort, "Samira Aalbers"), someone(cohort, "Desi Abena")]
    someone(cohort, "Bram Niet")
    send(people, trainer)
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        enrolment.participant.email for enrolment in people
    )
    for mail in mailoutbox:
        assert len(mail.recipients()) == 1
        assert "zaal" not in mail.body + mail.subject
    assert "Dag Samira" in mailoutbox[0].body + mailoutbox[1].body
    assert Event.objects.filter(act="message_sent").count() == 2


def test_sent_twice_it_is_one_message(cohort, trainer, mailoutbox):
    form_id = uuid.uuid4()
    first = send([someone(cohort)], trainer, form_id=form_id)
    again = send([someone(cohort)], trainer, form_id=form_id)
    assert (again, Delivery.objects.count(), len(mailoutbox)) == (first, 1, 1)


@pytest.mark.parametrize("state", ["stopped", "declined", "applied"])
def test_who_does_not_take_part_is_not_written_to(cohort, trainer, state):
    decided = {"decided_at": None, "decided_by": None} if state == "applied" else {}
    gone = someone(cohort, status=state, **decided)
    with pytest.raises(ValidationError) as refusal:
        send([someone(cohort), gone], trainer)
    assert refusal.value.code == "not_reachable"
    assert not Message.objects.exists()


def test_nobody_of_another_cohort_is_written_to(cohort, trainer):
    with pytest.raises(ValidationError) as refusal:
        writing.send(
            cohort,
            [EnrolmentFactory().pk],
            by=trainer,
            subject="a",
            text="b",
            form_id=uuid.uuid4(),
        )
    assert refusal.value.code == "not_reachable"


def test_assessors_do_not_write(cohort):
    with pytest.raises(PermissionDenied):
        send([someone(cohort)], staff(cohort, "assessor"))


def test_who_switched_reminders_off_still_gets_what_somebody_writes(cohort, trainer, mailoutbox):
    enrolment = someone(cohort)
    choosing.switch("reminders", False, by=enrolment.participant)
    send([enrolment], trainer)
    assert len(mailoutbox) == 1


# The pages


def typed(people, **facts):
    return {
        "wie": [enrolment.pk for enrolment in people],
        "subject": "De zaal",
        "text": "Zaal 2 <b>",
        "form_id": str(uuid.uuid4()),
        **facts,
    }


def test_it_is_shown_with_the_number_of_people_before_it_goes(client, cohort, trainer):
    people = [someone(cohort), someone(cohort)]
    client.force_login(trainer)
    address = f"/lichtingen/{cohort.pk}/bericht/"
    shown = client.post(address, typed(people)).content.decode()
    assert "Verstuur aan 2 mensen" in " ".join(shown.split())
    assert "Zaal 2 &lt;b&gt;" in shown and not Message.objects.exists()
    again = client.post(address, typed(people, step="change")).content.decode()
    assert 'value="De zaal"' in again and not Message.objects.exists()
    answer = client.post(address, typed(people, step="send"), follow=True)
    assert "Je bericht gaat naar 2 mensen." in answer.content.decode()
    assert Delivery.objects.count() == 2


def test_a_double_click_sends_once(client, cohort, trainer):
    client.force_login(trainer)
    data = typed([someone(cohort)], step="send")
    places = {client.post(f"/lichtingen/{cohort.pk}/bericht/", data).url for _turn in range(2)}
    assert len(places) == Message.objects.count() == 1


def test_without_people_or_words_it_says_what_to_do(client, cohort, trainer):
    someone(cohort)
    client.force_login(trainer)
    page = client.post(f"/lichtingen/{cohort.pk}/bericht/", {"step": "send"}).content.decode()
    assert "Kies aan wie je schrijft." in page and "Schrijf je bericht." in page


def test_who_was_chosen_in_a_list_is_chosen_here(client, cohort, trainer):
    chosen, other = someone(cohort), someone(cohort)
    client.force_login(trainer)
    form = client.get(f"/lichtingen/{cohort.pk}/bericht/?wie={chosen.pk}").context["form"]
    assert [str(key) for key in form["wie"].value()] == [str(chosen.pk)]
    form = client.get(f"/lichtingen/{cohort.pk}/bericht/?wie=alle").context["form"]
    assert sorted(form["wie"].value()) == sorted([chosen.pk, other.pk])


def test_a_draft_is_kept_until_it_is_sent(client, cohort, trainer):
    enrolment = someone(cohort)
    key = f"message-{cohort.pk}"
    kept.keep(trainer, key, {"text": ["Half af"], "wie": [str(enrolment.pk)]})
    client.force_login(trainer)
    page = client.get(f"/lichtingen/{cohort.pk}/bericht/")
    assert "Half af" in page.content.decode()
    client.post(f"/lichtingen/{cohort.pk}/bericht/", typed([enrolment], step="send"))
    assert kept.fields(trainer, key) is None


def test_the_participant_reads_it_and_sees_how_to_answer(client, cohort, trainer):
    enrolment = someone(cohort)
    send([enrolment], trainer)
    client.force_login(enrolment.participant)
    assert "1 nieuw bericht" in " ".join(client.get("/").content.decode().split())
    delivery = Delivery.objects.get()
    page = client.get(f"/berichten/{delivery.pk}/").content.decode()
    assert "We zijn in zaal 2." in page and "020 555 01 23" in page
    assert "nieuw bericht" not in client.get("/").content.decode()
    delivery.refresh_from_db()
    read_at = delivery.read_at
    client.get(f"/berichten/{delivery.pk}/")
    delivery.refresh_from_db()
    assert delivery.read_at == read_at is not None


def test_staff_sees_whether_the_mail_went(client, cohort, trainer):
    message = send([someone(cohort)], trainer)
    client.force_login(trainer)
    address = f"/berichten/verstuurd/{message.pk}/"
    assert "Mail is verstuurd" in client.get(address).content.decode()
    Posting.objects.update(sent_at=None)
    assert "Mail is onderweg" in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/berichten/", "/berichten/verstuurd/{}/"])
def test_a_list_asks_the_same_for_one_and_for_three(client, cohort, trainer, address):
    message, other = MessageFactory(cohort=cohort), MessageFactory(cohort=cohort)
    owner = someone(cohort)
    client.force_login(owner.participant if address == "/berichten/" else trainer)
    counts = []
    for many in (1, 2):
        for _turn in range(many):
            DeliveryFactory(message=message, enrolment=someone(cohort))
        DeliveryFactory(message=(message, other)[many - 1], enrolment=owner)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address.format(message.pk)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_mail_is_switched_off_with_one_press(client):
    person = someone().participant
    client.force_login(person)
    client.post("/berichten/mail/", {"which": "reminders", "on": "no"})
    assert MailChoice.objects.get().reminders_off_at
    client.post("/berichten/mail/", {"which": "reminders", "on": "yes"})
    assert MailChoice.objects.get().reminders_off_at is None
    client.post("/berichten/mail/", {"which": "password", "on": "no"})
    assert Event.objects.decisions().filter(actor=person).count() == 2


@pytest.mark.parametrize("facts", [{"subject": ""}, {"text": ""}])
def test_the_database_holds_no_empty_message(facts):
    with pytest.raises(IntegrityError, match="a_message_says_something"), transaction.atomic():
        MessageFactory(**facts)


def test_the_database_holds_one_delivery_a_person():
    first = DeliveryFactory()
    with pytest.raises(IntegrityError, match="enrolment"), transaction.atomic():
        DeliveryFactory(message=first.message, enrolment=first.enrolment)
