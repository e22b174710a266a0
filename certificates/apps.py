from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from certificates.guards import GUARDS
from leerlijn.guards import stand


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("certificaten")

    def ready(self):
        # What of certificates belongs to a person; the participants cannot know.
        import_module("certificates.mydata")
        import_module("certificates.erasing")
        import_module("certificates.timeline")
        import_module("certificates.letters")
        import_module("certificates.checks")
        import_module("certificates.lists")
        import_module("certificates.waiting")
        stand(self, GUARDS)
