"""Pictures for on paper: drawn anew from their pixels, small enough to print, kept by hash."""

import hashlib
import io
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from certificates.letterheads.models import PaperImage
from participants.files import photos, storing

# 300 dots an inch in the room that there is on paper.
LARGEST = 700, 220
FEWEST = 40  # pixels of the shorter side: less is not seen as what it is
# Of a scan at least half is bare paper, whatever light it was made in.
PAPER_PERCENT = 50
INK_BELOW = 200  # from 0 (black) to 255: what is lighter is taken for a stain

# What can be wrong with a picture; all else is said of other kinds of files.
OF_A_PICTURE = ("empty_file", "too_large", "too_much_inside", "damaged")


def logo_of(upload):
    """The PNG bytes of an uploaded logo, on white.

    Raises ValidationError with a code of ``files.refusals``, or ``not_a_picture``, ``too_small``.
    """
    with _opened(upload) as picture:
        return _png(photos.on_white(picture))


def signature_of(upload):
    """The PNG bytes of a scanned signature: its ink in greys on white, and no paper around it.

    Raises ValidationError as ``logo_of`` does, and ``no_ink`` when nothing is on the paper.
    """
    with _opened(upload) as picture:
        grey = photos.on_white(picture).convert("L")
    scan = ImageOps.autocontrast(grey, cutoff=(0, PAPER_PERCENT)).point(_whitened)
    ink = ImageOps.invert(scan).getbbox()
    if not ink:
        raise ValidationError(
            _("Op deze scan zien we geen handtekening. Kies een scan op wit papier."),
            code="no_ink",
        )
    return _png(scan.crop(ink))


def _whitened(level):
    """Without the grain of the paper, or a scan would show as a grey box."""
    return min(255, level * 255 // INK_BELOW)


def _opened(upload):
    try:
        with storing.received(upload) as received:
            if received.kind in photos.FORMATS:
                return Image.open(io.BytesIO(received.draft.read_bytes()))
    except ValidationError as refusal:
        if refusal.code in OF_A_PICTURE:
            raise
    raise ValidationError(
        _("Dit is geen plaatje. Kies een JPEG- of PNG-bestand."), code="not_a_picture"
    )


def _png(picture):
    if min(picture.size) < FEWEST:
        raise ValidationError(
            _("Dit plaatje is te klein om te drukken. Kies een groter plaatje."), code="too_small"
        )
    picture.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    picture.info = {}
    png = io.BytesIO()
    picture.save(png, "PNG", optimize=True)
    return png.getvalue()


def sha256_of(png):
    return hashlib.sha256(png).hexdigest()


class Kept:
    """The bytes of every picture by its hash, read once per process: they never change.

    Raises LookupError for a hash that nobody put on paper.
    """

    def __getitem__(self, sha256):
        return _bytes_of(sha256)


@lru_cache(maxsize=64)
def _bytes_of(sha256):
    found = PaperImage.objects.filter(pk=sha256).values_list("png", flat=True).first()
    if found is None:
        raise LookupError(f"no picture has the hash {sha256}")
    return bytes(found)


KEPT = Kept()
