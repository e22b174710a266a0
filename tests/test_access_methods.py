"""What no rule of the matrix names is refused: other methods, other formats."""

import pytest
from django.urls import Resolver404, resolve, reverse

from tests.access import ACTORS, STRANGERS
from tests.test_access import MAY_BE_NOTED, RULES, asked_once, told_to

METHODS = {"get", "post", "put", "patch", "delete", "options"}
REFUSED = {302, 401, 403, 404, 405}
NOT_IN_THIS_FORMAT = 406
NO_QUESTION = {"HTTP_ACCEPT": "text/csv, text/html;q=0.1"}  # the admin takes one for a filter
FORMATS = NO_QUESTION | {"QUERY_STRING": "format=csv"}
# To a HEAD of who is in already: the empty form, instead of the way on.
FORM_INSTEAD = {"admin:login": 200}

BY_ROUTE = {}
for each in RULES:
    BY_ROUTE.setdefault(each.route, []).append(each)
GETS = [rule for rules in BY_ROUTE.values() for rule in rules if rule.method == "get"]
READING = list({rule.route: rule for rule in GETS}.values())  # one of each route


@asked_once
@pytest.mark.django_db
@pytest.mark.parametrize("route", BY_ROUTE)
def test_a_method_without_a_rule_is_refused_to_everybody_and_changes_nothing(route, stage):
    rule, *_ = BY_ROUTE[route]
    undeclared = sorted(METHODS - {each.method for each in BY_ROUTE[route]})
    wrong = {}
    with stage.scene() as (world, _):
        address = reverse(route, kwargs=rule.args(world))
        for actor in (*ACTORS, *STRANGERS):
            for method in undeclared:
                answer = stage.ask(actor, world, address, method)
                if not is_refused(method, answer) or told_to(actor, rule, answer):
                    wrong[actor, method] = f"{answer} {set(answer.written)}"
    assert wrong == {}


def is_refused(method, answer):
    """OPTIONS may say which methods there are, to who may come in."""
    tells_methods = method == "options" and answer.status == 200 and "Allow" in answer.response
    is_nothing = not answer.written - MAY_BE_NOTED.keys()
    return is_nothing and (tells_methods or answer.status in REFUSED)


@asked_once
@pytest.mark.django_db
@pytest.mark.parametrize("rule", READING, ids=str)
def test_a_head_or_another_format_opens_nothing_to_anybody(rule, stage):
    """A HEAD that asks for a table instead of a page; and what a stranger then gets to read."""
    form = NO_QUESTION if rule.route.startswith("admin:") else FORMATS
    everybody = ("anonymous", "outsider") if rule.everyone else (*ACTORS, *STRANGERS)
    with stage.scene() as (world, _):
        address = reverse(rule.route, kwargs=rule.args(world))
        heads = {actor: stage.ask(actor, world, address, "head", **form) for actor in everybody}
        read = stage.ask("outsider", world, address, **form)
    wrong = {actor: str(each) for actor, each in heads.items() if not is_same(rule, actor, each)}
    assert wrong == {}
    assert is_same(rule, "outsider", read) and not told_to("outsider", rule, read)
    assert list(twins_of(address, rule.route)) == []


def is_same(rule, actor, answer):
    """What the rule promises for the page itself, or that there is no such thing."""
    expected = {405, NOT_IN_THIS_FORMAT, rule.status_for(actor), FORM_INSTEAD.get(rule.route)}
    return answer.status in expected and not answer.written - MAY_BE_NOTED.keys()


def twins_of(address, route):
    """The addresses beside this one that lead to the same, by their ending."""
    for twin in (f"{address.rstrip('/')}.json", f"{address.rstrip('/')}.csv", f"{address}.json"):
        try:
            found = resolve(twin).view_name
        except Resolver404:
            continue
        if found == route and found != "api:not-found":
            yield twin
