"""How a stored file leaves: as something to save, never as a page of ours."""

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from participants.files import cutting, rereading
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

    Behind nginx (MEDIA_ACCEL) the answer is empty and names the place of the bytes, which nginx
    then sends instead.

    Raises ValidationError with the code ``awaiting_scan``, ``infected``, ``file_missing`` or
    ``file_damaged``.
    """
    _refuse_unscanned(stored)
    content = _opened(stored)
    if not settings.MEDIA_ACCEL:
        return _to_save(FileResponse(content), stored.name, stored.kind)
    content.close()
    response = _to_save(HttpResponse(), stored.name, stored.kind)
    response["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL}{stored.path}"
    return response


def chosen_pages(stored, numbers):
    """A download with only these pages of the PDF ``stored``; 1 is the first.

    Raises ValidationError as ``attachment`` does, and with the code ``cannot_cut``.
    """
    _refuse_unscanned(stored)
    _opened(stored).close()
    stem = Path(stored.name).stem
    name = f"{stem} ({', '.join(map(str, numbers))}).pdf"
    pages = FileResponse(BytesIO(cutting.pages_of(stored, numbers)))
    return _to_save(pages, name, StoredFile.Kind.PDF)


def _to_save(response, name, kind):
    response["Content-Type"] = CONTENT_TYPES[kind]
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def refuse_infected(stored):
    """Raise ValidationError (``infected``) for a file that is gone because of a virus."""
    if stored.scan == StoredFile.Scan.INFECTED:
        raise ValidationError(
            _("In dit bestand zit een virus. Voeg een schone versie toe."), code="infected"
        )


def _refuse_unscanned(stored):
    refuse_infected(stored)
    if stored.scan != StoredFile.Scan.CLEAN:
        raise ValidationError(
            _("We controleren dit bestand nog op virussen. Probeer het straks opnieuw."),
            code="awaiting_scan",
        )


def _opened(stored):
    try:
        file = (Path(settings.MEDIA_ROOT) / stored.path).open("rb")
    except FileNotFoundError:
        raise ValidationError(
            _("We kunnen dit bestand nu niet vinden. Vraag je coördinator om hulp."),
            code="file_missing",
        ) from None
    try:
        rereading.refuse_damaged(stored, file)
    except ValidationError:
        file.close()
        raise
    return file
