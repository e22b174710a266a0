"""Telephone numbers as people write them: kept as typed, when it is a number."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHAPE = re.compile(r"\+?[\d ()/.-]{6,28}\d")


def cleaned(text):
    """``text`` with single spaces, or nothing; raises ValidationError (``no_phone``)."""
    line = " ".join(text.split())
    if line and not SHAPE.fullmatch(line):
        raise ValidationError(
            _("“%s” is geen telefoonnummer. Gebruik cijfers, bijvoorbeeld 06 0000 0000.") % line,
            code="no_phone",
        )
    return line
