"""The parts of a plan that is written on screen, in order, with their words (domain: plans)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 10_000

POP = {
    "goed": gettext_lazy("Wat gaat goed?"),
    "leren": gettext_lazy("Wat wil ik leren?"),
    "rol": gettext_lazy("Mijn rol en meerwaarde"),
    "doelen": gettext_lazy("Mijn leerdoelen"),
    "trainingen": gettext_lazy("Welke trainingen kies ik?"),
    "nodig": gettext_lazy("Wie en wat heb ik nodig?"),
    "volhouden": gettext_lazy("Hoe houd ik het vol?"),
    "terugblik": gettext_lazy("Terugblik"),
}
GOP = {
    "doel": gettext_lazy("Ons gezamenlijke doel"),
    "meebrengen": gettext_lazy("Wat brengen we mee?"),
    "nu_en_straks": gettext_lazy("Nu en straks"),
    "groepsdoelen": gettext_lazy("Onze groepsdoelen"),
    "afspraken": gettext_lazy("Onze afspraken"),
    "rollen": gettext_lazy("Wie doet wat?"),
    "intervisie": gettext_lazy("Hoe doen we intervisie?"),
    "samen_leren": gettext_lazy("Hoe leren we samen?"),
    "terugblik": gettext_lazy("Terugblik"),
}
OF_KIND = {"personal": POP, "group": GOP}
HINTS = {
    "goed": gettext_lazy("Begin hier. Eén zin is al een begin."),
    "doelen": gettext_lazy(
        "Eén tot vijf doelen. Schrijf bij elk: wat, waarom, wat je gaat doen, wanneer het klaar "
        "is en hoe je merkt dat het lukt."
    ),
    "intervisie": gettext_lazy("Schrijf hier niets over wat iemand in intervisie vertelde."),
}


def cleaned(kind, sections):
    """The written parts of ``sections``, in order and without empty ones.

    Raises ValidationError with code ``invalid_sections`` (not texts by name),
    ``unknown_section``, ``section_too_long`` or ``nothing_written``.
    """
    labels = OF_KIND[kind]
    _refuse_other_shapes(sections, labels)
    stripped = {name: sections[name].strip() for name in labels if name in sections}
    for name, text in stripped.items():
        if len(text) > LONGEST:
            raise ValidationError(
                _("“%(label)s” is te lang. Maak het korter dan %(most)d tekens."),
                code="section_too_long",
                params={"label": labels[name], "most": LONGEST},
            )
    if not any(stripped.values()):
        raise ValidationError(
            _("Schrijf bij één onderdeel iets op. De rest kan later."), code="nothing_written"
        )
    return {name: text for name, text in stripped.items() if text}


def texts(kind, sections):
    """``(label, text)`` of every part of ``sections`` that has a text, in order."""
    labels = OF_KIND[kind].items()
    return [(label, sections[name]) for name, label in labels if sections.get(name)]


def _refuse_other_shapes(sections, labels):
    is_texts = isinstance(sections, dict) and all(
        isinstance(text, str) and "\x00" not in text for text in sections.values()
    )
    if not is_texts:
        raise ValidationError(
            _("Stuur de onderdelen van het plan als teksten, elk onder zijn naam."),
            code="invalid_sections",
        )
    if set(sections) - set(labels):
        raise ValidationError(
            _("Dit plan heeft alleen deze onderdelen: %(names)s."),
            code="unknown_section",
            params={"names": ", ".join(labels)},
        )
