"""How the stored bytes of a certificate leave: as they are, for one reader, never cached."""

from django.http import HttpResponse


def pdf_response(certificate, *, as_attachment):
    """The PDF of ``certificate``. Who may have it, the caller has asked."""
    response = HttpResponse(bytes(certificate.document.pdf), content_type="application/pdf")
    kind = "attachment" if as_attachment else "inline"
    response["Content-Disposition"] = f'{kind}; filename="{certificate.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
