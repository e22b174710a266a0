"""What goes along to a talk and what comes after it: a file, a reply, an open objection."""

from leerlijn.demo import lives
from participants.interviews.models import Value
from participants.models import (
    DevelopmentPlan,
    EvidenceItem,
    InterviewReply,
    LearningGoal,
    Objection,
    Rating,
)

GOALS = [
    {
        "what": "Op tijd nee zeggen als het te veel wordt",
        "why": "Ik wil dit werk lang kunnen doen.",
        "actions": "Elke week één keer oefenen met een collega.",
        "how_seen": "Ik ga op vrijdag met energie naar huis.",
        "state": "done",
    },
    {
        "what": "Open vragen stellen op het spreekuur",
        "why": "Dan vertelt iemand meer.",
        "actions": "Vooraf drie vragen opschrijven.",
        "how_seen": "Bewoners praten meer dan ik.",
        "state": "busy",
    },
]


def fill_file(enrolment):
    """Two goals and a remark for the assessors of ``enrolment``."""
    plan, _ = DevelopmentPlan.objects.get_or_create(
        kind="personal", enrolment=enrolment, defaults={"status": "draft"}
    )
    criteria = list(enrolment.cohort.track.interview_criteria.order_by("position"))
    if not plan.goals.exists():
        for position, goal in enumerate(GOALS, start=1):
            LearningGoal.objects.create(plan=plan, position=position, **goal)
    for goal, criterion in zip(plan.goals.order_by("position"), criteria[4::-1], strict=False):
        EvidenceItem.objects.create(enrolment=enrolment, goal=goal, criterion=criterion)
    EvidenceItem.objects.create(
        enrolment=enrolment, text="Vraag me ook naar de koffieochtend: daar ging het echt lopen."
    )


def reply(enrolment):
    """The participant of a final talk says thanks."""
    talk = enrolment.interviews.final().first()
    InterviewReply.objects.create(
        interview=talk,
        author=enrolment.participant,
        text="Dank jullie wel. Ik herken me in het verslag.",
    )


def object_to(enrolment, day, assessors, *, by):
    """A talk that is not yet passed, and an objection that waits for a decision."""
    talk = lives.interview(enrolment, lives.noon(day), assessors, by=by)
    talk.seats.update(independent_at=lives.noon(day), rated_at=lives.noon(day))
    for item in talk.items.all():
        item.joint_value = Value.NOT_YET if item.position == 4 else Value.SUFFICIENT
        item.save()
        for seat in talk.seats.all():
            Rating.objects.create(seat=seat, item=item, value=item.joint_value)
    talk.status, talk.result = "final", "not_yet"
    talk.strengths = "Je bent er voor mensen en je bent eerlijk over jezelf."
    talk.advice = "Schrijf eens op welke vragen je stelt."
    talk.finalised_at, talk.finalised_by = lives.noon(day), assessors[0]
    talk.save()
    objection = Objection.objects.create(
        interview=talk,
        text="Ik vertelde over het spreekuur. Daar stelde ik juist veel open vragen.",
        made_by=enrolment.participant,
    )
    objection.items.set(talk.items.filter(position=4))
