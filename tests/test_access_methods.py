"""What no rule of the matrix names is refused: other methods, other formats."""

import pytest
from django.urls import Resolver404, resolve, reverse

from tests.access import ACTORS, STRANGERS
from tests.test_access import FOREIGN, MAY_BE_NOTED, RULES, asked_once, told_to

METHODS = {"get", "post", "put", "patch", "delete", "options"}
REFUSED = {302, 401, 403, 404, 405}
NOT_IN_THIS_FORMAT = 406
FORMATS = {"HTTP_ACCEPT": "text/csv, text/html;q=0.1", "QUERY_STRING": "format=csv"}

BY_ROUTE = {}
for each in (rule for rule in RULES if not rule.route.startswith(FOREIGN)):
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
def test_a_head_says_what_the_get_says_and_changes_nothing(stage):
    wrong = {}
    for rule in READING:
        with stage.scene() as (world, _):
            address = reverse(rule.route, kwargs=rule.args(world))
            for actor in ("anonymous", next(filter(rule.is_for, ACTORS), "outsider")):
                answer = stage.ask(actor, world, address, "head", rule.data(world))
                if answer.status not in (405, rule.status_for(actor)) or (
                    answer.written - MAY_BE_NOTED.keys()
                ):
                    wrong[str(rule), actor] = f"{answer} {set(answer.written)}"
    assert wrong == {}


@asked_once
@pytest.mark.django_db
def test_asking_for_another_format_opens_nothing(stage):
    wrong = {}
    for rule in READING:
        with stage.scene() as (world, _):
            address = reverse(rule.route, kwargs=rule.args(world))
            for actor in ("anonymous", "outsider"):
                answer = stage.ask(actor, world, address, **FORMATS)
                expected = (rule.status_for(actor), NOT_IN_THIS_FORMAT)
                if answer.status not in expected or told_to(actor, rule, answer):
                    wrong[str(rule), actor] = str(answer)
            wrong |= {str(rule): twin for twin in twins_of(address, rule.route)}
    assert wrong == {}


def twins_of(address, route):
    """The addresses beside this one that lead to the same, by their ending."""
    for twin in (f"{address.rstrip('/')}.json", f"{address.rstrip('/')}.csv", f"{address}.json"):
        try:
            found = resolve(twin).view_name
        except Resolver404:
            continue
        if found == route and found != "api:not-found":
            yield twin
