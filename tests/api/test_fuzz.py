"""Made-up requests over the whole schema: nothing breaks, and no answer differs from the schema.

2,000 of them on PostgreSQL, the same in every run.
"""

import sys

import pytest
import schemathesis
import time_machine
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from leerlijn.wsgi import application
from participants.accounts import tokens
from tests.api.scene import NOON, Scene

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# Requests to each act. Over the some 100 acts of the schema that makes 2,000.
EACH = {"coordinator": 8, "participant": 7, "assessor": 3, "anonymous": 2}


@pytest.fixture(scope="session")
def acts():
    schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True))
    schema.app = application
    return [found.ok() for found in schema.get_all_operations()]


@pytest.fixture
def one_connection(monkeypatch):
    """The site answers on the connection of the test, which so can take everything back."""
    monkeypatch.setitem(sys.modules, "flask", None)  # else it is looked for at each request
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def unhurried(settings):
    settings.API_REQUESTS_A_MINUTE = {"read": 10**6, "write": 10**6}


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection", "unhurried")
@pytest.mark.parametrize("asker", EACH)
def test_no_made_up_request_breaks_anything_or_is_answered_otherwise(asker, acts, subtests):
    with time_machine.travel(NOON, tick=False):
        scene = Scene()
        for act in acts:
            with subtests.test(f"{act.method} {act.path}"):
                asked_for(act, scene, key_of(getattr(scene, asker)), times=EACH[asker])


def key_of(person):
    """The header by which ``person`` is known; none for nobody."""
    if person is None:
        return {}
    _token, secret = tokens.make_for_operator(person, name="Proef")
    return {"Authorization": f"Token {secret}"}


def asked_for(act, scene, headers, *, times):
    """Make up requests to ``act``; each is taken back, so that all find the same rows."""
    resource = act.path.split("/")[3]
    right = act.as_strategy()
    wrong = act.as_strategy(GenerationMode.NEGATIVE)

    @settings(
        max_examples=times,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(right, wrong), data=st.data())
    def ask(case, data):
        for name, made_up in (case.path_parameters or {}).items():
            known = scene.in_addresses.get((resource, name), [])
            case.path_parameters[name] = data.draw(st.sampled_from([*known, made_up]))
        if isinstance(case.body, dict):
            for name in [name for name in case.body if name in scene.in_bodies]:
                known = [*scene.in_bodies[name], case.body[name]]
                case.body[name] = data.draw(st.sampled_from(known))
        point = transaction.savepoint()
        try:
            case.call_and_validate(headers=headers, checks=CHECKS)
        finally:
            transaction.savepoint_rollback(point)

    ask()
