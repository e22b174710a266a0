"""The typeface of everything on paper: registered once per process, embedded in every file."""

import unicodedata
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from reportlab.pdfbase import pdfmetrics

from participants.paper.typeface import Typeface

FOLDER = settings.BASE_DIR / "node_modules/@expo-google-fonts/source-sans-3"

LIGHT, REGULAR, SEMIBOLD, BOLD = FACES = (
    "SourceSans3-Light",
    "SourceSans3-Regular",
    "SourceSans3-SemiBold",
    "SourceSans3-Bold",
)
FILES = {
    LIGHT: "300Light/SourceSans3_300Light.ttf",
    REGULAR: "400Regular/SourceSans3_400Regular.ttf",
    SEMIBOLD: "600SemiBold/SourceSans3_600SemiBold.ttf",
    BOLD: "700Bold/SourceSans3_700Bold.ttf",
}
# Of the face of the titles plain letters are enough: it has no other work.
READY_IN = {LIGHT: {"ready": ""}}


@cache
def register():
    """Make the faces known to ReportLab, which measures them and takes subsets of them.

    Raises ImproperlyConfigured when a font file is not there.
    """
    for face, file in FILES.items():
        path = FOLDER / file
        if not path.is_file():
            raise ImproperlyConfigured(
                f"Nothing can be drawn on paper: {path} is not there. Run `make install`, "
                "which fetches the typeface Source Sans 3."
            )
        pdfmetrics.registerFont(Typeface(face, str(path), **READY_IN.get(face, {})))


@cache
def characters():
    """Every character that all faces can draw standing alone, as a frozenset."""
    register()
    in_every_face = set.intersection(
        *(set(pdfmetrics.getFont(face).face.charToGlyph) for face in FACES)
    )
    return frozenset(chr(code) for code in in_every_face if stands_alone(chr(code)))


def stands_alone(character):
    """Whether it has a shape of its own: no control, no direction mark, no loose accent.

    A loose accent is drawn by rules of the font that we do not follow: it would land beside its
    letter. NFC has already put together every pair that can be put together.
    """
    category = unicodedata.category(character)
    return category[0] not in "CM" and category not in ("Zl", "Zp")


def printable(text, instead=""):
    """``text`` composed, on one line; a character that cannot be drawn becomes ``instead``."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    known = characters()
    return "".join(c if c in known else instead if stands_alone(c) else "" for c in composed)
