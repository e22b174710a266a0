"""An address may carry any number; one that no database can hold is a page that is not there."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.factories import RoleFactory
from tests.test_access import FOREIGN, RULES, asked_once

BEYOND = 10**19  # more than a bigint
NOT_THERE = {302, 400, 403, 404, 405, 410}
OURS = [rule for rule in RULES if not rule.route.startswith(FOREIGN)]


def far(world, rule):
    """The address of ``rule`` with each key in it BEYOND; None where none has such a key."""
    kwargs = rule.args(world)
    keys = {name: BEYOND for name, value in kwargs.items() if str(value).isdigit()}
    try:
        return reverse(rule.route, kwargs={**kwargs, **keys}) if keys else None
    except NoReverseMatch:
        return None


@asked_once
@pytest.mark.django_db
@pytest.mark.parametrize("rule", OURS, ids=str)
def test_a_key_that_no_database_can_hold_is_not_there(rule, stage):
    with stage.scene() as (world, _):
        if address := far(world, rule):
            answer = stage.ask("coordinator", world, address, rule.method, rule.data(world))
            assert answer.status in NOT_THERE, str(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/lichtingen/{}/", "/deelnames/{}/", "/api/v1/hours/{}/"])
def test_not_even_where_the_database_is_asked_by_a_kept_plan(client, address):
    client.force_login(RoleFactory(coordinator=True).user)
    assert client.get(address.format(BEYOND)).status_code == 404
