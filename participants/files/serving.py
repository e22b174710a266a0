"""How a stored file leaves: as something to save, never as a page of ours."""

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.utils.translation import gettext as _

from participants.files import cutting
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
    return _to_save(_opened(stored), stored.name, stored.kind)


def chosen_pages(stored, numbers):
    """A download with only these pages of the PDF ``stored``; 1 is the first.

    Raises ValidationError as ``attachment`` does, and with the code ``cannot_cut``.
    """
    _refuse_unscanned(stored)
    _opened(stored).close()
    stem = Path(stored.name).stem
    name = f"{stem} ({', '.join(map(str, numbers))}).pdf"
    return _to_save(BytesIO(cutting.pages_of(stored, numbers)), name, StoredFile.Kind.PDF)


def _to_save(content, name, kind):
    response = FileResponse(
        content, as_attachment=True, filename=name, content_type=CONTENT_TYPES[kind]
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
