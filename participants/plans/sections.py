"""The parts of a plan that is written on screen, in order, with their words (domain: plans)."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.plans.goal import LearningGoal

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
GOALS = "doelen"  # where the goals stand among the sections of a POP
OF_KIND = {"personal": POP, "group": GOP}
HINTS = {
    "goed": gettext_lazy("Begin hier. Eén zin is al een begin."),
    "intervisie": gettext_lazy("Schrijf hier niets over wat iemand in intervisie vertelde."),
}


@dataclass(frozen=True)
class Part:
    """A section, or one goal, of a plan that was written.

    ``key`` is the same in every version; ``section`` is what a remark hangs on.
    """

    key: str
    section: str
    label: str
    text: str


def cleaned(kind, sections):
    """The written parts of ``sections``, in order and without empty ones; may be none at all.

    Raises ValidationError with code ``invalid_sections`` (not texts by name),
    ``unknown_section`` or ``section_too_long``.
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
    return {name: text for name, text in stripped.items() if text}


def nothing_written():
    return ValidationError(
        _("Schrijf bij één onderdeel iets op. De rest kan later."), code="nothing_written"
    )


def parts(kind, sections, goals=()):
    """The Part of every section that has a text, in order, and of every goal."""
    found = []
    for name, label in OF_KIND[kind].items():
        if text := sections.get(name):
            found.append(Part(name, name, str(label), text))
        if name == GOALS:
            found += [_goal(goal, place) for place, goal in enumerate(goals, start=1)]
    return found


def _goal(goal, place):
    until = goal["until"] and formats.date_format(dt.date.fromisoformat(goal["until"]), "j F Y")
    lines = [
        ("", goal["what"]),
        (_("Waarom: "), goal["why"]),
        (_("Wat ga ik doen: "), goal["actions"]),
        (_("Klaar op: "), until),
        (_("Hoe merk ik het: "), goal["how_seen"]),
        (_("Stand: "), LearningGoal.State(goal["state"]).label),
    ]
    text = "\n".join(f"{word}{said}" for word, said in lines if said)
    return Part(f"goal-{goal['goal']}", GOALS, _("Leerdoel %d") % place, text)


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
