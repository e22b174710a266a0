"""How a large file of certificates leaves: saved, never shown, never kept on the way."""

from certificates.ceremonies.models import Bundle

TYPES = {"zip": "application/zip", "pdf": "application/pdf"}


def downloaded(response, kind):
    """``response`` with the name and the type of a file of ``kind``."""
    extension = "zip" if kind == Bundle.Kind.ZIP else "pdf"
    response["Content-Type"] = TYPES[extension]
    response["Content-Disposition"] = f'attachment; filename="certificaten.{extension}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
