from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    name = "participants"
    verbose_name = _("Leerlijn")

    def ready(self):
        # A letter is known once the module of its slice was read; so is what a calendar shows,
        # who listens for what happens elsewhere, and what can be taken along.
        for name in ("letters", "agenda", "listening", "lists"):
            for module in sorted(Path(self.path).glob(f"*/{name}.py")):
                import_module(f"{self.name}.{module.parent.name}.{name}")
