"""What of certificates belongs to a person; from the award date on, as everywhere."""

import io

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.ceremonies.models import Batch, BatchLine, Bundle
from certificates.models import (
    Certificate,
    CertificateDocument,
    CertificateLookup,
    Letterhead,
    PaperImage,
    Revocation,
)
from certificates.statements import ParticipationStatement
from participants.mydata.registry import (
    Document,
    Shown,
    documents,
    exported,
    kept_out,
    withheld,
)

SUBJECT = "certificaat"


@withheld
def before_the_award_date(user):
    """What was decided about a certificate is told when the certificate is."""
    every = Certificate.objects.filter(enrolment__participant=user)
    for pk in every.exclude(pk__in=Certificate.objects.held_by(user)).values_list("pk", flat=True):
        yield f"certificate:{pk}"


@documents
def papers(user):
    for certificate in Certificate.objects.held_by(user).order_by("pk"):
        name = _("Certificaat %s.pdf") % certificate.number
        yield Document(name, lambda pk=certificate.pk: _opened(pk))
    for statement in _statements(user).defer("pdf").order_by("pk"):
        name = _("Bewijs van deelname %s.pdf") % f"{statement.made_at:%Y-%m-%d}"
        yield Document(name, lambda pk=statement.pk: _statement(pk))


def _opened(pk):
    return io.BytesIO(CertificateDocument.objects.get(pk=pk).pdf)


def _statement(pk):
    return io.BytesIO(ParticipationStatement.objects.get(pk=pk).pdf)


def _statements(user):
    return ParticipationStatement.objects.filter(enrolment__participant=user)


exported(
    Certificate,
    SUBJECT,
    gettext_lazy("Je certificaat"),
    rows=lambda user: Certificate.objects.held_by(user),
    shown={
        "number": gettext_lazy("Nummer"),
        "status": gettext_lazy("Stand"),
        "name": gettext_lazy("Naam"),
        "award_date": gettext_lazy("Uitgereikt op"),
        "issued_at": gettext_lazy("Gemaakt op"),
        "issued_by": gettext_lazy("Gemaakt door"),
        "hand_code": gettext_lazy("Code om te controleren"),
        "check_url": Shown(
            gettext_lazy("Adres om te controleren"), lambda row, reader: row.check_url
        ),
        "shown": gettext_lazy("Wat de controlepagina laat zien"),
        "ended_at": gettext_lazy("Geëindigd op"),
        "ended_by": gettext_lazy("Beëindigd door"),
        "end_category": gettext_lazy("Soort reden"),
        "end_reason": gettext_lazy("Reden"),
        "sha256": gettext_lazy("Vingerafdruk (SHA-256)"),
        "facts": gettext_lazy("Wat er op staat"),
        "evidence": gettext_lazy("Waar het op rust"),
    },
    left_out={
        "code": "stands in the address to check",
        "enrolment": "follows from the certificate",
        "replaces": "stands in the facts of both",
        "buried_at": "only set once nothing else is left",
    },
)
exported(
    Revocation,
    SUBJECT,
    gettext_lazy("Vragen om het in te trekken"),
    rows=lambda user: Revocation.objects.answered().filter(
        certificate__in=Certificate.objects.held_by(user)
    ),
    shown={
        "certificate": gettext_lazy("Certificaat"),
        "category": gettext_lazy("Soort reden"),
        "reason": gettext_lazy("Reden"),
        "asked_by": gettext_lazy("Gevraagd door"),
        "asked_at": gettext_lazy("Gevraagd op"),
        "answer": gettext_lazy("Antwoord"),
        "answered_by": gettext_lazy("Beantwoord door"),
        "answered_at": gettext_lazy("Beantwoord op"),
        "note": gettext_lazy("Toelichting"),
    },
)
exported(
    CertificateLookup,
    SUBJECT,
    gettext_lazy("Hoe vaak het is gecontroleerd"),
    rows=lambda user: CertificateLookup.objects.filter(
        certificate__in=Certificate.objects.held_by(user)
    ),
    shown={
        "certificate": gettext_lazy("Certificaat"),
        "day": gettext_lazy("Dag"),
        "count": gettext_lazy("Aantal"),
    },
)
exported(
    ParticipationStatement,
    SUBJECT,
    gettext_lazy("Bewijs van deelname"),
    rows=lambda user: _statements(user).defer("pdf"),
    shown={
        "made_at": gettext_lazy("Gemaakt op"),
        "made_by": gettext_lazy("Gemaakt door"),
        "facts": gettext_lazy("Wat er op staat"),
        "sha256": gettext_lazy("Vingerafdruk (SHA-256)"),
    },
    left_out={"enrolment": "follows from the paper", "pdf": "goes along as a file"},
)
kept_out(CertificateDocument, "the bytes go along as a file")
kept_out(Batch, "a coordinator's work on a whole cohort; the decisions tell who made what")
kept_out(BatchLine, "the working list of a batch, gone after a while; the certificate is shown")
kept_out(Bundle, "a file for a coordinator, gone after a day; the decisions tell who took it out")
kept_out(Letterhead, "what the papers of a whole track show; about nobody who takes part")
kept_out(PaperImage, "a logo or a signature of the organisation; who added it stands in the log")
