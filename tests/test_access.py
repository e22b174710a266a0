"""Every route by every role: default deny, and a route without a rule fails.

The table is domain.md, "Who may do what"; the rules stand in tests/access/.
"""

import importlib
import pkgutil
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from tests.access import ACTORS
from tests.access.world import World

# Routes of packages, with their own tests and their own login rules.
FOREIGN = ("account_", "mfa_", "admin:", "api:schema")

ASKED_ON_SQLITE = "who may do what does not hang on the database; SQLite's run asks every cell"


def rules():
    for module in pkgutil.iter_modules(tests.access.__path__):
        yield from getattr(importlib.import_module(f"tests.access.{module.name}"), "RULES", [])


RULES = list(rules())


def routes(resolver=None, prefix=""):
    """Every named route of the project, and the pattern of each nameless one."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield prefix + (pattern.name or str(pattern.pattern))


def test_every_route_has_a_rule():
    ours = {route for route in routes() if not route.startswith(FOREIGN)}
    assert ours - {rule.route for rule in RULES} == set()


def test_every_rule_is_about_a_route_that_exists():
    assert {rule.route for rule in RULES} - set(routes()) == set()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason=ASKED_ON_SQLITE)
@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_route_answers_every_role_as_declared(rule):
    world = World()
    people = {actor: getattr(world, actor) for actor in ACTORS}
    address = reverse(rule.route, kwargs=rule.args(world))
    rule.data(world)  # so that what it names is there for every actor
    answers = {actor: answer(rule, address, world, person) for actor, person in people.items()}
    wrong = {actor: said(each) for actor, each in answers.items() if not fits(rule, actor, each)}
    assert wrong == {}


def answer(rule, address, world, person):
    """What ``person`` gets; afterwards everything is as if nothing had been asked."""
    client = Client()
    extra = {"content_type": rule.content_type} if rule.content_type else {}
    with transaction.atomic():
        if person:
            client.force_login(person)
        response = getattr(client, rule.method)(address, rule.data(world), **extra)
        transaction.set_rollback(True)
    cache.clear()
    return response


def fits(rule, actor, response):
    """Whether this is what the rule promises; who is not logged in is led to the login page."""
    if response.status_code != rule.status_for(actor):
        return False
    led_away = response.status_code == 302 and actor == "anonymous" and not rule.anonymous
    return not led_away or response.url.startswith("/accounts/login/")


def said(response):
    """The answer in short, for who reads a failing cell."""
    facts = SimpleNamespace(status=response.status_code, to=getattr(response, "url", None))
    return f"{facts} {response.content[:200]!r}" if not response.streaming else str(facts)
