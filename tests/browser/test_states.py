"""Every page in every state that its slice lists: no barrier, nothing too small or too wide."""

from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.urls import resolve

from tests.browser import looking
from tests.browser.looking import complaints

SLICES = sorted(path.stem for path in Path(__file__).parent.glob("states_*.py"))
STATES = [state for name in SLICES for state in import_module(f"tests.browser.{name}").STATES]


LOOKED_AT_ON_SQLITE = "a page looks the same on either database; SQLite's run looks at it"


@pytest.mark.skipif(connection.vendor != "sqlite", reason=LOOKED_AT_ON_SQLITE)
@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_page_bars_nobody_and_fits_every_screen(open_as, state):
    user, address = state.make()
    desk = is_new_at_a_desk(address)
    assert complaints(open_as(user), address, status=state.status, desk=desk) == []


SEEN_AT_A_DESK = set()


def is_new_at_a_desk(address):
    """Whether no state of this kind of page was looked at on a wide screen; it is, from now on."""
    kind = resolve(urlsplit(address).path).view_name
    is_new = kind not in SEEN_AT_A_DESK
    SEEN_AT_A_DESK.add(kind)
    return is_new


def test_what_bars_people_is_found(open_as):
    """The check itself: a page made wrong in each way."""
    page = open_as()
    page.goto("/hulp/")
    page.evaluate(
        """() => {
          const main = document.querySelector("main");
          main.insertAdjacentHTML("beforeend", "<button>x</button><input>");
          main.append(document.createElement("img"));
          main.append(Object.assign(document.createElement("pre"), { innerText: "x".repeat(200) }));
          document.querySelector("h1").remove();
        }"""
    )
    found = looking.barriers(page) + page.evaluate(looking.SMALL_TARGETS) + looking.sideways(page)
    said = " ".join(found)
    for fault in ("label", "image-alt", "page-has-heading-one", 'button "x"', "pixels wide"):
        assert fault in said
