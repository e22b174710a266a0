"""Presence, trainings, and plans."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participants.mydata.registry import Shown, exported
from participants.mydata.rules.enrolment import of_participant
from participants.mydata.rules.words import FOLLOWS, INSIDE, OF_COHORT
from participants.plans.endorsement import Endorsement
from participants.plans.goal import LearningGoal
from participants.plans.models import DevelopmentPlan, Feedback, PlanVersion
from participants.plans.sections import OF_KIND
from participants.sessions.models import Attendance
from participants.trainings.models import TrainingChoice

NAMES = {
    "personal": _("persoonlijk ontwikkelingsplan (POP)"),
    "group": _("groepsontwikkelingsplan (GOP)"),
}


def _meeting(row, reader):
    return f"{row.session.get_kind_display()}: {row.session.title}"


def _of_version(row, reader):
    return _("%(plan)s, versie %(number)d") % {
        "plan": NAMES[row.version.plan.kind],
        "number": row.version.number,
    }


def _written(row, reader):
    labels = OF_KIND[row.plan.kind]
    return {str(labels.get(key, key)): text for key, text in (row.sections or {}).items()}


def _plan(row, reader):
    return NAMES[row.plan.kind]


exported(
    Attendance,
    "aanwezigheid",
    _("Je aanwezigheid"),
    rows=of_participant(Attendance),
    shown={
        "session": Shown(_("Bijeenkomst"), _meeting),
        "date": Shown(_("Datum"), lambda row, reader: row.session.date),
        "status": _("Stand"),
        "actively_participated": _("Deed mee"),
        "minutes": _("Telt voor"),
        "caught_up_what": _("Wat je inhaalde"),
        "caught_up_on": _("Ingehaald op"),
        "caught_up_accepted_by": _("Akkoord van"),
        "recorded_by": _("Vastgelegd door"),
        "recorded_at": _("Vastgelegd op"),
    },
    left_out={"enrolment": FOLLOWS},
)
exported(
    TrainingChoice,
    "trainingen",
    _("Je trainingen"),
    rows=of_participant(TrainingChoice),
    shown={
        "enrolment": OF_COHORT,
        "training": _("Training"),
        "own_title": _("Eigen training"),
        "reason": _("Waarom je dit wilt"),
        "status": _("Stand"),
        "answer": _("Antwoord"),
        "answered_by": _("Antwoord van"),
        "answered_at": _("Antwoord op"),
        "created_at": _("Gekozen op"),
    },
)
exported(
    DevelopmentPlan,
    "plannen",
    _("Je eigen plan"),
    rows=of_participant(DevelopmentPlan),
    shown={
        "enrolment": OF_COHORT,
        "kind": Shown(_("Soort"), lambda row, reader: NAMES[row.kind]),
        "status": _("Stand"),
        "completed_version": Shown(
            _("Compleet met versie"),
            lambda row, reader: row.completed_version and row.completed_version.number,
        ),
        "completed_at": _("Compleet op"),
        "completed_by": _("Compleet verklaard door"),
        "created_at": _("Begonnen op"),
    },
    left_out={"cohort": "only of the plan of a group"},
)
exported(
    PlanVersion,
    "plannen",
    _("Versies van je plannen"),
    # Of the plan of the group those that this person wrote.
    rows=lambda user: PlanVersion.objects.filter(
        Q(plan__enrolment__participant=user) | Q(plan__kind="group", author=user)
    ).select_related("plan"),
    shown={
        "plan": Shown(_("Plan"), _plan),
        "number": _("Versie"),
        "author": _("Geschreven door"),
        "file": _("Bestand"),
        "sections": Shown(_("Wat er staat"), _written),
        "goals": _("Leerdoelen toen"),
        "created_at": _("Gemaakt op"),
        "saved_at": _("Bewaard op"),
        "shared_at": _("Gedeeld op"),
    },
    left_out={"revision": INSIDE, "window": INSIDE},
)
exported(
    LearningGoal,
    "plannen",
    _("Je leerdoelen"),
    rows=lambda user: LearningGoal.objects.filter(plan__enrolment__participant=user).select_related(
        "plan"
    ),
    shown={
        "plan": Shown(_("Plan"), _plan),
        "position": _("Nummer"),
        "what": _("Wat"),
        "why": _("Waarom"),
        "actions": _("Hoe"),
        "until": _("Wanneer"),
        "how_seen": _("Hoe je het ziet"),
        "state": _("Stand"),
        "archived_at": _("Weggelegd op"),
        "created_at": _("Gemaakt op"),
    },
)
exported(
    Feedback,
    "plannen",
    _("Reacties"),
    # On one's own plan those of everybody; elsewhere one's own.
    rows=lambda user: Feedback.objects.filter(
        Q(version__plan__enrolment__participant=user) | Q(author=user)
    ).select_related("version__plan"),
    shown={
        "version": Shown(_("Bij"), _of_version),
        "author": _("Van"),
        "text": _("Reactie"),
        "asks_for_more": _("Vraagt om een nieuwe versie"),
        "page": _("Bladzijde"),
        "section": _("Onderdeel"),
        "created_at": _("Geschreven op"),
    },
    left_out={"answers": INSIDE},
)
exported(
    Endorsement,
    "plannen",
    _("Plannen van je groep waar je achter staat"),
    rows=of_participant(Endorsement),
    shown={
        "enrolment": OF_COHORT,
        "version": Shown(_("Versie"), lambda row, reader: row.version.number),
        "endorsed_at": _("Op"),
        "recorded_by": _("Vastgelegd door"),
        "on_paper": _("Op papier"),
    },
)
