"""Agreeing on one joint rating per criterion, and making it final."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.interviews import filing, seating
from participants.interviews.items import InterviewItem, Rating
from participants.interviews.models import PASSING, FinalInterview, Value
from participants.interviews.rating import known


@transaction.atomic
def agree(interview, *, by, joint, strengths=None, advice=None):
    """Keep what the assessors agreed: ``{pk of an item: (value, motivation)}``.

    May be repeated until the result is final; what is left out stays as it was. Raises
    PermissionDenied without a seat, and ValidationError with code ``ratings_not_in``,
    ``motivation_needed`` (opinions lie on both sides of the pass line), ``against_the_majority``
    (with three assessors), ``unknown_criterion``, ``unknown_value``, ``already_final`` or
    ``not_held``.
    """
    interview = _all_rated(interview, by)
    items = known(interview, joint)
    agreed = []
    for key, (value, motivation) in joint.items():
        items[key].joint_value = value or None
        items[key].motivation = (motivation or "").strip()
        agreed.append(items[key])
    values = _values(interview)
    _refuse_minority(agreed, values)
    _refuse_silence(agreed, values)
    InterviewItem.objects.bulk_update(agreed, ["joint_value", "motivation"])
    for name, text in {"strengths": strengths, "advice": advice}.items():
        if text is not None:
            FinalInterview.objects.filter(pk=interview.pk).update(**{name: text})
    decided("interview_agreed", interview, by=by)


@transaction.atomic
def finalise(interview, *, by, expects=None, alone_reason="", recorded_how=""):
    """Freeze the joint ratings and the result that follows from them; returns the result.

    ``expects`` is the result that the person saw before confirming. Where one assessor sits,
    ``alone_reason`` says why and ``recorded_how`` how the talk was recorded, unless the
    coordinator wrote that down before. Raises PermissionDenied without a seat, and
    ValidationError with code ``ratings_not_in``, ``joint_incomplete``, ``alone_unexplained``,
    ``changed`` (it would be another result than expected), ``already_passed`` (an earlier talk
    was amended), ``already_final`` or ``not_held``.
    """
    interview = _all_rated(interview, by)
    alone = _alone(interview, alone_reason, recorded_how)
    result = outcome(interview)
    if result is None:
        raise ValidationError(
            _("Kies eerst samen een oordeel bij elk criterium."), code="joint_incomplete"
        )
    if expects and expects != result:
        raise ValidationError(
            _("Het oordeel is net veranderd. Kijk het nog eens na."), code="changed"
        )
    if interview.enrolment.interviews.passed().exists():
        raise ValidationError(
            _("Het eindgesprek is al behaald. Zeg deze herkansing af."), code="already_passed"
        )
    same = FinalInterview.objects.unfinished().filter(pk=interview.pk)
    if not same.update(
        status=FinalInterview.Status.FINAL,
        result=result,
        finalised_at=timezone.now(),
        finalised_by=by,
        **alone,
    ):
        raise seating.already_final()
    filing.keep_with(interview)
    decided("interview_finalised", interview, by=by, reason=result)
    return result


def outcome(interview):
    """The result that the joint ratings give now; None while one is missing."""
    items = list(interview.items.all())
    if not items or any(item.joint_value is None for item in items):
        return None
    shown = all(item.joint_value in PASSING for item in items if item.required)
    return FinalInterview.Result.PASS if shown else FinalInterview.Result.NOT_YET


def opinions(interview, by):
    """``{pk of an item: [rating, ...]}``, as far as ``by`` may see them, in order of the seats."""
    rows = Rating.objects.visible_to(by).filter(seat__interview=interview)
    found = {}
    for rating in rows.select_related("seat__assessor").order_by("seat"):
        found.setdefault(rating.item_id, []).append(rating)
    return found


def crosses_the_line(values):
    """Whether ``values`` lie on both sides of the pass line."""
    return len({value in PASSING for value in values if value}) > 1


def middle(values):
    """The middle one of three words; it lies on the majority's side of the pass line."""
    return sorted(values, key=Value.values.index)[len(values) // 2]


def _alone(interview, reason, how):
    """What is written down of who sat; asks for words where that was one assessor."""
    count = interview.seats.taken().count()
    reason = reason.strip() or interview.alone_reason
    how = how.strip() or interview.recorded_how
    if count == 1 and not (reason and how):
        raise ValidationError(
            _("Schrijf op waarom er één beoordelaar was, en hoe het gesprek is vastgelegd."),
            code="alone_unexplained",
        )
    words = {"alone_reason": reason, "recorded_how": how} if count == 1 else {}
    return {"assessor_count": count, **words}


def _all_rated(interview, by):
    seating.seat_of(interview, by=by)
    interview = seating.locked(interview)
    seating.seat_of(interview, by=by)
    if not FinalInterview.objects.all_rated().filter(pk=interview.pk).exists():
        raise ValidationError(
            _("Wacht tot iedereen heeft ingeleverd. Daarna zien jullie elkaars oordeel."),
            code="ratings_not_in",
        )
    return interview


def _values(interview):
    """``{pk of an item: [value, ...]}`` of who sits now."""
    rows = Rating.objects.filter(seat__interview=interview, seat__left_at=None)
    values = {}
    for item, value in rows.values_list("item", "value"):
        values.setdefault(item, []).append(value)
    return values


def _refuse_minority(agreed, values):
    """Three assessors are never stuck: at the pass line the side of two of them counts."""
    against = [
        item
        for item in agreed
        if item.joint_value
        and len(seen := values.get(item.pk, [])) > 2
        and crosses_the_line(seen)
        and crosses_the_line([item.joint_value, middle(seen)])
    ]
    _refuse(
        against, _("Twee van de drie zagen het anders bij: %(titles)s."), "against_the_majority"
    )


def _refuse_silence(agreed, values):
    """A joint rating on one side of the line, with a rating on the other, says why."""
    silent = [
        item
        for item in agreed
        if item.joint_value
        and not item.motivation
        and crosses_the_line([item.joint_value, *values.get(item.pk, [])])
    ]
    sentence = _("Schrijf op hoe jullie tot één oordeel kwamen bij: %(titles)s.")
    _refuse(silent, sentence, "motivation_needed")


def _refuse(items, sentence, code):
    if not items:
        return
    raise ValidationError(
        sentence,
        code=code,
        params={
            "titles": ", ".join(item.title for item in items),
            "items": [item.pk for item in items],
        },
    )
