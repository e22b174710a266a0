"""Against a clamd of our own (scanner.py): nothing passes but what it called clean."""

import pytest
from django.core.exceptions import ValidationError

from leerlijn import ticking
from participants.events.models import Event
from participants.files import scanning, serving, storing
from participants.files.models import StoredFile
from participants.files.refusals import QUOTA_BYTES
from tests.factories import EnrolmentFactory, RoleFactory, UserFactory
from tests.participants.files import corpus, scanner
from tests.participants.files.test_storing import row, upload

pytestmark = pytest.mark.django_db
FOUND = b"stream: Toets.Virus.UNOFFICIAL FOUND\n"


@pytest.fixture(scope="module")
def listening():
    with scanner.running() as clamd:
        yield clamd


@pytest.fixture
def clamd(listening, settings):
    settings.CLAMD_SOCKET = listening.path
    listening.answer = b"stream: OK\n"
    listening.seen.clear()
    return listening


@pytest.fixture
def waiting(settings):
    """A file that came in while the scanner was down."""
    settings.CLAMD_SOCKET = "/nowhere/clamd.ctl"
    stored = storing.store(upload(), by=EnrolmentFactory().participant)
    assert stored.scan == "waiting"
    return stored


def bytes_of(stored, settings):
    path = settings.MEDIA_ROOT / stored.path
    return path.read_bytes() if path.exists() else None


def refused(stored):
    stored.refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        serving.attachment(stored)
    return refusal.value.code


def job(name):
    [outcome] = ticking.run([job for job in ticking.JOBS if job.name == name])
    assert not outcome.failed
    return outcome.did


def test_an_upload_is_sent_whole_and_can_be_had_once_it_is_called_clean(clamd):
    stored = storing.store(upload(), by=UserFactory())
    stored.refresh_from_db()
    assert stored.scan == "clean"
    assert clamd.seen == [corpus.pdf()]
    serving.attachment(stored).close()


@pytest.mark.django_db(transaction=True)
def test_a_file_with_a_virus_is_gone_and_its_place_says_why(clamd, settings, mailoutbox):
    clamd.answer = FOUND
    owner = EnrolmentFactory().participant
    stored = storing.store(upload(), by=owner)
    assert refused(stored) == "infected"
    assert bytes_of(stored, settings) is None
    assert not StoredFile.objects.on_disk().exists()
    [mail] = mailoutbox
    assert mail.to == [owner.email]
    assert "virus" in mail.body and stored.name not in mail.body


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: Can't allocate memory ERROR\n",
        b"INSTREAM size limit exceeded. ERROR\n",
        b"stream: OKAY\n",
        b"stream: Toets FOUND \xff\n",
        b"OK\n",
        b"something else\n",
    ],
)
def test_what_is_no_clear_answer_leaves_the_file_waiting(answer, clamd, waiting, settings):
    settings.CLAMD_SOCKET = clamd.path
    clamd.answer = answer
    assert job("viruses") == "1 waiting"
    assert refused(waiting) == "awaiting_scan"
    assert bytes_of(waiting, settings) == corpus.pdf()


def test_a_scanner_that_is_down_lets_nothing_pass_and_one_that_is_back_catches_up(
    waiting, listening, settings
):
    assert job("viruses") == "1 waiting"
    assert refused(waiting) == "awaiting_scan"
    listening.answer = b"stream: OK\n"
    settings.CLAMD_SOCKET = listening.path
    assert job("viruses") == "1 clean"
    waiting.refresh_from_db()
    assert waiting.scan == "clean"
    assert job("viruses") == ""


def test_a_scanner_that_was_taken_away_lets_nothing_pass_either(waiting, settings):
    settings.CLAMD_SOCKET = ""
    assert job("viruses") == "1 waiting"
    assert refused(waiting) == "awaiting_scan"


def test_one_file_without_an_answer_does_not_hold_up_the_next(waiting, clamd, settings):
    settings.CLAMD_SOCKET = "/nowhere/clamd.ctl"
    second = storing.store(upload(corpus.odt(), "plan.odt"), by=waiting.owner)
    settings.CLAMD_SOCKET = clamd.path
    clamd.answer = lambda content: b"stream: OK\n" if content == corpus.odt() else b""
    assert job("viruses") == "1 clean, 1 waiting"
    second.refresh_from_db()
    assert second.scan == "clean"


def test_a_virus_is_told_once_to_the_owner_and_to_who_is_near(waiting, clamd, mailoutbox, settings):
    settings.CLAMD_SOCKET = clamd.path
    clamd.answer = FOUND
    enrolment = waiting.owner.enrolments.get()
    near = RoleFactory(kind="coordinator", cohort=enrolment.cohort).user
    RoleFactory(kind="coordinator")  # of another cohort
    RoleFactory(kind="administrator", cohort=None)
    stale = StoredFile.objects.get()
    assert job("viruses") == "1 infected"
    assert scanning.scan(stale) == "infected"  # somebody who looked at the same moment
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([waiting.owner.email, near.email])
    event = Event.objects.get(act="virus_found")
    assert (event.enrolment, event.actor) == (enrolment, None)
    told = " ".join(mail.subject + mail.body for mail in mailoutbox if mail.to == [near.email])
    assert f"/deelnames/{enrolment.pk}/" in told
    assert waiting.name not in told and waiting.owner.name not in told


def test_of_a_file_of_staff_the_administrators_hear(clamd, mailoutbox):
    clamd.answer = FOUND
    administrator = RoleFactory(kind="administrator", cohort=None).user
    owner = RoleFactory(kind="coordinator", cohort=None).user
    storing.store(upload(), by=owner)
    assert {mail.to[0] for mail in mailoutbox} == {owner.email, administrator.email}
    assert Event.objects.get(act="virus_found").subject == f"user:{owner.pk}"


def test_what_is_gone_takes_no_room(clamd, settings):
    owner = UserFactory()
    row(owner, size=QUOTA_BYTES, scan="infected").save()
    assert storing.store(upload(), by=owner).pk


def test_a_scanner_may_be_on_another_machine(settings):
    settings.CLAMD_SOCKET = "clamd:3310"
    client = scanning._clamd()
    assert (client.host, client.port) == ("clamd", 3310)
