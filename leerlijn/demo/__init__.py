"""A house with invented people in it, so that one can walk the whole road at once.

Everything is dated relative to today. Nobody here exists.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from leerlijn.demo import coming, finished, groundwork, people, running, supervisors
from participants.accounts import demo_codes
from participants.models import User

PASSWORD = "leerlijn-demo"  # noqa: S105 - of the demo only


@dataclass(frozen=True)
class Demo:
    """What one build of the demo shares: today, and who is who."""

    today: dt.date
    people: dict


def exists():
    return User.objects.filter(is_demo=True).exists()


def real_people():
    """People who did not come with the demo; where there are any, the demo stays away."""
    return User.objects.filter(is_demo=False)


@transaction.atomic
def build(today):
    """The whole demo in one transaction: three cohorts, their people, and all they did."""
    everyone = people.make(PASSWORD)
    track = groundwork.make_track()
    demo = Demo(today=today, people=everyone)
    finished.make(demo, track)
    running.make(demo, track)
    supervisors.make(demo)
    coming.make(demo, track)
    give_second_factors()


def give_second_factors():
    """An app of the demo to everybody with a role; not to who has a second factor."""
    for person in User.objects.filter(is_demo=True, roles__isnull=False).distinct():
        demo_codes.give(person)
