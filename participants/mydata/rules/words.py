"""What several rules say in the same way."""

from django.utils.translation import gettext_lazy as _

from participants.mydata.registry import Shown

SECRET = "a key that opens something, or is worked out from one"
INSIDE = "how the software keeps order; says nothing about a person"
FOLLOWS = "follows from what is shown"
OF_COHORT = Shown(_("Lichting"), lambda row, reader: row.enrolment.cohort.name)


def final(name, label):
    """A field of a talk that counts from the moment the talk is final; before that, a draft."""
    return Shown(label, lambda row, reader: getattr(row, name) if row.is_final else "")


def final_of_talk(name, label):
    """The same for a part of a talk."""
    return Shown(label, lambda row, reader: getattr(row, name) if row.interview.is_final else "")
