"""A change of what was final: a decision of its own, and the result that follows from it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.enrolments.locking import given
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.interviews.afterwards import Amendment
from participants.interviews.agreeing import outcome
from participants.interviews.items import InterviewItem
from participants.interviews.models import FinalInterview
from participants.interviews.rating import known


@transaction.atomic
def amend(interview, *, by, values, reason):
    """Change joint ratings of a final talk: ``{pk of an item: value}``; returns the Amendments.

    The result is computed anew. A certificate that was issued stays as it is: whoever amends
    looks after that. Raises PermissionDenied for who does not coordinate the cohort and in
    one's own talk, and ValidationError with code ``not_final``, ``reason_needed``,
    ``unknown_criterion``, ``unknown_value``, ``nothing_changes`` or ``resit_was_passed``.
    """
    interview = final(interview, by)
    return change(interview, values, by=by, reason=given(reason))


def final(interview, by):
    """``interview``, locked after its enrolment, for a coordinator; refuses what is not final."""
    enrolment = Enrolment.objects.select_for_update().get(pk=interview.enrolment_id)
    if not Enrolment.objects.coordinated_by(by).filter(pk=enrolment.pk).exists():
        raise PermissionDenied
    locked = FinalInterview.objects.select_for_update().get(pk=interview.pk)
    if not locked.is_final:
        raise ValidationError(_("Dit gesprek is nog niet vastgesteld."), code="not_final")
    return locked


def change(interview, values, *, by, reason, objection=None):
    """The amendments themselves, in the transaction and under the lock of the caller."""
    items = known(interview, {key: (value, "") for key, value in values.items()})
    changed = {key: value for key, value in values.items() if items[key].joint_value != value}
    if not changed or "" in changed.values():
        raise ValidationError(
            _("Kies bij een criterium een ander oordeel dan er nu staat."), code="nothing_changes"
        )
    _refuse_taking_back(interview, changed)
    amendments = [
        Amendment.objects.create(
            item=items[key],
            old_value=items[key].joint_value,
            new_value=value,
            reason=reason,
            objection=objection,
            decided_by=by,
        )
        for key, value in changed.items()
    ]
    for key, value in changed.items():
        InterviewItem.objects.filter(pk=key).update(joint_value=value)
    decided("interview_amended", amendments, by=by, reason=reason)
    _settle(interview)
    return amendments


def _others_passed(interview):
    return interview.enrolment.interviews.passed().exclude(pk=interview.pk)


def _refuse_taking_back(interview, changed):
    """What a passed resit no longer asked cannot become open again behind its back."""
    if "not_yet" in changed.values() and _others_passed(interview).exists():
        raise ValidationError(
            _("Daarna is een herkansing behaald. Wijzig het oordeel van dat gesprek."),
            code="resit_was_passed",
        )


def _settle(interview):
    """Somebody passes once: after a passed resit the first result stays what it was."""
    if not _others_passed(interview).exists():
        result = outcome(interview)
        FinalInterview.objects.filter(pk=interview.pk).update(result=result)
