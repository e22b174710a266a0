"""The rules for a password in our own words: Django's Dutch says "uw"."""

from django.contrib.auth import password_validation as django
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
