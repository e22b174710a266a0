"""May this name be printed? Asked before anything is issued, never discovered on paper."""

import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.paper import fonts


def clean(name):
    """The name as it is kept and printed: composed (NFC), single spaces, nothing around it."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def unprintable(name):
    """The characters of ``name`` that cannot be printed, each once, in their order."""
    return list(dict.fromkeys(c for c in clean(name) if c not in fonts.characters()))


def refusal(name):
    """A sentence that says why ``name`` cannot be printed, or None when it can."""
    if not clean(name):
        return _("Vul de naam in zoals die op het certificaat moet staan.")
    refused = unprintable(name)
    if not refused:
        return None
    return ngettext(
        'De naam "%(name)s" heeft een teken dat we niet kunnen drukken: %(characters)s.',
        'De naam "%(name)s" heeft tekens die we niet kunnen drukken: %(characters)s.',
        len(refused),
    ) % {"name": shown(clean(name)), "characters": ", ".join(map(described, refused))}


def described(character):
    """For example "漢" (U+6F22); what cannot be seen goes by its code alone."""
    code = f"U+{ord(character):04X}"
    if not fonts.stands_alone(character):
        return _("een onzichtbaar of los teken (%(code)s)") % {"code": code}
    return f'"{character}" ({code})'


def shown(name):
    """The name with hidden characters made visible, so that none can turn the sentence around."""
    return "".join(c if fonts.stands_alone(c) else f"[U+{ord(c):04X}]" for c in name)
