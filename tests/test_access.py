"""Every route by every role: default deny, and a route without a rule fails.

The table is domain.md, "Who may do what"; the rules stand in tests/access/.
"""

import importlib
import pkgutil

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from participants.admin import site
from tests.access import ACTORS, STRANGERS
from tests.access.foreign import REGISTERED
from tests.access.stage import MINE, THEIRS

# Without a name of their own: old addresses in the admin, and what it does not know. They only
# lead on to, or hide, pages that have a rule.
NAMELESS = {"admin:<path:object_id>/", "admin:(?P<url>.*)$"}
# Of packages: what a body of theirs names is theirs to test.
FOREIGN = ("account_", "mfa_", "admin:")

# Where somebody is led who comes in by a door that is not open yet.
LED_AWAY = {"anonymous": ("/accounts/login/", "/beheer/login/"), "halfway": "/tweede-stap/"}

# What may be written down when somebody only looks.
MAY_BE_NOTED = {
    "django_session": "when this login was used last, and its end moves on",
    "participants_device": "on which day this browser was used last",
    "participants_event": "who read what of whom; a decision has another name here",
    "participants_delivery": "when a message was read, by who it was sent to",
    "certificates_certificatelookup": "how often a certificate was checked, without by whom",
}

# In answers of which routes the names of a person may stand, by actor.
ANYWHERE, NOWHERE = ("",), ()
MY_READERS = {
    "participant": ANYWHERE,
    "trainer": ANYWHERE,
    "assessor": ANYWHERE,
    "other_assessor": ANYWHERE,
    "coordinator": ANYWHERE,
    "administrator": ANYWHERE,
    "member": ("plans:", "api:plans-"),  # who wrote and endorsed the plan of the group
}
# Whoever has the link of a supervisor reads whose hours they are (domain: supervisor's mail).
TELL_A_FIRST_NAME = {"confirmations:page", "confirmations:stop"}
THEIR_READERS = {
    "outsider": ANYWHERE,
    "other_trainer": ANYWHERE,
    "coordinator": ANYWHERE,
    "administrator": ANYWHERE,
}

asked_once = pytest.mark.skipif(
    connection.vendor != "sqlite",
    reason="who may do what does not hang on the database; SQLite's run asks every cell",
)


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
    assert set(routes()) - NAMELESS - {rule.route for rule in RULES} == set()


def test_every_rule_is_about_a_route_that_exists():
    assert {rule.route for rule in RULES} - set(routes()) == set()


def test_administrators_find_people_and_settings_in_the_admin_and_nothing_else():
    assert {model._meta.label_lower for model in site._registry} == REGISTERED


@asked_once
@pytest.mark.django_db
@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_route_answers_every_actor_as_declared(rule, stage):
    """And no page that is only looked at changes anything, nor tells of people one may not see."""
    with stage.scene() as (world, _):
        address = reverse(rule.route, kwargs=rule.args(world))
        rule.data(world)  # so that what it names is there for every actor
        extra = {"content_type": rule.content_type} if rule.content_type else {}
        answers = {
            actor: stage.ask(actor, world, address, rule.method, rule.data(world), **extra)
            for actor in (*ACTORS, *STRANGERS)
        }
    wrong = {actor: str(each) for actor, each in answers.items() if not fits(rule, actor, each)}
    assert wrong == {}
    told = {actor: told_to(actor, rule, each) for actor, each in answers.items()}
    assert {actor: words for actor, words in told.items() if words} == {}
    if rule.method == "get":
        changed = {actor: each.written - MAY_BE_NOTED.keys() for actor, each in answers.items()}
        assert {actor: tables for actor, tables in changed.items() if tables} == {}


def fits(rule, actor, answer):
    """Whether this is what the rule promises; who is not in yet is led to the way in."""
    if answer.status != rule.status_for(actor):
        return False
    is_in = actor not in LED_AWAY and actor not in STRANGERS
    if is_in or answer.status != 302 or rule.is_open_to(actor):
        return True
    return answer.to.startswith(LED_AWAY.get(actor, LED_AWAY["anonymous"]))


def told_to(actor, rule, answer):
    """Which names stand in the answer that ``actor`` may not read there."""
    text = f"{answer.response.headers} {answer.response.cookies}".encode() + answer.body
    hidden = [] if may_read(MY_READERS, actor, rule) else words(MINE)
    hidden += [] if may_read(THEIR_READERS, actor, rule) else words(THEIRS)
    if rule.route in TELL_A_FIRST_NAME:
        hidden = [word for word in hidden if word not in MINE["name"].split()[0]]
    return [word for word in hidden if word.encode() in text]


def words(person):
    first, last = person["name"].split()
    digits = person["phone"].partition(" ")[2]
    return [first, last, person["email"].partition("@")[0], digits, digits.replace(" ", "")]


def may_read(readers, actor, rule):
    return rule.route.startswith(readers.get(actor, NOWHERE))
