"""Mail that we send: stored as a row in the transaction of the act, delivered after it.

A slice describes its letters in its own ``letters.py``::

    @letter("interview_planned")
    def interview_planned(interview_pk, user_pk):
        ...
        return Letter(user.email, subject, "mail/interview_planned.txt", {"interview": interview})

and an action posts one: ``post("interview_planned", interview.pk, user.pk)``. What is stored is the
kind and the ids, never a name, an address or a text.
"""

from participants.mailing.letters import Letter, letter
from participants.mailing.postbox import deliver_waiting, give_up_waiting, post, undeliverable

__all__ = [
    "Letter",
    "deliver_waiting",
    "give_up_waiting",
    "letter",
    "post",
    "undeliverable",
]
