"""Nothing but the declared filters and orders reaches the database, on any list."""

import pytest
import time_machine
from rest_framework.test import APIClient

from leerlijn.api_urls import router
from tests.api.scene import NOON, Scene

LISTS = [prefix for prefix, view, _name in router.registry if hasattr(view, "list")]
# What a library could take for an order or a lookup, and what would tell something if it did.
ORDERS = [
    "password",
    "participant__user__password",
    "participant__password",
    "enrolment__participant__email",
    "-enrolment__participant__password",
    "?",
    "pk__password",
]
LOOKUPS = [
    "name__startswith=A",
    "participant__email__startswith=z",
    "participant__password__startswith=p",
    "enrolment__participant__email__startswith=z",
    "enrolment__participant__password__regex=^z",
    "cohort__track__provider__startswith=z",
    "status__in=zzz",
    "status__contains=zzz",
    "id__gt=999999999",
    "pk=0",
    "pk__in=0",
    "_connector=OR",
    "_negated=1",
    "_connector=OR)+OR+1=1--",
    "search__contains=z",
    "cohort__isnull=true",
    "date__year=1900",
    "minutes__lt=0",
    "fields=email",
    "format=api",
    "limit=0",
    "offset=999",
]


@pytest.mark.django_db
@pytest.mark.parametrize("resource", LISTS)
def test_what_is_no_filter_or_order_of_a_list_changes_nothing(resource):
    with time_machine.travel(NOON, tick=False):
        client = APIClient()
        client.force_authenticate(Scene().coordinator)
        address = f"/api/v1/{resource}/"
        plain = rows(client.get(address))
        assert plain
        for order in ORDERS:
            assert rows(client.get(f"{address}?ordering={order}")) == plain, order
        # What changes nothing together changes nothing alone.
        assert rows(client.get(f"{address}?{'&'.join(LOOKUPS)}")) == plain


def rows(response):
    """The rows of a list, in order."""
    assert response.status_code == 200, response.content
    return response.json()["results"]
