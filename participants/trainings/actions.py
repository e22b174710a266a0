"""What can happen to the choice of a training. Participants choose; staff answer proposals.

The enrolment is locked first. Only its own participant chooses, proposes, drops, completes and
takes that back: for anybody else PermissionDenied.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.enrolments.locking import lock
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.trainings.models import Training, TrainingChoice

Status = TrainingChoice.Status


@transaction.atomic
def choose(enrolment, training, *, by):
    """The choice of ``training`` from the catalogue.

    Raises ValidationError: ``not_taking_part``, ``not_on_offer`` or ``already_chosen``.
    """
    enrolment = _own_and_active(enrolment, by)
    offered = Training.objects.on_offer().for_cohort(enrolment.cohort)
    if not offered.filter(pk=training.pk).exists():
        raise ValidationError(
            _("Deze training is nu niet te kiezen. Kies een andere."), code="not_on_offer"
        )
    choice = TrainingChoice(enrolment=enrolment, training=training, status=Status.CHOSEN)
    return _added(choice, "training_chosen", by)


@transaction.atomic
def propose(enrolment, title, reason="", *, by):
    """The proposal of a training that is not in the catalogue; staff answer it.

    Raises ValidationError: ``not_taking_part``, ``title_missing`` or ``already_chosen``.
    """
    enrolment = _own_and_active(enrolment, by)
    title = " ".join(title.split())
    if not title:
        raise ValidationError(_("Schrijf op welke training je wilt volgen."), code="title_missing")
    choice = TrainingChoice(
        enrolment=enrolment, own_title=title, reason=reason.strip(), status=Status.PROPOSED
    )
    return _added(choice, "training_proposed", by)


@transaction.atomic
def drop(choice, *, by):
    """Let go of a choice or proposal. Raises ValidationError (``cannot_drop``) once followed."""
    return _moved(
        _own(choice, by),
        TrainingChoice.DROPPABLE,
        Status.DROPPED,
        refusal=ValidationError(
            _("Deze training kun je niet meer laten vallen."), code="cannot_drop"
        ),
        by=by,
    )


@transaction.atomic
def restore(choice, *, by):
    """Take back that it was dropped: a proposal without an answer waits for one again.

    Raises ValidationError: ``not_taking_part``, ``not_dropped``, or ``already_chosen`` when it
    was chosen anew.
    """
    choice = _own(choice, by)
    _own_and_active(choice.enrolment, by)
    awaits = choice.training_id is None and choice.answered_at is None
    try:
        with transaction.atomic():
            return _moved(
                choice,
                [Status.DROPPED],
                Status.PROPOSED if awaits else Status.CHOSEN,
                refusal=ValidationError(
                    _("Deze training staat al bij je keuzes."), code="not_dropped"
                ),
                by=by,
            )
    except IntegrityError as taken:
        raise _already_chosen() from taken


@transaction.atomic
def complete(choice, *, by):
    """The participant says: I followed it. Credits no hours; those are written down apart.

    Raises ValidationError: ``not_chosen`` for a proposal without a yes, or what was dropped;
    ``not_yet`` before the first of its dates.
    """
    choice = _own(choice, by)
    standing = TrainingChoice.objects.filter(pk=choice.pk)
    if standing.filter(status=Status.CHOSEN).exists() and not standing.followable().exists():
        raise ValidationError(
            _("Deze training moet nog komen. Zeg het hier als je bent geweest."), code="not_yet"
        )
    return _moved(
        choice,
        [Status.CHOSEN],
        Status.COMPLETED,
        refusal=ValidationError(
            _("Deze training staat nu niet bij je gekozen trainingen."), code="not_chosen"
        ),
        by=by,
    )


@transaction.atomic
def reopen(choice, *, by):
    """Take back that it was followed: it is a choice again.

    Raises ValidationError: ``not_taking_part``, ``not_followed``, or ``has_hours`` when hours
    were written down for it.
    """
    choice = _own(choice, by)
    _own_and_active(choice.enrolment, by)
    if choice.hours.exclude(status="withdrawn").exists():
        raise ValidationError(
            _("Je schreef uren op voor deze training. Trek die eerst in, dan kan dit wel."),
            code="has_hours",
        )
    return _moved(
        choice,
        [Status.COMPLETED],
        Status.CHOSEN,
        refusal=ValidationError(
            _("Deze training staat niet bij wat je volgde."), code="not_followed"
        ),
        by=by,
        act="training_reopened",
    )


@transaction.atomic
def answer(choice, *, by, accept, answer=""):
    """Say yes or no to a proposal; a no says why.

    Raises PermissionDenied unless ``by`` is a trainer or coordinator of the participant, and
    ValidationError: ``answer_missing`` or ``already_answered``.
    """
    lock(choice.enrolment)
    if not TrainingChoice.objects.answerable_by(by).filter(pk=choice.pk).exists():
        raise PermissionDenied
    if not accept and not answer.strip():
        raise ValidationError(
            _("Schrijf op waarom dit niet kan, en wat wel."), code="answer_missing"
        )
    return _moved(
        choice,
        [Status.PROPOSED],
        Status.CHOSEN if accept else Status.DECLINED,
        refusal=ValidationError(
            _("Op dit voorstel is al geantwoord, of het is ingetrokken."), code="already_answered"
        ),
        by=by,
        answer=answer.strip(),
        answered_by=by,
        answered_at=timezone.now(),
    )


def _own_and_active(enrolment, by):
    locked = lock(enrolment)
    if locked.participant_id != by.pk:
        raise PermissionDenied
    if locked.status != Enrolment.Status.ACTIVE:
        raise ValidationError(
            _("Je doet nu niet mee in deze lichting. Kiezen kan als je meedoet."),
            code="not_taking_part",
        )
    return locked


def _own(choice, by):
    lock(choice.enrolment)
    if not TrainingChoice.objects.owned_by(by).filter(pk=choice.pk).exists():
        raise PermissionDenied
    return choice


def _added(choice, act, by):
    try:
        with transaction.atomic():
            choice.save()
    except IntegrityError as taken:
        raise _already_chosen() from taken
    decided(act, choice, by=by)
    return choice


def _already_chosen():
    return ValidationError(_("Deze training staat al bij je keuzes."), code="already_chosen")


def _moved(choice, before, after, *, refusal, by, act="", **facts):
    """``choice`` in its new state; raises ``refusal`` when it is not in one of ``before``."""
    rows = TrainingChoice.objects.filter(pk=choice.pk, status__in=before)
    if not rows.update(status=after, **facts):
        raise refusal
    decided(act or f"training_{after}", choice, by=by)
    choice.refresh_from_db()
    return choice
