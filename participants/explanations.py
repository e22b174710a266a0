"""One or two sentences per criterion, and who acts next. Words only: no rule lives here.

Written so that participant and staff read the same sentence (domain: people first, tone).
"""

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.hours.wording import in_words

PARTICIPANT, STAFF, TRAINER, GROUP = "participant", "staff", "trainer", "group"
COORDINATOR, ASSESSOR = "coordinator", "assessor"


def explain(criterion, figures):
    """``(sentence, waiting_on)`` for the ``figures`` of one criterion.

    ``waiting_on`` is participant, staff, trainer, group, coordinator, assessor, or None
    when the criterion is met.
    """
    if figures["exempted"]:
        return _("Vrijstelling: deze voorwaarde telt als behaald."), None
    return criterion.explain(figures)


def of_hours(figures):
    """Hours of work or study: what is there, what waits, what came back."""
    parts = [_standing(figures)]
    if figures.get("lowered_by"):
        parts.append(_("Vrijstelling: %s minder nodig.") % in_words(figures["lowered_by"]))
    if figures.get("in_meetings"):
        parts.append(_("%s komt uit bijeenkomsten.") % in_words(figures["in_meetings"]))
    if figures["submitted"]:
        parts.append(_("Er wacht nog %s op akkoord.") % in_words(figures["submitted"]))
    if returned := figures["returned"]:
        sentence = ngettext("%d regel vraagt aanvulling.", "%d regels vragen aanvulling.", returned)
        parts.append(sentence % returned)
    return " ".join(parts), _who_adds_hours(figures)


def _standing(figures):
    short = figures["required"] - figures["achieved"]
    if not figures["required"]:
        return _("Hier is geen minimum voor.")
    if short <= 0:
        return _("Behaald: %(achieved)s van de %(required)s.") % {
            "achieved": in_words(figures["achieved"]),
            "required": in_words(figures["required"]),
        }
    return _("Nog %s nodig.") % in_words(short)


def _who_adds_hours(figures):
    short = figures["required"] - figures["achieved"]
    if short <= 0:
        return None
    if figures["returned"] or figures["submitted"] < short:
        return PARTICIPANT
    return STAFF


def of_meetings(figures):
    """Lessons or intervision: attended of needed, and what has no register yet."""
    if not figures["planned"]:
        return _("Er is nog geen bijeenkomst gepland."), TRAINER
    counted = _("%(achieved)d keer geweest, %(required)d nodig.") % figures
    if figures["met"]:
        return _("Behaald: %s") % counted, None
    parts = [counted]
    if waiting := figures["open_registers"]:
        sentence = ngettext(
            "Van %d bijeenkomst is de presentielijst nog niet klaar.",
            "Van %d bijeenkomsten is de presentielijst nog niet klaar.",
            waiting,
        )
        parts.append(sentence % waiting)
        return " ".join(parts), TRAINER
    parts.append(_("Nog %d te gaan.") % (figures["required"] - figures["achieved"]))
    return " ".join(parts), PARTICIPANT


def of_pop(figures):
    """The personal plan: not begun, begun, shared, sent back with a question, complete."""
    if figures["met"]:
        return _("Behaald: het persoonlijk ontwikkelingsplan is compleet."), None
    if figures["submitted"] and figures["asked_for_more"]:
        return _("De trainer vraagt om een aanvulling."), PARTICIPANT
    if figures["submitted"]:
        return _("Gedeeld. De trainer leest het plan."), TRAINER
    if figures["started"]:
        return _("Er is een concept. Deel het als het klaar is."), PARTICIPANT
    return _("Er is nog geen plan."), PARTICIPANT


def of_gop(figures):
    """The group's plan: written together, completed by staff, endorsed by each member."""
    if figures["met"]:
        return _("Behaald: het groepsplan is compleet, met akkoord."), None
    if figures["complete"]:
        return _("Het groepsplan is compleet. Nu nog: 'Ik sta achter dit plan'."), PARTICIPANT
    if figures["started"]:
        return _("De groep schrijft aan het plan."), GROUP
    return _("De groep is nog niet begonnen."), GROUP


def of_interview(figures):
    """The final interview: not planned, planned, not yet shown, passed."""
    if figures["met"]:
        return _("Behaald: het eindgesprek is afgerond."), None
    if planned_at := figures["planned_at"]:
        day = formats.date_format(timezone.localtime(planned_at), "j F Y")
        return _("Gepland op %s.") % day, ASSESSOR
    if figures["not_yet"]:
        return _("Nog niet behaald. Een herkansing wordt gepland."), COORDINATOR
    return _("Nog niet gepland."), COORDINATOR
