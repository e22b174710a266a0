"""What other parts read of interviews: the joint ratings, one's agenda, who opened what."""

from django.db.models import Max, Prefetch
from django.utils import timezone

from participants.enrolments.models import Enrolment
from participants.events.actions import was_read
from participants.events.models import Event
from participants.interviews.afterwards import Amendment, InterviewReply, Objection
from participants.interviews.agreeing import crosses_the_line, middle
from participants.interviews.evidence import EvidenceItem
from participants.interviews.items import InterviewItem
from participants.interviews.models import PASSING, FinalInterview, Seat, Value


def joint_ratings(enrolment_id):
    """Per criterion the best standing joint rating over final attempts, by position.

    A QuerySet of InterviewItem: ``title``, ``joint_value``, ``get_joint_value_display()``.
    """
    items = InterviewItem.objects.filter(interview__enrolment=enrolment_id)
    return items.standing().order_by("position", "pk")


def agenda(user):
    """The unfinished interviews where ``user`` sits: of today or earlier, and later ones.

    ``due``, ``coming``, and ``turns``: how many of ``due`` wait for ``user`` by now.
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
    turns = FinalInterview.objects.awaiting_rating_by(user).count()
    return {"due": due, "coming": coming, "turns": turns}


def opened(interviews, *, by):
    """Note that ``by`` read these interviews of somebody else (domain: reads are logged)."""
    others = [one for one in interviews if one.enrolment.participant_id != by.pk]
    if others:
        was_read(others, by=by)


def file_opened(items, *, by):
    """Note that ``by`` read these pieces of the file of somebody else."""
    others = [item for item in items if item.enrolment.participant_id != by.pk]
    if others:
        was_read(others, by=by)


def readers_of_file(enrolment):
    """Who read something of the file: ``actor__name`` and ``last`` (a moment), latest first."""
    reads = Event.objects.reads().filter(enrolment=enrolment, subject__startswith="evidenceitem:")
    people = reads.order_by().values("actor", "actor__name").annotate(last=Max("happened_at"))
    return people.order_by("-last")


def file_of(interview, user):
    """What ``user`` may read of the file of this talk, with its content."""
    items = EvidenceItem.objects.visible_to(user).of(interview)
    return items.with_content().select_related("enrolment")


def per_criterion(items):
    """``{pk of a criterion: [item, ...]}``; under None what belongs to the whole talk."""
    found = {}
    for item in items:
        found.setdefault(item.criterion_id, []).append(item)
    return found


def aftermath(interview, user):
    """What came after a final talk, as ``user`` sees it: replies, objections, amendments."""
    objections = Objection.objects.visible_to(user).filter(interview=interview)
    amendments = Amendment.objects.filter(item__interview=interview)
    return {
        "replies": InterviewReply.objects.visible_to(user).filter(interview=interview),
        "objections": objections.prefetch_related("items").select_related("decided_by"),
        "amendments": amendments.select_related("item", "decided_by"),
    }


def of_today(user):
    """The talks of today that ``user`` has to do with, by time, with ``taken_seats``."""
    rows = FinalInterview.objects.visible_to(user).of_others(user).on(timezone.localdate())
    seats = Seat.objects.taken().select_related("assessor")
    return (
        rows.as_seen_by(user)
        .select_related("enrolment__participant", "enrolment__cohort")
        .prefetch_related(Prefetch("seats", seats, to_attr="taken_seats"))
    )


def own(user):
    """What ``user`` sees of the own interviews: one dict an enrolment.

    ``interviews``; ``planned`` and ``passed`` say whether such a one is there; ``criteria`` are
    the criteria of the cohort, to read beforehand; ``file`` is how much is in the file.
    """
    enrolments = Enrolment.objects.own(user).admitted().select_related("cohort__track")
    rows = enrolments.prefetch_related(
        "interviews",
        Prefetch("evidence", EvidenceItem.objects.in_preparation(), to_attr="in_file"),
    )
    return [_own(enrolment) for enrolment in rows]


def _own(enrolment):
    interviews = list(enrolment.interviews.all())
    return {
        "enrolment": enrolment,
        "interviews": interviews,
        "planned": any(one.status == FinalInterview.Status.PLANNED for one in interviews),
        "passed": any(one.result == FinalInterview.Result.PASS for one in interviews),
        # To read beforehand: a talk that is planned says itself what it asks.
        "criteria": [] if interviews else [(one.title, one) for one in enrolment.cohort.criteria],
        "file": len(enrolment.in_file),
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
    """The first values of the joint form: what was agreed, else what all saw alike.

    Of three who differ it is the word in the middle (docs/adr: a third assessor).
    """
    first = {"strengths": interview.strengths, "advice": interview.advice}
    for row in rows:
        item = row["item"]
        first[f"value_{item.pk}"] = _proposed(item, [one.value for one in row["ratings"]])
        first[f"motivation_{item.pk}"] = item.motivation
    return first


def _proposed(item, values):
    if len(values) > 2 and crosses_the_line([item.joint_value, middle(values)]):
        return middle(values)
    alike = values[0] if len(set(values)) == 1 else ""
    return item.joint_value or alike or (middle(values) if len(values) > 2 else "")


def _state(ratings):
    values = {rating.value for rating in ratings or []}
    if crosses_the_line(values):
        return "line"
    return "differs" if len(values) > 1 else "same"
