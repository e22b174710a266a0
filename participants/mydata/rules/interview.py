"""The final talk: nothing of it that is not final, and never what one assessor thought alone."""

from django.utils.translation import gettext_lazy as _

from participants.interviews.afterwards import Amendment, InterviewReply, Objection
from participants.interviews.evidence import EvidenceItem
from participants.interviews.items import InterviewItem
from participants.interviews.models import FinalInterview, Seat
from participants.mydata.registry import Shown, exported
from participants.mydata.rules.enrolment import of_participant
from participants.mydata.rules.words import FOLLOWS, INSIDE, OF_COHORT, final, final_of_talk

SUBJECT = "gesprek"
TALK = Shown(_("Gesprek van"), lambda row, reader: row.interview.planned_at)


def _of_own_talk(model, path="interview"):
    return lambda user: model.objects.filter(
        **{f"{path}__enrolment__participant": user}
    ).select_related(path)


def _words(name, label):
    """A rating in words, once the talk is final."""

    def value(row, reader):
        return getattr(row, f"get_{name}_display")() if row.interview.is_final else ""

    return Shown(label, value)


exported(
    FinalInterview,
    SUBJECT,
    _("Je eindgesprek"),
    rows=of_participant(FinalInterview),
    shown={
        "enrolment": OF_COHORT,
        "planned_at": _("Wanneer"),
        "place": _("Waar"),
        "status": _("Stand"),
        "result": final("result", _("Uitslag")),
        "strengths": final("strengths", _("Sterke punten")),
        "advice": final("advice", _("Advies")),
        "alone_reason": final("alone_reason", _("Waarom er één beoordelaar was")),
        "recorded_how": final("recorded_how", _("Hoe het is vastgelegd")),
        "planned_by": _("Gepland door"),
        "finalised_at": _("Vastgesteld op"),
        "finalised_by": _("Vastgesteld door"),
        "created_at": _("Gemaakt op"),
    },
    left_out={
        "online_link": "a way into a meeting goes into no export",
        "assessor_count": FOLLOWS,
    },
)
exported(
    Seat,
    SUBJECT,
    _("Je beoordelaars"),
    rows=_of_own_talk(Seat),
    shown={"interview": TALK, "assessor": _("Beoordelaar")},
    left_out={
        "independent_at": "of the assessor",
        "guided_reason": "of the assessor",
        "rated_at": "how far an assessor is stays between assessors",
        "left_at": "of the assessor",
    },
)
exported(
    InterviewItem,
    SUBJECT,
    _("Je oordelen per criterium"),
    rows=_of_own_talk(InterviewItem),
    shown={
        "interview": TALK,
        "title": _("Criterium"),
        "required": _("Moet voldoende zijn"),
        "joint_value": _words("joint_value", _("Oordeel")),
        "motivation": final_of_talk("motivation", _("Motivering")),
    },
    left_out={"criterion": FOLLOWS, "position": INSIDE},
)
exported(
    InterviewReply,
    SUBJECT,
    _("Je reacties op het verslag"),
    rows=_of_own_talk(InterviewReply),
    shown={
        "interview": TALK,
        "author": _("Van"),
        "text": _("Reactie"),
        "written_at": _("Geschreven op"),
    },
)
exported(
    Objection,
    SUBJECT,
    _("Je bezwaren"),
    rows=lambda user: _of_own_talk(Objection)(user).prefetch_related("items"),
    shown={
        "interview": TALK,
        "items": Shown(
            _("Over"),
            lambda row, reader: [item.title for item in row.items.all()],
        ),
        "text": _("Waarom je het er niet mee eens bent"),
        "made_by": _("Gemaakt door"),
        "made_at": _("Gemaakt op"),
        "outcome": _("Besluit"),
        "motivation": _("Motivering"),
        "outsider": _("Wie van buiten besloot"),
        "decided_by": _("Vastgelegd door"),
        "decided_at": _("Besloten op"),
    },
)
exported(
    Amendment,
    SUBJECT,
    _("Oordelen die later veranderden"),
    rows=_of_own_talk(Amendment, "item__interview"),
    shown={
        "item": Shown(_("Criterium"), lambda row, reader: row.item.title),
        "old_value": _("Was"),
        "new_value": _("Is nu"),
        "reason": _("Waarom"),
        "decided_by": _("Besloten door"),
        "decided_at": _("Besloten op"),
    },
    left_out={"objection": FOLLOWS},
)
exported(
    EvidenceItem,
    SUBJECT,
    _("Wat je meeneemt naar het gesprek"),
    rows=of_participant(EvidenceItem),
    shown={
        "enrolment": OF_COHORT,
        "goal": Shown(_("Leerdoel"), lambda row, reader: row.goal.what if row.goal else ""),
        "goal_as_was": _("Leerdoel zoals het toen was"),
        "version": Shown(_("Plan"), lambda row, reader: row.version.number if row.version else ""),
        "page": _("Bladzijde"),
        "text": _("Wat je wilt laten zien"),
        "criterion": _("Hoort bij"),
        "added_at": _("Toegevoegd op"),
    },
    left_out={"interview": INSIDE},
)
