"""The one thing to do now, and the greeting: chosen from the lines of progress, no rule here.

``waiting_on`` says whose turn it is; this only puts the participant's turns in an order.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leerlijn.templatetags.dates import long_date
from participants.enrolments.models import Enrolment
from participants.explanations import PARTICIPANT
from participants.hours.wording import in_words

HOURS = ("work", "study")
MEETINGS = ("lessons", "intervision")
_SEE_HOURS = gettext_lazy("Bekijk je uren")
# Where a participant does something about a criterion.
PLACES = {
    "work": "hours:list",
    "study": "hours:list",
    "lessons": "sessions:list",
    "intervision": "sessions:list",
    "pop": "plans:list",
    "gop": "plans:list",
    "interview": "interviews:list",
}


@dataclass(frozen=True)
class Step:
    """One sentence, and the button that goes with it; ``title`` says whether anything is asked."""

    text: str
    href: str = ""
    action: object = ""
    title: object = ""  # empty: one thing now


NOTHING_NOW = gettext_lazy("Zo staat het ervoor")


def next_step(enrolment, lines):
    """The Step for a participant, from ``progress.lines`` and the state of the enrolment."""
    by_key = {line["key"]: line for line in lines}
    for suggest in SUGGESTIONS:
        if step := suggest(enrolment, by_key):
            return step
    return _others_act(lines)


def _not_taking_part(enrolment, by_key):
    if enrolment.status == Enrolment.Status.APPLIED:
        return Step(
            _("Je hoeft nu niets te doen. Je hoort van ons of je mee kunt doen."),
            reverse("enrolments:application", args=[enrolment.pk]),
            _("Bekijk je aanmelding"),
            NOTHING_NOW,
        )
    if enrolment.status == Enrolment.Status.STOPPED:
        return Step(
            _("Je bent gestopt. Wat je deed, telt. Je kunt er een bewijs van krijgen."),
            # By its name: certificates stand above this layer.
            reverse("certificates:statement", args=[enrolment.pk]),
            _("Naar je bewijs van deelname"),
            NOTHING_NOW,
        )
    return None


def has_begun(enrolment):
    """Whether the first day of this person has come."""
    return enrolment.starts_on <= timezone.localdate()


def _before_the_start(enrolment, by_key):
    if has_begun(enrolment):
        return None
    text = _("We beginnen op %s. Kijk alvast wanneer de eerste les is.")
    return Step(
        text % long_date(enrolment.starts_on), reverse("sessions:list"), _("Bekijk de data")
    )


def _complete(enrolment, by_key):
    if not all(line["met"] for line in by_key.values()):
        return None
    if enrolment.name_confirmed_at is None:
        return Step(
            _("Kijk nog even of je naam klopt. Zo komt hij op je certificaat."),
            reverse("enrolments:name", args=[enrolment.pk]),
            _("Controleer je naam"),
        )
    return Step(
        _("Wij maken je certificaat. Jij hoeft niets meer te doen."),
        reverse("hours:list"),
        _SEE_HOURS,
        NOTHING_NOW,
    )


def _returned(enrolment, by_key):
    count = sum(by_key[key]["returned"] for key in HOURS)
    if not count:
        return None
    text = ngettext(
        "%d regel met uren kwam terug met een vraag. Vul die aan.",
        "%d regels met uren kwamen terug met een vraag. Vul ze aan.",
        count,
    )
    return Step(text % count, f"{reverse('hours:list')}?status=returned", _("Vul je uren aan"))


def _paused(enrolment, by_key):
    if enrolment.state != "paused":
        return None
    return Step(
        _until(enrolment) + _("Wat je deed, blijft staan. Je hoeft nu niets te doen."),
        reverse("hours:list"),
        _SEE_HOURS,
        NOTHING_NOW,
    )


def _until(enrolment):
    day = enrolment.paused_until
    return _("Je hebt pauze tot en met %s. ") % long_date(day) if day else _("Je hebt nu pauze. ")


def _asked_by_staff(enrolment, by_key):
    pop, gop = by_key["pop"], by_key["gop"]
    if _mine(gop):
        return Step(
            _("Het plan van je groep is compleet (GOP). Lees het en zeg of je erachter staat."),
            reverse("plans:list"),
            _("Lees het groepsplan"),
        )
    if _mine(pop) and pop["submitted"]:
        return Step(
            _("Je trainer heeft een vraag over je POP. Vul je plan aan."),
            reverse("plans:list"),
            _("Bekijk de vraag"),
        )
    return None


def _hours(enrolment, by_key):
    mine = [by_key[key] for key in HOURS if _mine(by_key[key])]
    if not mine:
        return None
    if not any(by_key[key]["achieved"] or by_key[key]["submitted"] for key in HOURS):
        text = _("Schrijf je eerste uur op. Dat kost één minuut.")
    elif max(mine, key=_still_to_write)["key"] == "work":
        text = _("Schrijf op wat je deze week deed op je leerplek. Dat kost één minuut.")
    else:
        text = _("Schrijf op wat je deze week leerde of las. Dat kost één minuut.")
    return Step(text, reverse("hours:new"), _("Schrijf uren op"))


def _pop(enrolment, by_key):
    pop = by_key["pop"]
    if not _mine(pop):
        return None
    if pop["started"]:
        text = _("Je plan (POP) is begonnen. Lees het nog eens en deel het met je trainer.")
    else:
        text = _("Begin aan je plan (POP). Waar ben je goed in? Eén zin is al een begin.")
    return Step(text, reverse("plans:list"), _("Naar je plan"))


def _meetings(enrolment, by_key):
    for key in MEETINGS:
        if _mine(by_key[key]):
            text = _("%(label)s: %(explanation)s Kijk wanneer de volgende keer is.")
            return Step(text % by_key[key], reverse("sessions:list"), _("Bekijk de data"))
    return None


def _interview(enrolment, by_key):
    if not _mine(by_key["interview"]):
        return None
    text = _("%(label)s: %(explanation)s")
    return Step(text % by_key["interview"], reverse("interviews:list"), _("Naar je eindgesprek"))


def _others_act(lines):
    line = next(line for line in lines if not line["met"])
    text = _("Je hoeft nu even niets te doen. %(label)s: %(explanation)s")
    return Step(text % line, reverse(PLACES[line["key"]]), _("Bekijk hoe het staat"), NOTHING_NOW)


SUGGESTIONS = [
    _not_taking_part,
    _complete,
    _before_the_start,
    _paused,
    _returned,
    _asked_by_staff,
    _hours,
    _pop,
    _meetings,
    _interview,
]


def _mine(line):
    return line["waiting_on"] == PARTICIPANT


def _still_to_write(line):
    return line["required"] - line["achieved"] - line["submitted"]


def greeting(enrolment, lines):
    """The heading of the first screen: a sentence with the first name."""
    return _("Dag %(name)s, %(how)s") % {
        "name": enrolment.participant.first_name,
        "how": _how_far(enrolment, lines),
    }


def _how_far(enrolment, lines):
    hours = [line for line in lines if line["key"] in HOURS]
    if enrolment.status == Enrolment.Status.STOPPED:
        return _("dit heb je gedaan")
    if enrolment.status == Enrolment.Status.APPLIED:
        return _("je aanmelding is binnen")
    if all(line["met"] for line in lines):
        return _("alles is behaald!")
    if not has_begun(enrolment):
        return _("fijn dat je meedoet")
    if enrolment.state == "paused":
        return _("neem je tijd")
    if not any(line["achieved"] or line["submitted"] or line["exempted"] for line in lines):
        return _("fijn dat je er bent")
    if all(line["met"] for line in hours):
        return _("je uren zijn binnen")
    if all(line["met"] or line["achieved"] * 2 > line["required"] for line in hours):
        return _("je bent over de helft")
    return _("je bent goed op weg")


def already_there(lines):
    """What stands already, as sentences; none at the very beginning."""
    by_key = {line["key"]: line for line in lines}
    work, study = (by_key[key]["achieved"] for key in HOURS)
    lessons, intervision = (by_key[key]["achieved"] for key in MEETINGS)
    sentences = []
    if work or study:
        sentences.append(
            _("%(study)s studie en %(work)s werk zijn akkoord.")
            % {"study": in_words(study), "work": in_words(work)}
        )
    if lessons or intervision:
        sentences.append(
            _("Je was %(lessons)d keer bij een les en %(intervision)d keer bij intervisie.")
            % {"lessons": lessons, "intervision": intervision}
        )
    return sentences
