"""What other parts read of interviews: the joint ratings, one's agenda, who opened what."""

from django.db.models import Prefetch
from django.utils import timezone

from participants.enrolments.models import Enrolment
from participants.events.actions import was_read
from participants.interviews.agreeing import crosses_the_line
from participants.interviews.models import PASSING, FinalInterview, InterviewItem, Value
from participants.tracks.models import InterviewCriterion


def joint_ratings(enrolment_id):
    """Per criterion the best standing joint rating over final attempts, by position.

    A QuerySet of InterviewItem: ``title``, ``joint_value``, ``get_joint_value_display()``.
    """
    items = InterviewItem.objects.filter(interview__enrolment=enrolment_id)
    return items.standing().order_by("position", "pk")


def agenda(user):
    """The unfinished interviews where ``user`` sits: of today or earlier, and later ones.

    ``due``, ``coming``, and ``turns``: how many of ``due`` wait for ``user``.
    """
    rows = (
        FinalInterview.objects.assessed_by(user)
        .unfinished()
        .as_seen_by(user)
        .select_related("enrolment__participant", "enrolment__cohort")
    )
    today = timezone.localdate()
    due, coming = [], []
    for interview in rows:
        later = timezone.localdate(interview.planned_at) > today
        (coming if later else due).append(interview)
    turns = [one for one in due if one.everyone_rated or not one.rated_by_me]
    return {"due": due, "coming": coming, "turns": len(turns)}


def opened(interviews, *, by):
    """Note that ``by`` read these interviews of somebody else (domain: reads are logged)."""
    others = [one for one in interviews if one.enrolment.participant_id != by.pk]
    if others:
        was_read(others, by=by)


def own(user):
    """What ``user`` sees of the own interviews: one dict an enrolment.

    ``interviews``; ``planned`` and ``passed`` say whether such a one is there; ``criteria`` are
    the titles and explanations of the track, to read beforehand.
    """
    enrolments = Enrolment.objects.own(user).admitted().select_related("cohort__track")
    criteria = InterviewCriterion.objects.filter(is_active=True).order_by("position")
    rows = enrolments.prefetch_related(
        "interviews",
        Prefetch("cohort__track__interview_criteria", queryset=criteria, to_attr="to_show"),
    )
    return [_own(enrolment) for enrolment in rows]


def _own(enrolment):
    interviews = list(enrolment.interviews.all())
    return {
        "enrolment": enrolment,
        "interviews": interviews,
        "planned": any(one.status == FinalInterview.Status.PLANNED for one in interviews),
        "passed": any(one.result == FinalInterview.Result.PASS for one in interviews),
        "criteria": [(one.title, one.explanation) for one in enrolment.cohort.track.to_show],
    }


def by_value(items):
    """``shown`` and ``open``: lists of ``(words, items)``, what was shown best first."""
    groups = [(value, [item for item in items if item.joint_value == value]) for value in Value]
    filled = [(value, found) for value, found in reversed(groups) if found]
    return {
        "shown": [(value.label, found) for value, found in filled if value in PASSING],
        "open": [item for value, found in filled if value not in PASSING for item in found],
    }


def draft(seat):
    """What ``seat`` wrote so far, as the first values of its form."""
    first = {}
    for rating in seat.ratings.all():
        first[f"value_{rating.item_id}"] = rating.value
        first[f"notes_{rating.item_id}"] = rating.notes
    return first


def compared(items, ratings):
    """One dict a criterion, those on which opinions differ first.

    ``ratings`` is ``{pk of an item: [rating, ...]}``. ``state`` is "line" (the difference
    crosses the pass line), "differs" or "same".
    """
    rows = [
        {"item": item, "ratings": ratings.get(item.pk, []), "state": _state(ratings.get(item.pk))}
        for item in items
    ]
    return sorted(rows, key=lambda row: ["line", "differs", "same"].index(row["state"]))


def agreed_so_far(interview, rows):
    """The first values of the joint form: what was agreed, else what all saw alike."""
    first = {"strengths": interview.strengths, "advice": interview.advice}
    for row in rows:
        item = row["item"]
        alike = row["ratings"][0].value if row["state"] == "same" and row["ratings"] else ""
        first[f"value_{item.pk}"] = item.joint_value or alike
        first[f"motivation_{item.pk}"] = item.motivation
    return first


def _state(ratings):
    values = {rating.value for rating in ratings or []}
    if crosses_the_line(values):
        return "line"
    return "differs" if len(values) > 1 else "same"
