"""Some pages out of a stored PDF, and nothing of the others."""

import subprocess
import sys
from pathlib import Path

import pikepdf
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participants.files import pdf_cut

SECONDS = 20


def page_count(stored):
    """How many pages the PDF ``stored`` has; None for other kinds."""
    if stored.kind != stored.Kind.PDF:
        return None
    if stored.pages:
        return stored.pages
    with pikepdf.open(path_of(stored)) as pdf:  # kept before pages were counted
        return len(pdf.pages)


def pages_of(stored, numbers):
    """The bytes of a PDF with these pages of ``stored`` only; 1 is the first.

    Cut in a process of its own, as it was judged. Raises ValidationError (``cannot_cut``).
    """
    words = [sys.executable, "-I", pdf_cut.__file__, str(path_of(stored)), *map(str, numbers)]
    try:
        done = subprocess.run(words, env={}, capture_output=True, timeout=SECONDS, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as failure:
        raise ValidationError(
            _("We kunnen deze bladzijden nu niet laten zien. Voeg ze toe als foto."),
            code="cannot_cut",
        ) from failure
    return done.stdout


def path_of(stored):
    return Path(settings.MEDIA_ROOT) / stored.path
