"""How a stored file leaves: as something to save, never as a page of ours."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.utils.translation import gettext as _

from participants.files.models import StoredFile

CONTENT_TYPES = {
    StoredFile.Kind.PDF: "application/pdf",
    StoredFile.Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    StoredFile.Kind.ODT: "application/vnd.oasis.opendocument.text",
    StoredFile.Kind.JPEG: "image/jpeg",
    StoredFile.Kind.PNG: "image/png",
}


def attachment(stored):
    """The bytes of ``stored`` as a download. Who may have it, the caller has asked.

    Raises ValidationError with the code ``awaiting_scan``, ``infected`` or ``file_missing``.
    """
    _refuse_unscanned(stored)
    response = FileResponse(
        _opened(stored),
        as_attachment=True,
        filename=stored.name,
        content_type=CONTENT_TYPES[stored.kind],
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _refuse_unscanned(stored):
    if stored.scan == StoredFile.Scan.INFECTED:
        raise ValidationError(
            _("In dit bestand zit een virus. Voeg een schone versie toe."), code="infected"
        )
    if stored.scan != StoredFile.Scan.CLEAN:
        raise ValidationError(
            _("We controleren dit bestand nog op virussen. Probeer het straks opnieuw."),
            code="awaiting_scan",
        )


def _opened(stored):
    try:
        return (Path(settings.MEDIA_ROOT) / stored.path).open("rb")
    except FileNotFoundError:
        raise ValidationError(
            _("We kunnen dit bestand nu niet vinden. Vraag je coördinator om hulp."),
            code="file_missing",
        ) from None
