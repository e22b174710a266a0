"""Sentences of refusals that several acts on plans share. Each says what to do next."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def is_complete():
    return ValidationError(
        _("Dit plan is compleet en verandert niet meer. Vraag je trainer als er iets niet klopt."),
        code="is_complete",
    )


def not_complete():
    return ValidationError(_("Dit plan is nog niet compleet."), code="not_complete")


def changed():
    return ValidationError(
        _("Er is intussen een nieuwere versie. Lees die eerst, en kies dan opnieuw."),
        code="changed",
    )


def typed_elsewhere():
    return ValidationError(
        _(
            "Je schreef intussen verder in een ander venster. Lees die tekst, en kijk wat je van "
            "deze wilt houden."
        ),
        code="changed",
    )


def section_changed():
    return ValidationError(
        _(
            "Iemand anders was je net voor bij dit onderdeel. Lees die tekst, en kijk wat je van "
            "jouw tekst wilt houden."
        ),
        code="changed",
    )


def group_plan():
    return ValidationError(_("Dit kan alleen in je eigen plan, je POP."), code="group_plan")
