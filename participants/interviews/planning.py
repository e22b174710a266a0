"""Planning a final interview: what a coordinator does."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.interviews import seating
from participants.interviews.models import FinalInterview, InterviewItem, Seat


@transaction.atomic
def plan(enrolment, *, by, planned_at, assessors, place="", online_link="", guided_reasons=None):
    """A new attempt for ``enrolment`` with a seat for each of ``assessors``; returns it.

    ``guided_reasons`` is by primary key of an assessor who is trainer of the cohort too.
    Other criteria may still be open: the interview waits for nothing (domain: final interview).
    Raises PermissionDenied unless ``by`` coordinates the cohort and is not this participant,
    and ValidationError with code ``not_taking_part``, ``already_planned``, ``already_passed``,
    ``no_resit_left``, ``before_the_start``, ``no_criteria``, ``assessors_number``,
    ``is_the_participant``, ``not_an_assessor`` or ``guided_the_participant``.
    """
    enrolment = _locked(enrolment, by)
    _refuse_attempt(enrolment)
    _refuse_early(enrolment, planned_at)
    seats = seating.judged(enrolment, seating.counted(enrolment, assessors), guided_reasons or {})
    interview = _planned(
        enrolment=enrolment,
        planned_at=planned_at,
        place=place,
        online_link=online_link,
        planned_by=by,
    )
    InterviewItem.objects.bulk_create(_items(interview))
    for assessor, reason in seats:
        _seat(interview, assessor, reason, by)
    decided("interview_planned", interview, by=by)
    return interview


@transaction.atomic
def replan(interview, *, by, planned_at, place="", online_link=""):
    """Another moment or place. Raises as ``plan`` does, and ``already_final`` or ``not_held``."""
    interview = _open(interview, by)
    _refuse_early(interview.enrolment, planned_at)
    FinalInterview.objects.filter(pk=interview.pk).update(
        planned_at=planned_at, place=place, online_link=online_link
    )
    decided("interview_replanned", interview, by=by)


@transaction.atomic
def not_held(interview, *, by):
    """The talk did not happen: no attempt was used, and a new one can be planned.

    Raises PermissionDenied, and ValidationError with code ``ratings_in`` when every assessor
    has handed in, ``already_final`` or ``not_held``.
    """
    interview = _open(interview, by)
    same = FinalInterview.objects.filter(pk=interview.pk)
    if same.all_rated().exists():
        raise ValidationError(
            _("Alle beoordelaars hebben al ingeleverd. Zij stellen de uitslag vast."),
            code="ratings_in",
        )
    same.update(status=FinalInterview.Status.NOT_HELD)
    decided("interview_not_held", interview, by=by)


@transaction.atomic
def replace_assessor(seat, *, by, new, guided_reason=""):
    """Pass ``seat`` on to ``new``, who starts with a clean sheet; returns the new seat.

    Raises PermissionDenied, and ValidationError with code ``already_handed_in``,
    ``already_seated``, the codes of an unfit assessor (see ``plan``), ``already_final`` or
    ``not_held``.
    """
    interview = _open(seat.interview, by)
    if interview.seats.taken().filter(assessor=new).exists():
        raise ValidationError(_("Deze beoordelaar zit al in dit gesprek."), code="already_seated")
    [(assessor, reason)] = seating.judged(interview.enrolment, [new], {new.pk: guided_reason})
    left = interview.seats.taken().filter(pk=seat.pk, rated_at=None)
    if not left.update(left_at=timezone.now()):
        raise ValidationError(
            _("Deze beoordelaar heeft al ingeleverd en blijft bij dit gesprek."),
            code="already_handed_in",
        )
    decided("interview_seat_left", interview, by=by)
    return _seat(interview, assessor, reason, by)


def to_plan(user):
    """Enrolments that ``user`` may plan an attempt for now; ``tried`` counts earlier ones."""
    rows = FinalInterview.objects.filter(enrolment=OuterRef("pk"))
    return (
        Enrolment.objects.coordinated_by(user)
        .active()
        .exclude(Exists(rows.unfinished()))
        .exclude(Exists(rows.passed()))
        .annotate(tried=Count("interviews", filter=Q(interviews__status="final")))
        .filter(tried__lte=F("cohort__resits_allowed"))
        .select_related("participant", "cohort")
        .by_name()
    )


def resit_left(enrolment):
    """Whether another attempt is allowed; what was not held is no attempt."""
    return enrolment.interviews.final().count() <= enrolment.cohort.resits_allowed


def planned_for(enrolment, *, by, rows=Enrolment.objects):
    """``enrolment`` out of ``rows`` when ``by`` plans for it; else PermissionDenied."""
    mine = rows.coordinated_by(by).filter(pk=enrolment.pk).select_related("cohort").first()
    if mine is None:
        raise PermissionDenied
    return mine


def _locked(enrolment, by):
    locked = Enrolment.objects.select_for_update(of=("self",))
    return planned_for(enrolment, by=by, rows=locked)


def _open(interview, by):
    """``interview``, locked after its enrolment and still to be held."""
    enrolment = _locked(interview.enrolment, by)
    interview = seating.locked(interview)
    interview.enrolment = enrolment
    return interview


def _refuse_attempt(enrolment):
    if enrolment.status != Enrolment.Status.ACTIVE:
        raise ValidationError(
            _("Een gesprek plan je voor iemand die meedoet."), code="not_taking_part"
        )
    attempts = enrolment.interviews
    if attempts.unfinished().exists():
        raise _already_planned()
    if attempts.passed().exists():
        raise ValidationError(_("Het eindgesprek is al behaald."), code="already_passed")
    if not resit_left(enrolment):
        raise ValidationError(_("Er is geen herkansing meer over."), code="no_resit_left")


def _refuse_early(enrolment, planned_at):
    if timezone.localdate(planned_at) < enrolment.starts_on:
        raise ValidationError(
            _("Kies een datum na het begin van de deelname."), code="before_the_start"
        )


def _already_planned():
    return ValidationError(_("Er staat al een eindgesprek gepland."), code="already_planned")


def _planned(**facts):
    try:
        with transaction.atomic():
            return FinalInterview.objects.create(**facts)
    except IntegrityError as error:
        raise _already_planned() from error


def _items(interview):
    """What this attempt asks: the track's criteria, or what the former one left open."""
    items = [
        InterviewItem(
            interview=interview,
            criterion_id=criterion,
            position=position,
            title=title,
            required=required,
        )
        for criterion, position, title, required in _asked(interview.enrolment)
    ]
    if not items:
        raise ValidationError(
            _("Deze leerlijn heeft nog geen criteria voor het eindgesprek."), code="no_criteria"
        )
    return items


def _asked(enrolment):
    facts = ["position", "title", "required"]
    former = enrolment.interviews.final().order_by("-finalised_at", "-pk").first()
    if former:
        return former.items.not_shown().values_list("criterion", *facts)
    criteria = enrolment.cohort.track.interview_criteria.filter(is_active=True)
    return criteria.order_by("position").values_list("pk", *facts)


def _seat(interview, assessor, reason, by):
    decided("interview_seat_taken", interview, by=by, reason=reason)
    return Seat.objects.create(interview=interview, assessor=assessor, guided_reason=reason)
