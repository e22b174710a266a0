"""The sentences for a file that we do not take. Each says what to do next."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

MOST_PHOTOS = 20
LARGEST_BYTES = 25 * 1024 * 1024
QUOTA_BYTES = 200 * 1024 * 1024

SENTENCES = {
    "empty_file": gettext_noop("Dit bestand is leeg. Kies een bestand waar iets in staat."),
    "too_large": gettext_noop(
        "Dit bestand is groter dan 25 MB. Maak het kleiner, bijvoorbeeld met minder foto's, "
        "en kies het opnieuw."
    ),
    "unknown_kind": gettext_noop(
        "Dit soort bestand kunnen we niet lezen. Kies een PDF, een Word-bestand (.docx), "
        "een ODT-bestand of een foto (JPEG of PNG)."
    ),
    "damaged": gettext_noop(
        "Dit bestand is beschadigd. Open het op je computer, sla het opnieuw op en kies het "
        "nieuwe bestand."
    ),
    "encrypted": gettext_noop(
        "Dit bestand is beveiligd met een wachtwoord. Sla het op zonder wachtwoord en kies het "
        "opnieuw."
    ),
    "active_content": gettext_noop(
        "In dit bestand zit een script of een ander bestand. Druk het af naar een nieuwe PDF en "
        "kies die."
    ),
    "macros": gettext_noop(
        "In dit bestand zitten macro's. Sla het op als PDF of zonder macro's en kies het opnieuw."
    ),
    "external_target": gettext_noop(
        "Dit bestand haalt iets op van een andere plek, bijvoorbeeld een plaatje van internet. "
        "Maak er een PDF van en kies die."
    ),
    "too_much_inside": gettext_noop(
        "Dit bestand wordt te groot als we het openen. Maak er een kleinere PDF van en kies die."
    ),
    "too_many": gettext_noop(
        "Dit zijn meer dan 20 foto's. Kies er hoogstens 20, of maak er een PDF van."
    ),
    "not_only_photos": gettext_noop(
        "Kies één bestand, of alleen foto's. Van meer foto's maken wij één PDF."
    ),
    "quota": gettext_noop(
        "Je hebt samen al bijna 200 MB aan bestanden bij ons. Kies een kleiner bestand, of vraag "
        "je coördinator om hulp."
    ),
}
INSTEAD = {
    "heic": gettext_noop(
        "Deze foto kunnen we niet lezen. Sla hem op als JPEG en kies hem opnieuw."
    ),
    "photo": gettext_noop(
        "Deze foto is groter dan 50 megapixel. Sla hem kleiner op en kies hem opnieuw."
    ),
    "drawing": gettext_noop(
        "Deze afbeelding is groter dan 12 megapixel. Sla hem kleiner op of als gewone JPEG, en "
        "kies hem opnieuw."
    ),
    "doc": gettext_noop(
        "Dit is een oud Office-bestand. Sla het op als .docx of als PDF en kies het opnieuw."
    ),
}


def refusal(code, *, instead=None):
    """A ValidationError with ``code`` and its sentence; ``instead`` names a more exact one."""
    return ValidationError(_(INSTEAD[instead] if instead else SENTENCES[code]), code=code)
