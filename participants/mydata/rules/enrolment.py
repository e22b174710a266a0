"""Taking part: admission, place, pauses, exemptions."""

from django.utils.translation import gettext_lazy as _

from participants.enrolments.applications import IntakeNote
from participants.enrolments.models import Enrolment, Exemption, Pause
from participants.mydata.registry import Shown, exported
from participants.mydata.rules.words import FOLLOWS, OF_COHORT
from participants.placements.checklist import Tick
from participants.placements.models import Placement

SUBJECT = "deelname"


def of_participant(model):
    """The rows of ``model`` that hang on an enrolment of the person."""
    return lambda user: model.objects.filter(enrolment__participant=user).select_related(
        "enrolment__cohort"
    )


exported(
    Enrolment,
    SUBJECT,
    _("Waaraan je meedoet"),
    rows=lambda user: Enrolment.objects.filter(participant=user).select_related("cohort__track"),
    shown={
        "cohort": _("Lichting"),
        "status": _("Stand"),
        "starts_on": _("Vanaf"),
        "ends_on": _("Tot en met"),
        "did_training": _("Opleiding tot ervaringsdeskundige gedaan"),
        "did_training_note": _("Toelichting opleiding"),
        "has_experience": _("Al gewerkt als ervaringsdeskundige"),
        "has_experience_note": _("Toelichting ervaring"),
        "decided_at": _("Besluit op"),
        "decided_by": _("Besluit door"),
        "decision_reason": _("Reden van het besluit"),
        "certificate_name": _("Naam op het certificaat"),
        "name_confirmed_at": _("Naam bevestigd op"),
        "name_confirmed_by": _("Naam bevestigd door"),
        "name_confirmed_how": _("Hoe bevestigd"),
        "entries_from": _("Uren mogen vanaf"),
        "entries_until": _("Uren mogen tot en met"),
        "created_at": _("Vastgelegd op"),
    },
    left_out={"participant": FOLLOWS},
)
exported(
    IntakeNote,
    SUBJECT,
    _("Notities bij je aanmelding"),
    rows=of_participant(IntakeNote),
    shown={
        "enrolment": OF_COHORT,
        "text": _("Notitie"),
        "written_by": _("Geschreven door"),
        "written_at": _("Geschreven op"),
    },
)
exported(
    Placement,
    SUBJECT,
    _("Je leerplek"),
    rows=of_participant(Placement),
    shown={
        "enrolment": OF_COHORT,
        "place": _("Leerplek"),
        "supervisor": _("Begeleider"),
        "form": _("Vorm"),
        "starts_on": _("Vanaf"),
        "ends_on": _("Tot en met"),
    },
)
exported(
    Tick,
    SUBJECT,
    _("Wat er bij je leerplek geregeld is"),
    rows=lambda user: Tick.objects.filter(placement__enrolment__participant=user).select_related(
        "placement__place", "item"
    ),
    shown={
        "placement": _("Leerplek"),
        "item": Shown(_("Wat"), lambda row, reader: row.text),
        "ticked_at": _("Geregeld op"),
        "ticked_by": _("Vastgelegd door"),
    },
    left_out={"words": FOLLOWS},
)
exported(
    Pause,
    SUBJECT,
    _("Pauzes"),
    rows=of_participant(Pause),
    shown={
        "enrolment": OF_COHORT,
        "starts_on": _("Vanaf"),
        "ends_on": _("Tot en met"),
        "requested_by": _("Gevraagd door"),
        "requested_at": _("Gevraagd op"),
        "confirmed_by": _("Bevestigd door"),
        "confirmed_at": _("Bevestigd op"),
    },
)
exported(
    Exemption,
    SUBJECT,
    _("Vrijstellingen"),
    rows=of_participant(Exemption),
    shown={
        "enrolment": OF_COHORT,
        "criterion": _("Voorwaarde"),
        "minutes": _("Hoeveel eraf"),
        "reason": _("Reden"),
        "granted_by": _("Gegeven door"),
        "granted_at": _("Gegeven op"),
        "withdrawn_by": _("Ingetrokken door"),
        "withdrawn_at": _("Ingetrokken op"),
    },
)
