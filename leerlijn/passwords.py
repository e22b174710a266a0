"""The rules for a password in our own words: Django's Dutch says "uw"."""

import re

from django.conf import settings
from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Similar(django.UserAttributeSimilarityValidator):
    def get_error_message(self):
        return _("Dit lijkt te veel op je naam of e-mailadres. Kies een ander wachtwoord.")

    def get_help_text(self):
        return _("Gebruik niet je naam of je e-mailadres.")


class Short(django.MinimumLengthValidator):
    def get_error_message(self):
        return _("Kies minstens %(min_length)d tekens.") % {"min_length": self.min_length}

    def get_help_text(self):
        return _("Minstens %(min_length)d tekens.") % {"min_length": self.min_length}


class Common(django.CommonPasswordValidator):
    def get_error_message(self):
        return _("Dit wachtwoord kiezen veel mensen. Kies iets wat minder makkelijk te raden is.")

    def get_help_text(self):
        return _("Niet een woord dat iedereen kiest, zoals welkom123.")


class Ours:
    """Refuses what is little more than words that everybody here knows (docs/security)."""

    WORDS = frozenset(
        "leerlijn deelnemer begeleider beoordelaar beheerder coordinator coördinator trainer "
        "certificaat lichting leerplek opleiding ervaringsdeskundige wachtwoord welkom".split()
    )
    SHORTEST_WORD, REST = 4, 8
    CODE = "password_of_ours"

    def validate(self, password, user=None):
        """Raises ValidationError when under 8 characters are left without such words."""
        rest = password.casefold()
        for word in sorted(self.WORDS | of_this_site(), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < min(self.REST, len(password)):
            raise ValidationError(
                _("Dit bestaat vooral uit woorden die hier iedereen kent. Kies iets anders."),
                code=self.CODE,
            )

    def get_help_text(self):
        return _("Niet de naam van deze site of van de organisatie.")


def of_this_site():
    """The words of the organisation: those in the address of the site and in that of its mail."""
    said = f"{settings.SITE_URL} {settings.DEFAULT_FROM_EMAIL}".casefold()
    words = re.findall(r"[^\W\d_]+", said)
    return {word for word in words if len(word) >= Ours.SHORTEST_WORD} - {"http", "https"}
