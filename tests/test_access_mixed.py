"""Parent mine, child of somebody else: refused at every door, and nothing changes.

Each rule names rows of one person, and can name the same rows of a person of another cohort. Of
what an address or a body names, one row at a time is exchanged for theirs.
"""

import re

import pytest
from django.urls import URLResolver, get_resolver, resolve, reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.plumbing import force_instance, is_serializer
from rest_framework import serializers

from leerlijn.shapes import Key
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
# What who may see both may bring together, though one is in the address and one in the body.
MAY_MEET = {
    "api:cohorts-copy": "what stays behind of another cohort was not coming along",
    "api:sessions-detail": "a meeting may be of another cohort",
    "api:trainings-detail": "a training may be of another track",
    "placements:place": "a learning place is of nobody",
    "sessions:edit": "a meeting may be of another cohort",
    "setup:copy": "a meeting of another cohort is not on the page",
}
# What is not on the page is left aside, as if it was not sent: half a form is kept, and a decision
# without a new rating is refused after it was written, and taken back.
LEFT_ASIDE = {("interviews:rate", "value_#"), ("interviews:decide", "value_#")}


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
    """Also for who may see both, when the row in the body has to be part of that in the address."""
    with stage.scene() as (mine, theirs):
        address = reverse(rule.route, kwargs=rule.args(mine))
        other = rule.data(theirs)
        wrong = {}
        for name in exchanged(rule.data(mine), other):
            for actor in filter(rule.is_for, ACTORS):
                if (rule.route, name) not in LEFT_ASIDE and not may_both(actor, rule):
                    sent = exchanged(rule.data(mine), other)[name]
                    answer = asked(stage, actor, mine, address, rule, sent)
                    if changed(answer) or told_to(actor, rule, answer):
                        wrong[name, actor] = f"{answer} {changed(answer)}"
    assert wrong == {}


def may_both(actor, rule):
    is_part = KEYS[rule.route] and rule.route not in MAY_MEET
    return actor in THEIR_READERS and not is_part


def exchanged(own, other):
    """{field: ``own`` with that row of ``other`` in its place}, for each field that names a row.

    A field does so by its value, else by its own name, as ``value_7`` does.
    """
    bodies = {}
    for shape in dict.fromkeys(map(shape_of, own)):
        mine = {name: own[name] for name in own if shape_of(name) == shape}
        theirs = {name: other[name] for name in other if shape_of(name) == shape}
        if all(map(names_a_row, mine.values())):
            bodies[shape] = own | dict(zip(mine, theirs.values(), strict=True))
        elif mine.keys() != theirs.keys():
            bodies[shape] = {name: own[name] for name in own if name not in mine} | theirs
    return {shape: body for shape, body in bodies.items() if body != own}


def shape_of(name):
    return re.sub(r"\d+", "#", name)


def names_a_row(value):
    """A key of ours, or some, or what is said of each."""
    some = value if isinstance(value, list) else [value]
    keys = [key for each in some for key in (each.values() if isinstance(each, dict) else [each])]
    return any(isinstance(key, int) for key in keys)


def asked(stage, actor, world, address, rule, data):
    extra = {"content_type": rule.content_type} if rule.content_type else {}
    return stage.ask(actor, world, address, rule.method, data, **extra)


def changed(answer):
    return answer.written - MAY_BE_NOTED.keys()


@asked_once
@pytest.mark.django_db
def test_every_id_that_the_api_takes_is_exchanged_by_a_rule(stage):
    exchanges = set()
    with stage.scene() as (mine, theirs):
        for rule in WITH_A_BODY:
            if rule.route.startswith("api:"):
                fields = exchanged(rule.data(mine), rule.data(theirs))
                exchanges |= {(rule.route, rule.method, field) for field in fields}
    assert set(ids_that_the_api_takes()) - exchanges == set()


def ids_that_the_api_takes():
    """(route, method, field) of each part of a body that is, or holds, the id of a row."""
    for path, method, serializer in request_serializers():
        for name, field in serializer.fields.items():
            if not field.read_only and holds_an_id(field):
                yield resolve(path).view_name, method.lower(), name


def request_serializers():
    generator = SchemaGenerator()
    generator._initialise_endpoints()
    for path, regex, method, view in generator._get_paths_and_endpoints():
        about = view.schema
        about.path, about.path_regex, about.method, about.view = path, regex, method, view
        asked_for = about.get_request_serializer()
        for one in asked_for.values() if isinstance(asked_for, dict) else [asked_for]:
            if method in ("POST", "PUT", "PATCH") and is_serializer(one):
                shape = force_instance(one)
                yield re.sub(r"{\w+}", "1", path), method, getattr(shape, "child", shape)


def holds_an_id(field):
    parts = [getattr(field, "child_relation", None), getattr(field, "child", None)]
    parts += getattr(field, "fields", {}).values()
    ids = isinstance(field, (Key, serializers.PrimaryKeyRelatedField))
    return ids or any(holds_an_id(part) for part in parts if part and not part.read_only)
