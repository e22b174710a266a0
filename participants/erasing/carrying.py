"""Carries out the rules: for some enrolments, or for a person as a whole. No permission here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Case, ProtectedError, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.accounts.models import User
from participants.enrolments.models import Enrolment
from participants.erasing import ledger, papers, registry, rules, traces
from participants.erasing.registry import OF_ENROLMENTS, OF_PEOPLE, Rule
from participants.events.actions import decided

RULES = rules  # reading them declares what becomes of what
WORDS = {
    "did_training": None,
    "did_training_note": "",
    "has_experience": None,
    "has_experience_note": "",
    "decision_reason": "",
}
TAKES_PART_NO_MORE = Case(
    When(status__in=["active", "applied"], then=Value("stopped")), default="status"
)


@dataclass(frozen=True)
class Gone:
    """What went: how many enrolments as a whole, how many stay as a shell, how many files."""

    enrolments: int
    shells: int
    files: int
    has_account: bool  # whether an empty account stays, because others lean on it


@transaction.atomic
def erase(person, *, by=None, due=None):
    """Take away everything of ``person``; the register keeps number, state, dates and hash.

    With ``due``, a day, only when it is to happen by then: somebody may just think again. Returns
    Gone; None when it was done already. Raises OSError when the ledger cannot be written.
    """
    enrolments = locked(Enrolment.objects.filter(participant=person))
    rows = User.objects.select_for_update().filter(pk=person.pk, erased_at=None)
    found = (rows.filter(erase_on__lte=due) if due else rows).first()
    if found is None:
        return None
    cohorts = {enrolment.cohort_id for enrolment in enrolments}
    files = papers.of_enrolments(enrolments) | papers.owned(found)
    for take_names_out in registry.REGISTERS:
        take_names_out(enrolments)
    carry_out(OF_ENROLMENTS, enrolments)
    gone = sum(map(closed, enrolments))
    carry_out(OF_PEOPLE, found)
    traces.end_sessions(found)
    traces.forget_exports(cohorts, [*found.name.split(), found.email])
    traces.forget_tasks()
    went = papers.let_go(files)
    ledger.note(found)
    decided("person_erased", found, by=by)
    return Gone(gone, len(enrolments) - gone, went, not _removed(found))


def locked(enrolments):
    """``enrolments`` as a list, held until the transaction ends."""
    return list(enrolments.order_by("pk").select_for_update())


def carry_out(some: Iterable[Rule], of):
    """Carry out these rules ``of`` a list of enrolments, or a User."""
    messages = traces.messages_to(of) if isinstance(of, list) else ()
    for rule in some:
        if rule.instead is None:
            traces.forget_log(rule.rows(of))
        rule.carry_out(of)
    traces.forget_unread(messages)


def closed(enrolment):
    """Take the enrolment away, or leave its shell where a register leans on it; whether it went."""
    same = Enrolment.objects.filter(pk=enrolment.pk)
    traces.forget_log(same)
    try:
        with transaction.atomic():
            same.delete()
    except ProtectedError:
        same.update(status=TAKES_PART_NO_MORE, **WORDS)
        return False
    return True


def _removed(person):
    """Take the account away, or leave its shell where others lean on it; whether it went."""
    same = User.objects.filter(pk=person.pk)
    traces.forget_log(same)
    try:
        with transaction.atomic():
            same.delete()
    except ProtectedError:
        person.groups.clear()
        person.user_permissions.clear()
        same.update(
            name=_("Verwijderd persoon"),
            email=f"verwijderd-{person.pk}@leerlijn.invalid",
            phone="",
            password=make_password(None),
            last_login=None,
            is_active=False,
            is_superuser=False,
            erase_on=None,
            erased_at=timezone.now(),
        )
        return False
    return True
