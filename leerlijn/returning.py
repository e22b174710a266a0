"""Back to one's place in the list of what waits.

An address with ``?wacht=uren-3`` was opened from that list: the third of the hours. The page
then shows the way back, and an answer that is taken leads there by itself. What was done has
left the list, so the same place holds the next one.
"""

import re
from urllib.parse import parse_qs, urlsplit

from django.urls import reverse

NAME = "wacht"
PLACE = re.compile(r"(?P<kind>[a-z]{0,20})-(?P<number>[0-9]{1,4})")


def back(request):
    """``back_to_pile``: the address of the place from which this page was opened, or ""."""
    return {"back_to_pile": address(request.GET.get(NAME, ""))}


def back_to_the_pile(get_response):
    """After an answer that was taken, back to the place in the list."""

    def middleware(request):
        response = get_response(request)
        place = _came_from(request) if request.method == "POST" else ""
        if place and response.status_code == 302 and not _leaves(request):
            response["Location"] = place
        return response

    return middleware


def address(place):
    """The address of ``place``, as "uren-3"; "" for anything else: nothing leads elsewhere."""
    found = PLACE.fullmatch(place)
    if not found:
        return ""
    query = f"?soort={found['kind']}" if found["kind"] else ""
    return f"{reverse('overview:waiting')}{query}#plaats-{found['number']}"


def _came_from(request):
    """Of the address itself, or of the page whose form has another address."""
    if here := address(request.GET.get(NAME, "")):
        return here
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return ""
    return address(parse_qs(page.query).get(NAME, [""])[0])


def _leaves(request):
    """Whether this is about logging in or out, and so about no answer."""
    return request.path.startswith("/accounts/")
