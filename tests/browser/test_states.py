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
def test_a_page_bars_nobody_and_fits_every_screen(open_as, state, seen_at_a_desk):
    user, address = state.make()
    desk = is_new_at_a_desk(address, seen_at_a_desk)
    page = open_as(user, second_factor=not state.halfway)
    assert complaints(page, address, status=state.status, desk=desk) == []


@pytest.fixture(scope="session")
def seen_at_a_desk(tmp_path_factory, worker_id):
    """A folder of this run, of all its workers, with a file for each kind of page seen so."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "seen-at-a-desk"
    folder.mkdir(exist_ok=True)
    return folder


def is_new_at_a_desk(address, seen):
    """Whether no state of this kind of page was looked at on a wide screen; it is, from now on."""
    try:
        (seen / resolve(urlsplit(address).path).view_name).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


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
