from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("certificaten")

    def ready(self):
        # What of certificates belongs to a person; the participants cannot know.
        import_module("certificates.mydata")
