"""Every route by every role: default deny, and a route without a rule fails.

The table is domain.md, "Who may do what"; the rules stand in tests/access/.
"""

import importlib
import pkgutil
from types import SimpleNamespace

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from tests.access import ACTORS
from tests.access.world import World

# Routes of packages, with their own tests and their own login rules.
FOREIGN = ("account_", "mfa_", "admin:", "api:schema")


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
@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_route_answers_every_role_as_declared(rule, actor, client):
    world = World()
    address = reverse(rule.route, kwargs=rule.args(world))
    data = rule.data(world)
    if person := getattr(world, actor):
        client.force_login(person)
    extra = {"content_type": rule.content_type} if rule.content_type else {}
    response = getattr(client, rule.method)(address, data, **extra)
    assert response.status_code == rule.status_for(actor), said(response)
    if response.status_code == 302 and actor == "anonymous" and not rule.anonymous:
        assert response.url.startswith("/accounts/login/")


def said(response):
    """The answer in short, for who reads a failing cell."""
    facts = SimpleNamespace(status=response.status_code, to=getattr(response, "url", None))
    return f"{facts} {response.content[:200]!r}" if not response.streaming else str(facts)
