"""After erasing nothing tells who it was, and a certificate still answers with its state."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates.models import Certificate
from participants.accounts.models import Role, User
from participants.erasing import actions, carrying, disk, guards, ledger
from participants.models import (
    Enrolment,
    Erased,
    Event,
    Export,
    FinalInterview,
    HourEntry,
    PlanVersion,
    StoredFile,
)
from tests.factories import EnrolmentFactory, HourEntryFactory, RoleFactory, UserFactory
from tests.factories.certificates import CertificateFactory
from tests.participants.erasing.scene import WORD, somebody

pytestmark = pytest.mark.django_db


def refused(act, *args, **facts):
    """The code with which ``act`` is refused."""
    with pytest.raises(ValidationError) as refusal:
        act(*args, **facts)
    return refusal.value.code


def spellings(person):
    """How a name, an address and a number may stand in a file."""
    texts = [person.name, WORD, person.name_key, WORD.upper(), person.email, person.phone]
    return {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")}


def files():
    """All that the site writes: the database with its log, media, and the ledger."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        yield from (path for path in name.parent.glob(f"{name.name}*") if path.is_file())
    yield from (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    yield settings.ERASED_LEDGER


@pytest.mark.django_db(transaction=True)
def test_of_who_is_erased_no_byte_of_a_name_is_left(client):
    enrolment = somebody()
    names = spellings(enrolment.participant)
    certificate = Certificate.objects.get(enrolment=enrolment)
    assert any(name in path.read_bytes() for path in files() if path.exists() for name in names)
    User.objects.filter(pk=enrolment.participant_id).update(erase_on=timezone.localdate())

    assert actions.carry_out_due() == 1

    found = [(path.name, name) for path in files() for name in names if name in path.read_bytes()]
    assert found == []
    assert Erased.objects.get().cleaned_at
    answer = client.get(f"/controle/{certificate.code}/").content.decode()
    assert certificate.number in answer and "Voorbeeld" not in answer
    by_hand = {"number": certificate.number, "hand_code": certificate.hand_code}
    assert certificate.number in client.post("/controle/", by_hand, follow=True).content.decode()


def test_what_belongs_to_others_stays_and_names_nobody():
    enrolment = somebody()
    person = enrolment.participant
    other = HourEntryFactory(approved=True, reviewed_by=person)
    carrying.erase(person)
    other.refresh_from_db()
    assert (other.status, other.reviewed_by.name) == ("approved", "Verwijderd persoon")
    assert not other.reviewed_by.is_active and not other.reviewed_by.roles.exists()
    group = PlanVersion.objects.get(plan__kind="group")
    assert group.author_id == person.pk
    stored = StoredFile.objects.filter(owner=person)
    assert set(stored.values_list("name", flat=True)) == {"bestand.jpeg"}
    assert all(
        (settings.MEDIA_ROOT / path).exists() for path in stored.values_list("path", flat=True)
    )


def test_of_the_person_only_the_register_and_that_it_happened_are_left():
    enrolment = somebody()
    person, by = enrolment.participant, RoleFactory(administrator=True).user
    before = Certificate.objects.get()
    carrying.erase(person, by=by)
    after = Certificate.objects.get()
    for kept in ("number", "code", "hand_code", "status", "sha256", "award_date", "issued_at"):
        assert getattr(after, kept) == getattr(before, kept)
    assert after.buried_at and (after.name, after.facts, after.evidence) == ("", {}, [])
    for model in (FinalInterview, Session, DBTaskResult, LogEntry):
        assert not model.objects.exists()
    assert not HourEntry.objects.filter(enrolment=enrolment).exists()
    export = Export.objects.get()
    assert (export.narrowed, export.asked, export.path) == ("", {}, "")
    acts = Event.objects.filter(subject=f"user:{person.pk}").values_list("act", "actor", "reason")
    assert list(acts) == [("person_erased", by.pk, "")]
    about = Event.objects.about(enrolment).values_list("act", flat=True)
    assert set(about) == {"certificate_buried"}


def test_who_has_no_certificate_and_did_nothing_for_others_is_gone_as_a_whole():
    enrolment = EnrolmentFactory()
    HourEntryFactory(enrolment=enrolment, approved=True)
    gone = carrying.erase(enrolment.participant)
    assert (gone.enrolments, gone.shells, gone.has_account) == (1, 0, False)
    assert not User.objects.filter(pk=enrolment.participant_id).exists()
    assert not Enrolment.objects.exists()


def test_twice_is_once():
    person = somebody().participant
    assert carrying.erase(person) and carrying.erase(person) is None
    assert Erased.objects.count() == 1


def test_an_empty_account_logs_in_no_more_and_is_never_more_again(client):
    person = somebody().participant
    client.force_login(person)
    carrying.erase(person)
    assert client.get("/mijn-gegevens/").status_code == 302
    shell = User.objects.filter(pk=person.pk)
    for change in ({"is_active": True}, {"phone": "06"}, {"is_superuser": True}):
        with pytest.raises(IntegrityError, match="nobody_any_more"), transaction.atomic():
            shell.update(**change)


# Asking, and two weeks to think again


def test_one_asks_for_oneself_and_is_told_and_nothing_goes_before_the_day(
    mailoutbox, time_machine, django_capture_on_commit_callbacks
):
    time_machine.move_to(dt.datetime(2025, 3, 3, 12, tzinfo=dt.UTC))
    person = EnrolmentFactory().participant
    with django_capture_on_commit_callbacks(execute=True):
        day = actions.ask(person, by=person)
    assert day == dt.date(2025, 3, 17)
    [mail] = mailoutbox
    assert mail.to == [person.email] and "17 maart 2025" in mail.body
    time_machine.move_to(dt.datetime(2025, 3, 16, 22, 59, tzinfo=dt.UTC))
    assert actions.carry_out_due() == 0
    time_machine.move_to(dt.datetime(2025, 3, 16, 23, 1, tzinfo=dt.UTC))
    assert actions.carry_out_due() == 1


def test_who_thinks_again_keeps_everything(time_machine):
    time_machine.move_to(dt.datetime(2025, 3, 3, 12, tzinfo=dt.UTC))
    person = EnrolmentFactory().participant
    actions.ask(person, by=person)
    actions.undo(person, by=person)
    time_machine.shift(dt.timedelta(days=20))
    assert actions.carry_out_due() == 0
    assert User.objects.filter(pk=person.pk, erase_on=None).exists()


def test_twice_asked_and_nothing_to_undo_are_refused():
    person = EnrolmentFactory().participant
    assert refused(actions.undo, person, by=person) == "not_asked"
    actions.ask(person, by=person)
    assert refused(actions.ask, person, by=person) == "already_asked"


def test_on_request_it_takes_a_reason():
    enrolment = EnrolmentFactory()
    by = RoleFactory(coordinator=True, cohort=enrolment.cohort).user
    assert refused(actions.ask, enrolment.participant, by=by) == "reason_needed"
    actions.ask(enrolment.participant, by=by, reason="Vroeg erom aan de telefoon")
    event = Event.objects.get(act="erasure_asked")
    assert (event.actor, event.reason) == (by, "Vroeg erom aan de telefoon")


def test_who_may_have_whom_erased():
    here, there = EnrolmentFactory(), EnrolmentFactory()
    staff = EnrolmentFactory(cohort=here.cohort)  # takes part, and is trainer elsewhere
    RoleFactory(user=staff.participant)
    everyone = RoleFactory(administrator=True).user
    people = {
        "coordinator": RoleFactory(coordinator=True, cohort=here.cohort).user,
        "everywhere": RoleFactory(coordinator=True).user,
        "administrator": RoleFactory(administrator=True, cohort=here.cohort).user,
        "trainer": RoleFactory(cohort=here.cohort).user,
        "member": here.participant,
    }
    asked = [here.participant, there.participant, staff.participant]

    def may(user):
        erasable = actions.erasable_by(user)
        return [erasable.filter(pk=one.pk).exists() for one in asked]

    assert {name: may(user) for name, user in people.items()} == {
        "coordinator": [True, False, False],
        "everywhere": [True, True, False],
        "administrator": [True, False, True],
        "trainer": [False, False, False],
        "member": [False, False, False],
    }
    assert may(everyone) == [True, True, True]
    assert not actions.erasable_by(everyone).filter(pk=everyone.pk).exists()


def test_the_only_administrator_stays_until_there_is_another():
    only = RoleFactory(administrator=True).user
    assert refused(actions.ask, only, by=only) == "last_administrator"
    User.objects.filter(pk=only.pk).update(erase_on=timezone.localdate())
    assert actions.carry_out_due() == 0
    RoleFactory(administrator=True)
    assert actions.carry_out_due() == 1


# The ledger


def test_after_an_older_backup_who_was_erased_is_erased_again():
    person = EnrolmentFactory().participant
    stayed = EnrolmentFactory().participant
    before = User.objects.filter(pk=person.pk).values().get()
    carrying.erase(person)
    # As the database was before: the person with another address, and no row in the ledger.
    put_back(before | {"email": "eerder@leerlijn.example"})
    assert actions.carry_out_again() == 1
    assert not User.objects.filter(pk=person.pk).exists()
    assert User.objects.filter(pk=stayed.pk).exists()
    assert actions.carry_out_again() == 0


def test_somebody_else_with_that_key_is_not_erased():
    person = EnrolmentFactory().participant
    before = User.objects.filter(pk=person.pk).values().get()
    carrying.erase(person)
    put_back(before | {"joined_at": before["joined_at"] + dt.timedelta(microseconds=1)})
    assert actions.carry_out_again() == 0


def put_back(facts):
    """The account of ``facts``, where the file is the only ledger that knows better."""
    with connection.cursor() as cursor:
        [never] = [guard for guard in guards.GUARDS if "forgotten" in guard.name]
        cursor.execute(never.lift(connection.vendor))
        cursor.execute("DELETE FROM participants_erased")
        for statement in never.set(connection.vendor):
            cursor.execute(statement)
    User.objects.bulk_create([User(**facts)])
    joined = facts["joined_at"]  # given by itself when a row is made
    User.objects.filter(pk=facts["id"]).update(joined_at=joined)


def test_the_ledger_names_nobody_and_survives_half_a_line():
    person = somebody().participant
    settings.ERASED_LEDGER.write_text('{"person": 1, "salt"')
    carrying.erase(person)
    text = settings.ERASED_LEDGER.read_text()
    assert WORD.lower() not in text.lower()
    assert set(json.loads(text.splitlines()[-1])) == {"person", "salt", "digest", "erased_at"}
    assert {line.person for line in ledger.lines()} == {person.pk}


def test_without_a_ledger_nobody_is_erased():
    person = EnrolmentFactory().participant
    settings.ERASED_LEDGER.mkdir()
    with pytest.raises(OSError):
        carrying.erase(person)
    assert User.objects.filter(pk=person.pk, erased_at=None).exists()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE participants_erased SET person = 0", "DELETE FROM participants_erased"],
)
def test_that_somebody_was_erased_is_never_changed(statement):
    carrying.erase(EnrolmentFactory().participant)
    never = pytest.raises(IntegrityError, match="who_was_erased")
    with never, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Erased.objects.update(cleaned_at=timezone.now()) == 1


def test_the_database_is_written_anew_once_after_erasing(cleaned):
    carrying.erase(EnrolmentFactory().participant)
    assert disk.clean() == 1
    assert disk.clean() == 0
    assert len(cleaned) == 1


# The operator


def test_the_command_erases_now_and_says_what_went():
    enrolment = CertificateFactory().enrolment
    by = RoleFactory(administrator=True).user
    said = call_command("erase_person", enrolment.participant.email.upper(), by=by.email)
    assert "1 enrolments stay without a name" in said and enrolment.participant.email not in said
    assert User.objects.get(pk=enrolment.participant_id).name == "Verwijderd persoon"


@pytest.mark.parametrize("who", ["coordinator", "nobody", "unknown"])
def test_the_command_asks_an_administrator(who):
    person = EnrolmentFactory().participant
    by = {
        "coordinator": lambda: RoleFactory(coordinator=True).user.email,
        "nobody": lambda: UserFactory().email,
        "unknown": lambda: "niemand@leerlijn.example",
    }[who]()
    with pytest.raises(CommandError):
        call_command("erase_person", person.email, by=by)
    assert User.objects.filter(pk=person.pk).exists()


def test_an_administrator_may_end_the_own_account_when_there_is_another():
    own, _other = RoleFactory(administrator=True).user, RoleFactory(administrator=True)
    call_command("erase_person", own.email, by=own.email)
    assert not Role.objects.filter(user=own.pk).exists()
    assert not User.objects.filter(email=own.email).exists()
