"""Whose turn is it for a person in the cohort table? Read from the lines of progress alone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerlijn.templatetags.dates import short_date
from leerlijn.templatetags.figures import ACTORS as ACTOR_WORDS
from participants import pace, progress
from participants.accounts.models import Role
from participants.enrolments.models import Enrolment
from participants.explanations import (
    ASSESSOR,
    COORDINATOR,
    GROUP,
    PARTICIPANT,
    STAFF,
    TRAINER,
)

# The words of ``waiting_on`` that mean somebody with this role. A coordinator may review hours
# too, but waits for who usually does.
ACTORS = {
    Role.Kind.TRAINER: {TRAINER, STAFF},
    Role.Kind.ASSESSOR: {ASSESSOR, STAFF},
    Role.Kind.COORDINATOR: {COORDINATOR},
}
# Whose turn is named when several may act; for the table only.
FIRST = (STAFF, TRAINER, ASSESSOR, COORDINATOR, PARTICIPANT, GROUP)
STATES = {
    "applied": (gettext_lazy("Aangemeld"), "purple"),
    "declined": (gettext_lazy("Niet toegelaten"), ""),
    "stopped": (gettext_lazy("Gestopt"), ""),
    "completed": (gettext_lazy("Afgerond"), "lime"),
}
COLUMNS = ("study", "work", "lessons", "intervision", "pop", "gop", "interview")


@dataclass(frozen=True)
class Row:
    """One person in the table: the lines by column, and the line that is next."""

    enrolment: Enrolment
    lines: list
    turn: dict | None  # a line of progress; None when every criterion is met
    actor: str  # who acts on ``turn``: a word of ``waiting_on``
    is_mine: bool  # whether ``turn`` waits for the reader
    shared: frozenset = frozenset()  # see ``namesakes.shared``

    @property
    def has_namesake(self):
        """Whether somebody else in the cohort has this name."""
        return self.enrolment.participant.name_key in self.shared

    @property
    def talk(self):
        """The Talk of an enrolment that came from ``pace.of`` too; None where all goes well."""
        return pace.talk_for_staff(self.enrolment)

    @property
    def open_lines(self):
        return [line for line in self.lines if not line["met"]]

    @property
    def badge(self):
        """(words, tone): who acts next, or the state that explains why nobody does."""
        state = self.enrolment.state
        if state in STATES:
            return STATES[state]
        if self.turn is None:
            return _("Certificaat kan"), "yellow"
        if state == "paused":
            until = short_date(self.enrolment.paused_until)
            return _("Pauze t/m %s") % until if until else _("Pauze"), ""
        if self.is_mine:
            return _("Jij: %s") % self.turn["label"], "yellow"
        return f"{self._who}: {self.turn['label']}", ""

    @property
    def _who(self):
        if self.actor == PARTICIPANT:
            return self.enrolment.participant.first_name
        return ACTOR_WORDS[self.actor]


def actors_by_cohort(user):
    """A function from the key of a cohort to the words of ``waiting_on`` that mean ``user``."""
    held = [(here, ACTORS[kind]) for kind, here in user.roles_held if kind in ACTORS]
    return lambda key: set().union(*(words for here, words in held if here in (None, key)))


def actors_of(user, cohort):
    """The words of ``waiting_on`` that mean ``user`` in ``cohort``."""
    return actors_by_cohort(user)(cohort.pk)


def rows(enrolments, actors, shared=frozenset()):
    """A Row for each of ``enrolments`` (from ``progress.of``), in their order.

    ``shared`` tells who has a namesake, see ``namesakes.shared``.
    """
    return [row_of(enrolment, actors, shared) for enrolment in enrolments]


def waiting_for(enrolments, actors):
    """Those of ``enrolments`` where somebody of ``actors`` acts next, as a QuerySet.

    Reads all of them once: the words of ``waiting_on`` exist in Python only.
    """
    active = progress.of(enrolments.active())
    keys = [row.enrolment.pk for row in rows(active, actors) if row.is_mine]
    return enrolments.filter(pk__in=keys)


def row_of(enrolment, actors, shared=frozenset()):
    """The Row of one enrolment, as of ``rows``."""
    by_key = {line["key"]: line for line in progress.lines(enrolment)}
    lines = [by_key[key] for key in COLUMNS]
    turns = _ripe([(line, _actor(line)) for line in lines if not line["met"]])
    # Stable: within one actor the order of the columns stays.
    turns.sort(key=lambda turn: (turn[1] not in actors, FIRST.index(turn[1])))
    turn, actor = turns[0] if turns else (None, COORDINATOR)
    return Row(
        enrolment=enrolment,
        lines=lines,
        turn=turn,
        actor=actor,
        is_mine=actor in actors,
        shared=shared,
    )


def _actor(line):
    """Who can do something now: hours that were handed in wait for an answer first."""
    handed_in = line["unit"] == "minutes" and line["submitted"]
    return STAFF if handed_in else line["waiting_on"]


def _ripe(turns):
    """The interview comes after the rest: until then nobody has to plan it."""
    rest = [turn for turn in turns if turn[0]["key"] != "interview" or turn[0]["submitted"]]
    return rest or turns
