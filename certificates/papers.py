"""How stored bytes leave: as they are, for one reader, never cached."""

from django.http import HttpResponse


def pdf_response(certificate, *, as_attachment):
    """The PDF of ``certificate``. Who may have it, the caller has asked."""
    return paper_response(certificate.document.pdf, certificate.number, as_attachment=as_attachment)


def paper_response(pdf, name, *, as_attachment):
    """The bytes ``pdf`` as a file called ``name``, for who asked and for no cache."""
    response = HttpResponse(bytes(pdf), content_type="application/pdf")
    kind = "attachment" if as_attachment else "inline"
    response["Content-Disposition"] = f'{kind}; filename="{name}.pdf"'
    return private(response)


def private(response):
    """``response`` for one reader: kept by no cache, and shown in no page of others."""
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
