"""Is it time to talk? Expected hours against the calendar, as SQL about an outer Enrolment.

What other slices use (all of it set-based: one query for one row or for 100,000):

- ``of(enrolments)``: adds ``pace``, which ``lines`` and ``talk`` read;
- ``known(enrolments)``: a list of them that have their ``standing`` and ``pace``, in one query;
- ``lines(enrolment)``: for study and work how much stands there and how much was planned;
- ``talk(enrolment)`` and ``talk_for_staff(enrolment)``: a Talk ("Even praten?" and its words)
  or None. Both say the same; staff read it ``talk_first_days`` later, and no sooner than so many
  days after somebody was let in;
- ``to_talk(enrolments)`` and ``to_talk_for_staff(enrolments)``: those with whom it is time;
- ``planned(enrolments, days)``: what was planned for them together, to draw a line.

Planned is a straight line over the days of a person: from the first day (of the cohort, or
their own when later) up to the last (a personal one, else the end of the cohort plus pauses),
without the breaks of the cohort and the confirmed pauses. Days count once they are over.
"""

from participants.pace.calendar import known, of, planned, to_talk, to_talk_for_staff
from participants.pace.wording import LABEL, Talk, lines, talk, talk_for_staff

__all__ = [
    "LABEL",
    "Talk",
    "known",
    "lines",
    "of",
    "planned",
    "talk",
    "talk_for_staff",
    "to_talk",
    "to_talk_for_staff",
]
