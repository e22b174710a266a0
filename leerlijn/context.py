"""What every page shows besides its own content: the menu, by role and by where you are."""

from dataclasses import dataclass

from django.utils.functional import SimpleLazyObject


@dataclass(frozen=True)
class Place:
    """One of the five words of the menu."""

    word: str
    href: str
    icon: str
    current: str = ""  # the value of aria-current

    def seen_from(self, path):
        """This place as the menu of the page at ``path`` shows it."""
        if path == self.href:
            return Place(self.word, self.href, self.icon, "page")
        inside = self.href != "/" and path.startswith(self.href)
        return Place(self.word, self.href, self.icon, "true" if inside else "")


PARTICIPANT = (
    Place("Begin", "/", "home"),
    Place("Uren", "/uren/", "clock"),
    Place("Lessen", "/lessen/", "people"),
    Place("Plannen", "/plannen/", "page"),
    Place("Meer", "/meer/", "menu"),
)
STAFF = (
    Place("Nakijken", "/nakijken/", "list"),
    Place("Lessen", "/lessen/", "people"),
    Place("Lichting", "/lichtingen/", "home"),
    Place("Gesprekken", "/gesprekken/", "page"),
    Place("Meer", "/meer/", "menu"),
)


def navigation(request):
    """``navigation``: the five places of who is logged in; empty for anyone else.

    Lazy, so that a page without a menu asks the database nothing.
    """
    return {"navigation": SimpleLazyObject(lambda: places(request))}


def places(request):
    """The menu of this request, as a list of Place."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    menu = STAFF if user.is_staff_member else PARTICIPANT
    return [place.seen_from(request.path) for place in menu]
