"""What every page shows besides its own content: the menu, by role and by where you are, and who
helps.
"""

from dataclasses import dataclass, replace

from django.utils.functional import SimpleLazyObject

from participants.enrolments.models import Enrolment
from participants.tracks.models import Cohort


@dataclass(frozen=True)
class Place:
    """One of the five words of the menu."""

    word: str
    href: str
    icon: str
    also: tuple = ()  # addresses elsewhere that belong to it
    current: str = ""  # the value of aria-current

    def seen_from(self, path):
        """This place as the menu of the page at ``path`` shows it."""
        if path == self.href:
            return replace(self, current="page")
        inside = self.href != "/" and path.startswith((self.href, *self.also))
        return replace(self, current="true" if inside else "")


# What stands on the page Meer and has no word of its own in the menu.
UNDER_MORE = (
    "/trainingen/",
    "/leerplekken/",
    "/mijn-gegevens/",
    "/certificaat/",
    "/bewaren/",
    "/wissen/",
)

PARTICIPANT = (
    Place("Begin", "/", "home"),
    Place("Uren", "/uren/", "clock"),
    Place("Lessen", "/lessen/", "people"),
    Place("Plannen", "/plannen/", "page"),
    Place("Meer", "/meer/", "menu", also=(*UNDER_MORE, "/gesprekken/")),
)
STAFF = (
    Place("Te doen", "/wacht/", "list", also=("/nakijken/",)),
    Place("Lessen", "/lessen/", "people"),
    Place("Lichting", "/lichtingen/", "home"),
    Place("Gesprekken", "/gesprekken/", "page"),
    Place("Meer", "/meer/", "menu", also=UNDER_MORE),
)


def navigation(request):
    """``navigation``: the five places of who is logged in; empty for anyone else.

    Lazy, so that a page without a menu asks the database nothing.
    """
    return {"navigation": SimpleLazyObject(lambda: places(request))}


def contact(request):
    """``contact``: the cohort whose contact helps who is logged in; a Cohort, or None.

    Lazy, so that only a page that shows it asks; a page that has the cohort brings it itself.
    """
    return {"contact": SimpleLazyObject(lambda: helping(request))}


def helping(request):
    """The cohort where the reader takes part, the running one first; None for anyone else."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.is_staff_member:
        return None
    own = Enrolment.objects.own(user).running_first().values("cohort")
    cohort = Cohort.objects.filter(pk=own[:1]).first()
    return cohort and Cohort.objects.helping(cohort)


def places(request):
    """The menu of this request, as a list of Place."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    menu = STAFF if user.is_staff_member else PARTICIPANT
    return [place.seen_from(request.path) for place in menu]
