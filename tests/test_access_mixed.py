"""Parent mine, child of somebody else: refused at every door, and nothing changes.

Each rule names rows of one person, and can name the same rows of a person of another cohort. Of
what an address or a body names, one row at a time is exchanged for theirs.
"""

import pytest
from django.urls import URLResolver, get_resolver, reverse

from tests.access import ACTORS, nothing
from tests.test_access import FOREIGN, MAY_BE_NOTED, RULES, THEIR_READERS, asked_once, told_to

# Parts of an address that name no row, by their name in the address.
NO_ROW = {
    "act": "what happens to it",
    "key": "which text of a reminder",
    "kind": "which plan, or which list",
    "number": "of a version within its plan",
    "section": "of the plan of the group",
    "slot": "which picture on the paper",
    "week": "of the year",
}
REFUSED = {400, 403, 404}


def keys(resolver=None, prefix="", before=()):
    """Every named route, with the rows that its address names."""
    for pattern in (resolver or get_resolver()).url_patterns:
        found = {**pattern.pattern.converters, **pattern.pattern.regex.groupindex}
        names = (*before, *(name for name in found if name not in NO_ROW))
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from keys(pattern, inner, names)
        else:
            yield prefix + (pattern.name or ""), names


KEYS = dict(keys())
WITH_A_CHILD = [
    rule for rule in RULES if len(KEYS[rule.route]) > 1 and not rule.route.startswith(FOREIGN)
]
WITH_A_BODY = [rule for rule in RULES if rule.data is not nothing]


@asked_once
@pytest.mark.django_db
@pytest.mark.parametrize("rule", WITH_A_CHILD, ids=str)
def test_a_child_of_somebody_else_is_not_there(rule, stage):
    with stage.scene() as (mine, theirs):
        own, other = rule.args(mine), rule.args(theirs)
        same = {name for name in KEYS[rule.route] if own[name] == other[name]}
        assert same == set(), "the rule names the same rows for everybody: make them of its World"
        wrong = {}
        for name in KEYS[rule.route]:
            address = reverse(rule.route, kwargs=own | {name: other[name]})
            for actor in ("outsider", *filter(rule.is_for, ACTORS)):
                answer = asked(stage, actor, mine, address, rule, rule.data(mine))
                if answer.status not in REFUSED or changed(answer) or told_to(actor, rule, answer):
                    wrong[name, actor] = f"{answer} {changed(answer)}"
    assert wrong == {}


@asked_once
@pytest.mark.django_db
@pytest.mark.parametrize("rule", WITH_A_BODY, ids=str)
def test_a_body_that_names_a_row_of_somebody_else_changes_nothing(rule, stage):
    """For who may not see that row; a coordinator of everything may see both."""
    with stage.scene() as (mine, theirs):
        address = reverse(rule.route, kwargs=rule.args(mine))
        own, other = rule.data(mine), rule.data(theirs)
        fields = [name for name in own if names_a_row(own[name]) and own[name] != other[name]]
        wrong = {}
        for name in fields:
            for actor in filter(rule.is_for, ACTORS):
                if actor not in THEIR_READERS:
                    sent = rule.data(mine) | {name: other[name]}
                    answer = asked(stage, actor, mine, address, rule, sent)
                    if changed(answer) or told_to(actor, rule, answer):
                        wrong[name, actor] = f"{answer} {changed(answer)}"
    assert wrong == {}


def names_a_row(value):
    """A key of ours, or some."""
    some = value if isinstance(value, list) else [value]
    return bool(some) and all(isinstance(each, int) for each in some)


def asked(stage, actor, world, address, rule, data):
    extra = {"content_type": rule.content_type} if rule.content_type else {}
    return stage.ask(actor, world, address, rule.method, data, **extra)


def changed(answer):
    return answer.written - MAY_BE_NOTED.keys()
