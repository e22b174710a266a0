"""Several people of one name: nobody may take the one for the other."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from participants.accounts.names import folded


@dataclass(frozen=True)
class Namesakes:
    """People who have one name, known apart by their e-mail addresses."""

    name: str
    addresses: list

    def __str__(self):
        said = _("%(count)d mensen heten %(name)s. Kijk of dat klopt.")
        return said % {"count": len(self.addresses), "name": self.name}


def shared(people, among):
    """The ``name_key`` of those of ``people`` who have a namesake, in one query.

    ``among`` are the enrolments that the reader sees, with those of ``people``: somebody who
    takes part in two cohorts is one person.
    """
    theirs = among.filter(participant__name_key__in={person.name_key for person in people})
    counted = theirs.order_by().values("participant__name_key")
    counted = counted.annotate(people=Count("participant", distinct=True)).filter(people__gt=1)
    return frozenset(counted.values_list("participant__name_key", flat=True))


def repeated(names):
    """The folded names that occur more than once among ``names``."""
    counts = Counter(map(folded, names))
    return frozenset(name for name, count in counts.items() if count > 1)


def among(people):
    """Namesakes for every name that several of ``people`` ({address: name}) have."""
    found = defaultdict(list)
    for address, name in people.items():
        found[folded(name)].append((address, name))
    return [
        Namesakes(name=same[0][1], addresses=[address for address, _name in same])
        for same in found.values()
        if len(same) > 1
    ]
