"""Who may sit in an interview, and who does."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.accounts.models import Role, User
from participants.enrolments.models import Enrolment
from participants.interviews.models import FinalInterview, Seat


def candidates(enrolment):
    """Who may assess this participant: assessors and coordinators of the cohort, by name.

    ``guides`` says who is or was trainer of this participant, and needs a recorded reason.
    """
    here = Q(cohort=enrolment.cohort_id) | Q(cohort=None)
    roles = Role.objects.filter(here, user=OuterRef("pk"))
    trained = Role.objects.filter(
        user=OuterRef("pk"),
        kind=Role.Kind.TRAINER,
        cohort__enrolments__participant=enrolment.participant_id,
    )
    assess = roles.filter(kind__in=[Role.Kind.ASSESSOR, Role.Kind.COORDINATOR])
    return (
        User.objects.filter(Exists(assess), is_active=True)
        .exclude(pk=enrolment.participant_id)
        .annotate(guides=Exists(trained))
        .order_by("name_key", "pk")
    )


def judged(enrolment, assessors, reasons):
    """(assessor, reason) for each of ``assessors``, all of whom may sit here.

    ``reasons`` is by primary key of the assessor. Raises ValidationError with code
    ``is_the_participant``, ``not_an_assessor`` or ``guided_the_participant``.
    """
    keys = {assessor.pk for assessor in assessors}
    if enrolment.participant_id in keys:
        raise ValidationError(
            _("Niemand beoordeelt het eigen gesprek. Kies iemand anders."),
            code="is_the_participant",
        )
    found = list(candidates(enrolment).filter(pk__in=keys))
    if len(found) < len(keys):
        raise ValidationError(
            _("Kies alleen beoordelaars of coördinatoren van deze lichting."),
            code="not_an_assessor",
        )
    return [(assessor, _reason(assessor, reasons)) for assessor in found]


def _reason(assessor, reasons):
    reason = (reasons.get(assessor.pk) or "").strip() if assessor.guides else ""
    if assessor.guides and not reason:
        raise ValidationError(
            _("%(name)s is trainer van deze deelnemer. Schrijf op waarom dit toch past."),
            code="guided_the_participant",
            params={"name": assessor.name, "guides": assessor.pk},
        )
    return reason


def counted(enrolment, assessors):
    """``assessors`` as they came; ValidationError ``assessors_number`` for too few or too many."""
    needed = enrolment.cohort.assessors_required
    if len(assessors) != needed or len({assessor.pk for assessor in assessors}) != needed:
        sentence = ngettext(
            "Kies precies %d beoordelaar van deze lichting.",
            "Kies precies %d verschillende beoordelaars van deze lichting.",
            needed,
        )
        raise ValidationError(sentence % needed, code="assessors_number")
    return assessors


def seat_of(interview, *, by):
    """The seat that ``by`` holds; PermissionDenied for everybody else, and in one's own talk."""
    seated = FinalInterview.objects.assessed_by(by).filter(pk=interview.pk)
    seat = Seat.objects.held_by(by).filter(interview__in=seated).first()
    if seat is None:
        raise PermissionDenied
    return seat


def locked(interview):
    """``interview`` as it stands now, kept for us until the transaction ends.

    Its enrolment is locked first: a decision row points at it, and a certificate that is being
    issued asks for it. Raises ValidationError with code ``already_final`` or ``not_held``.
    """
    Enrolment.objects.select_for_update().get(pk=interview.enrolment_id)
    interview = FinalInterview.objects.select_for_update().get(pk=interview.pk)
    if interview.status == FinalInterview.Status.FINAL:
        raise already_final()
    if interview.status == FinalInterview.Status.NOT_HELD:
        raise ValidationError(_("Dit gesprek is niet doorgegaan."), code="not_held")
    return interview


def already_final():
    return ValidationError(
        _("De uitslag van dit gesprek is al vastgesteld. Die verandert niet meer."),
        code="already_final",
    )
