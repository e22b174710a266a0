"""The states in which every page is looked at; each slice lists its own in ``states_<slice>.py``.

STATES = [State("hours, none yet", none_yet)]

def none_yet():
    return current_enrolment().participant, "/uren/"
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """One page in one state. ``make`` builds it and gives who looks (or None) and the address.

    ``halfway``: who looks did not show a second factor yet.
    """

    name: str
    make: Callable
    status: int = 200
    halfway: bool = False

    def __str__(self):
        return self.name
