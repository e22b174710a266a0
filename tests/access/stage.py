"""One world for a whole module of tests, with every actor logged in once.

Making people and logging them in costs more than asking a page. So it is done once; each question
is asked inside a savepoint, and afterwards everything is as if nothing had been asked.
"""

import copy
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from participants.confirmations import browsers
from participants.erasing import carrying
from participants.events.models import Event
from participants.models import User
from tests.access import ACTORS, STRANGERS
from tests.access.world import World
from tests.factories import EnrolmentFactory, RoleFactory, UserFactory

WRITES = re.compile(
    r'\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+"(\w+)', re.I
)
DECISION = Event.Kind.DECISION
PASSWORD = "lang-genoeg-en-goed"
TRIES = 8  # more than ACCOUNT_RATE_LIMITS has for one account

# Names that stand nowhere else: whose things a rule is about, and somebody of another cohort.
MINE = {
    "name": "Kanarina Goudvink",
    "email": "kanarina@leerlijn.example",
    "phone": "06 5550 1234",
}
THEIRS = {
    "name": "Zwaluwina Putter",
    "email": "zwaluwina@leerlijn.example",
    "phone": "06 5550 9876",
}
# What the other person has of everything, so that a list without a border would show it.
THINGS = (
    "entry approved_entry placement pause exemption choice proposal attendance pop_version "
    "gop_version interview delivery certificate held_reminder bounce"
).split()


@dataclass(frozen=True)
class Answer:
    """What somebody got, and which tables were written to meanwhile."""

    response: HttpResponse
    written: frozenset

    @property
    def status(self):
        return self.response.status_code

    @property
    def to(self):
        return self.response.headers.get("Location", "")

    @property
    def body(self):
        if self.response.streaming:
            return b"".join(self.response.streaming_content)
        return self.response.content

    def __str__(self):
        start = "a stream" if self.response.streaming else repr(self.response.content[:200])
        return f"{self.status} {self.to} {start}"


class Asker(Client):
    """Asks and forgets: no cookie is taken over, and no context of a template kept."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


@dataclass
class Stage:
    """Where questions are asked. ``world`` is of one person, ``theirs`` of another."""

    world: World
    theirs: World
    sessions: dict = field(default_factory=dict)
    asker: Asker = field(default_factory=lambda: Asker(raise_request_exception=False))

    @contextmanager
    def scene(self):
        """The two worlds, to add to; afterwards they are as they were."""
        with transaction.atomic():
            yield copy.deepcopy((self.world, self.theirs))
            transaction.set_rollback(True)

    def ask(self, actor, world, address, method="get", data=None, **extra):
        """The Answer to ``actor``, after which everything is as before."""
        self.asker.cookies = self.cookies(actor, world)
        tables = set()

        def noted(execute, sql, params, many, context):
            if found := WRITES.match(sql):
                tables.add("a decision" if DECISION in (params or ()) else found[1])
            return execute(sql, params, many, context)

        with transaction.atomic():
            with connection.execute_wrapper(noted):
                if data is None:
                    response = self.asker.generic(method.upper(), address, **extra)
                else:
                    response = getattr(self.asker, method)(address, data, **extra)
            transaction.set_rollback(True)
        for cache in caches.all(initialized_only=True):
            cache.clear()
        return Answer(response, frozenset(tables))

    def cookies(self, actor, world):
        jar = SimpleCookie()
        jar.load(self.sessions.get(actor, {}))
        # The browser of who guides the participant proved its four digits.
        if actor == "supervisor" and "placement" in vars(world):
            proved = HttpResponse()
            browsers.remember(proved, world.placement.supervisor)
            jar.load(proved.cookies)
        return jar


@contextmanager
def set_up():
    """The Stage; whoever is on it stays until the end of the block."""
    with transaction.atomic():
        stage = Stage(*two_worlds())
        for actor in ACTORS:
            if person := getattr(stage.world, actor):
                stage.sessions[actor] = logged_in(person, actor != "halfway")
        for actor in STRANGERS:
            stage.sessions[actor] = PAST[actor](stage.world)
        yield stage
        transaction.set_rollback(True)


def two_worlds():
    world, theirs = World(), World()
    mine, other = UserFactory(**MINE), UserFactory(**THEIRS)
    vars(world)["enrolment"] = EnrolmentFactory(cohort=world.cohort, participant=mine)
    enrolment = EnrolmentFactory(cohort=world.other_cohort, participant=other)
    vars(world)["outsider"] = other
    vars(theirs).update(
        cohort=world.other_cohort,
        other_cohort=world.cohort,
        enrolment=enrolment,
        outsider=mine,
        trainer=world.other_trainer,
        other_trainer=world.trainer,
        coordinator=world.coordinator,
        administrator=world.administrator,
    )
    for thing in THINGS:
        getattr(theirs, thing)
    return world, theirs


def logged_in(person, second_factor=True):
    """The cookies of a browser in which ``person`` is."""
    client = Client()
    client.force_login(person, second_factor=second_factor)
    return client.cookies


def of_everything(world):
    """Somebody with every role, so that each door was theirs."""
    user = RoleFactory(coordinator=True).user
    RoleFactory(user=user, administrator=True)
    RoleFactory(user=user, cohort=world.cohort)
    return RoleFactory(user=user, cohort=world.cohort, assessor=True).user


def deactivated(world):
    user = of_everything(world)
    cookies = logged_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return cookies


def locked(world):
    """Guessed wrong until nothing was listened to any more, also not the right password."""
    user = of_everything(world)
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    for guess in [*["mis"] * TRIES, PASSWORD]:
        client.post("/accounts/login/", {"login": user.email, "password": guess})
    return client.cookies


def erased(world):
    user = of_everything(world)
    EnrolmentFactory(cohort=world.other_cohort, participant=user)
    cookies = logged_in(user)
    carrying.erase(user)
    return cookies


# What is left of a login, of who comes in no more; a supervisor never had one.
PAST = {
    "supervisor": lambda world: {},
    "deactivated": deactivated,
    "locked": locked,
    "erased": erased,
}
