"""Planning a final interview: what a coordinator does."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.enrolments.locking import given
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.interviews import letters, seating
from participants.interviews.items import InterviewItem
from participants.interviews.models import FinalInterview, Seat
from participants.sessions.models import Session


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
    letters.planned(interview)
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
    letters.moved(interview)


@transaction.atomic
def not_held(interview, *, by):
    """The talk did not happen: no attempt was used, and a new one can be planned.

    Raises PermissionDenied, and ValidationError with code ``ratings_in`` when as many assessors
    have handed in as the cohort asks, ``already_final`` or ``not_held``.
    """
    interview = _open(interview, by)
    if was_held(interview):
        raise ValidationError(
            _("Alle beoordelaars hebben al ingeleverd. Zij stellen de uitslag vast."),
            code="ratings_in",
        )
    FinalInterview.objects.filter(pk=interview.pk).update(status=FinalInterview.Status.NOT_HELD)
    decided("interview_not_held", interview, by=by)
    letters.cancelled(interview)


def was_held(interview):
    """Whether enough assessors handed in; a third who has yet to rate changes nothing."""
    if FinalInterview.objects.all_rated().filter(pk=interview.pk).exists():
        return True
    needed = interview.enrolment.cohort.assessors_required
    return interview.seats.taken().rated().count() >= needed


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
    _empty(interview, seat)
    decided("interview_seat_left", interview, by=by)
    letters.left(seat)
    taken = _seat(interview, assessor, reason, by)
    letters.invited(taken)
    return taken


@transaction.atomic
def add_third(interview, *, by, new, guided_reason=""):
    """Two assessors do not agree: a third rates too, blind as they were; returns the seat.

    Raises PermissionDenied, and ValidationError with code ``not_two`` (a third comes beside two),
    ``ratings_not_in``, ``already_seated``, the codes of an unfit assessor (see ``plan``),
    ``already_final`` or ``not_held``.
    """
    interview = _open(interview, by)
    seats = interview.seats.taken()
    if seats.count() != 2:
        raise ValidationError(_("Een derde komt bij twee beoordelaars."), code="not_two")
    if seats.rated().count() < 2:
        raise ValidationError(
            _("Wacht tot beide beoordelaars hebben ingeleverd."), code="ratings_not_in"
        )
    if seats.filter(assessor=new).exists():
        raise ValidationError(_("Deze beoordelaar zit al in dit gesprek."), code="already_seated")
    [(assessor, reason)] = seating.judged(interview.enrolment, [new], {new.pk: guided_reason})
    taken = _seat(interview, assessor, reason, by)
    letters.invited(taken)
    return taken


@transaction.atomic
def leave_one(seat, *, by, reason, recorded_how):
    """The assessor of ``seat`` was not there, so one assessor held the talk.

    Raises PermissionDenied, and ValidationError with code ``reason_needed``,
    ``alone_unexplained`` (how was the talk recorded?), ``already_handed_in``, ``not_two``,
    ``already_final`` or ``not_held``.
    """
    interview = _open(seat.interview, by)
    words = {"alone_reason": given(reason), "recorded_how": recorded_how.strip()}
    if not words["recorded_how"]:
        raise ValidationError(
            _("Schrijf op hoe het gesprek is vastgelegd."), code="alone_unexplained"
        )
    if interview.seats.taken().count() != 2:
        raise ValidationError(_("Dit kan als er twee beoordelaars zijn."), code="not_two")
    _empty(interview, seat)
    FinalInterview.objects.filter(pk=interview.pk).update(**words)
    decided("interview_one_assessor", interview, by=by, reason=words["alone_reason"])


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


def warnings(enrolment, planned_at):
    """``(code, sentence)`` of what is odd about this moment; none of it is in the way."""
    found = []
    if planned_at < timezone.now():
        found.append(("in_the_past", _("Deze dag en tijd zijn al voorbij.")))
    later = Session.objects.planned().filter(
        cohorts=enrolment.cohort_id,
        kind__in=[Session.Kind.LESSON, Session.Kind.INTERVISION],
        date__gt=timezone.localdate(planned_at),
    )
    if count := later.count():
        sentence = ngettext(
            "Het leerdeel is dan nog niet klaar: er komt nog %d bijeenkomst.",
            "Het leerdeel is dan nog niet klaar: er komen nog %d bijeenkomsten.",
            count,
        )
        found.append(("before_the_end_of_learning", sentence % count))
    return found


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


def _empty(interview, seat):
    left = interview.seats.taken().filter(pk=seat.pk, rated_at=None)
    if not left.update(left_at=timezone.now()):
        raise ValidationError(
            _("Deze beoordelaar heeft al ingeleverd en blijft bij dit gesprek."),
            code="already_handed_in",
        )


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
    """What this attempt asks: the criteria of the cohort, or what the former one left open."""
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
    former = enrolment.interviews.final().order_by("-finalised_at", "-pk").first()
    if former:
        asked = former.items.not_shown()
        return asked.values_list("criterion", "position", "title", "required")
    return enrolment.cohort.criteria.values_list("pk", "place", "title", "required")


def _seat(interview, assessor, reason, by):
    decided("interview_seat_taken", interview, by=by, reason=reason)
    return Seat.objects.create(interview=interview, assessor=assessor, guided_reason=reason)
