"""Files, who opened something, and what was decided."""

from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.events.models import Event
from participants.files.models import StoredFile
from participants.hours.proofs import HourProof
from participants.mydata import acts
from participants.mydata.registry import WITHHELD, Document, Shown, documents, exported
from participants.mydata.rules.words import FOLLOWS, INSIDE, SECRET
from participants.sessions.proofs import SessionProof

Scan = StoredFile.Scan
NOTES = {
    Scan.WAITING: gettext_lazy("We controleren dit bestand nog op virussen."),
    Scan.INFECTED: gettext_lazy("In dit bestand zit een virus. Daarom zit het er niet bij."),
}


def own_files(user):
    """Files of ``user``, and signed papers about their hours; none with others on it too."""
    proofs = HourProof.objects.filter(file=OuterRef("pk"))
    theirs = Q(entry__enrolment__participant=user)
    signed_lists = SessionProof.objects.filter(file=OuterRef("pk"))
    return StoredFile.objects.filter(
        Q(owner=user) | Exists(proofs.filter(theirs)),
        ~Exists(proofs.exclude(theirs)),
        ~Exists(signed_lists),
    )


@documents
def stored_files(user):
    for stored in own_files(user).order_by("pk"):
        yield Document(stored.name, *_bytes_of(stored))


def _bytes_of(stored):
    path = Path(settings.MEDIA_ROOT) / stored.path
    if stored.scan != Scan.CLEAN:
        return None, NOTES[stored.scan]
    if not path.exists():
        return None, _("We kunnen dit bestand nu niet vinden.")
    return lambda: path.open("rb"), ""


def own_reads(user):
    """Others who opened something of ``user``."""
    reads = Event.objects.reads().filter(enrolment__participant=user).exclude(actor=user)
    return reads.exclude(subject__in=_early(user)).select_related("actor")


def own_decisions(user):
    """What was decided about ``user``, and what they did on their own account."""
    about = Q(enrolment__participant=user)
    alone = Q(enrolment=None, subject=f"user:{user.pk}")
    told = Event.objects.decisions().filter(about | alone).exclude(subject__in=_early(user))
    return told.exclude(act__in=acts.BETWEEN_ASSESSORS).select_related("actor")


def _early(user):
    return [subject for find in WITHHELD for subject in find(user)]


exported(
    StoredFile,
    "bestanden",
    gettext_lazy("Je bestanden"),
    rows=own_files,
    shown={
        "name": gettext_lazy("Naam"),
        "owner": gettext_lazy("Toegevoegd door"),
        "kind": gettext_lazy("Soort"),
        "size": gettext_lazy("Grootte in bytes"),
        "pages": gettext_lazy("Bladzijden"),
        "sha256": gettext_lazy("Vingerafdruk (SHA-256)"),
        "scan": gettext_lazy("Viruscontrole"),
        "uploaded_at": gettext_lazy("Toegevoegd op"),
    },
    left_out={"path": SECRET, "reread_at": INSIDE, "damaged_at": INSIDE},
)
exported(
    Event,
    "wie-keek",
    gettext_lazy("Wie er keek"),
    key="reads",
    rows=own_reads,
    shown={
        "happened_at": gettext_lazy("Wanneer"),
        "actor": gettext_lazy("Wie"),
        "subject": Shown(gettext_lazy("Wat"), lambda row, reader: acts.thing(row.subject)),
    },
    left_out={"kind": FOLLOWS, "act": FOLLOWS, "enrolment": FOLLOWS, "reason": "reads have none"},
)
exported(
    Event,
    "besluiten",
    gettext_lazy("Wat er gebeurde"),
    key="decisions",
    rows=own_decisions,
    shown={
        "happened_at": gettext_lazy("Wanneer"),
        "actor": gettext_lazy("Wie"),
        "act": Shown(gettext_lazy("Wat"), lambda row, reader: acts.in_words(row.act)),
        "reason": gettext_lazy("Waarom"),
    },
    left_out={"kind": FOLLOWS, "subject": INSIDE, "enrolment": FOLLOWS},
)
