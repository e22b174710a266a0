"""Hours, with one's own notes, and what is attached to them."""

from django.utils.translation import gettext_lazy as _

from leerlijn.templatetags.dates import long_date
from participants.confirmations.models import ConfirmationLine, ConfirmationRequest
from participants.hours.models import HourEntry
from participants.hours.proofs import HourProof
from participants.mydata.registry import Shown, exported
from participants.mydata.rules.enrolment import of_participant
from participants.mydata.rules.words import FOLLOWS, INSIDE, OF_COHORT, SECRET

SUBJECT = "uren"


def _line(row, reader):
    return f"{row.entry.get_kind_display()}, {long_date(row.entry.date)}"


def _of_own_hours(model):
    return lambda user: model.objects.filter(entry__enrolment__participant=user).select_related(
        "entry"
    )


exported(
    HourEntry,
    SUBJECT,
    _("Je uren"),
    rows=of_participant(HourEntry),
    shown={
        "enrolment": OF_COHORT,
        "kind": _("Soort"),
        "date": _("Datum"),
        "minutes": _("Duur"),
        "starts_at": _("Van"),
        "ends_at": _("Tot"),
        "description": _("Wat je deed"),
        "private_note": _("Notitie voor jezelf"),
        "placement": _("Leerplek"),
        "training_choice": _("Training"),
        "status": _("Stand"),
        "submitted_at": _("Ingediend op"),
        "written_by": _("Opgeschreven door"),
        "written_note": _("Notitie daarbij"),
        "reviewed_by": _("Bekeken door"),
        "confirmed_by": _("Bevestigd door je begeleider"),
        "reviewed_at": _("Bekeken op"),
        "review_note": _("Notitie bij het akkoord"),
        "return_reason": _("Wat er anders moest"),
        "corrects": _("Verbetert"),
        "replaced_at": _("Vervangen op"),
        "created_at": _("Opgeschreven op"),
        "changed_at": _("Veranderd op"),
    },
    left_out={"client_id": INSIDE},
)
exported(
    HourProof,
    SUBJECT,
    _("Bewijs bij je uren"),
    rows=_of_own_hours(HourProof),
    shown={
        "entry": Shown(_("Bij"), _line),
        "file": _("Bestand"),
        "kind": _("Soort"),
        "added_by": _("Toegevoegd door"),
        "added_at": _("Toegevoegd op"),
    },
)
exported(
    ConfirmationLine,
    SUBJECT,
    _("Vragen aan je begeleider"),
    rows=_of_own_hours(ConfirmationLine),
    shown={
        "entry": Shown(_("Over"), _line),
        "request": Shown(_("Gevraagd op"), lambda row, reader: row.request.created_at),
        "answer": _("Antwoord"),
        "answered_at": _("Beantwoord op"),
    },
    left_out={"seen": INSIDE},
)
exported(
    ConfirmationRequest,
    SUBJECT,
    _("QR-codes voor je begeleider"),
    rows=lambda user: ConfirmationRequest.objects.filter(shown_by=user),
    shown={
        "supervisor": _("Voor"),
        "created_at": _("Getoond op"),
        "expires_at": _("Werkte tot"),
        "opened_at": _("Geopend op"),
        "revoked_at": _("Ingetrokken op"),
    },
    left_out={
        "shown_by": FOLLOWS,
        "seed": SECRET,
        "token_hash": SECRET,
        "posting": INSIDE,
        "code_mailed_at": INSIDE,
        "codes_mailed": INSIDE,
        "renews": INSIDE,
        "wrong_codes": INSIDE,
        "revoked_by": INSIDE,
    },
)
