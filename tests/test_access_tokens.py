"""Who comes in no more comes in by no token either, and a file goes to nobody by chance."""

import pytest
from django.urls import reverse

from participants.accounts import tokens
from participants.erasing import carrying
from participants.models import User
from tests.access import ACTORS
from tests.access.stage import of_everything
from tests.test_access import RULES, asked_once

API_LISTS = [r for r in RULES if r.route.startswith("api:") and r.route.endswith("-list")]
FILES = {
    "api:certificates-pdf",
    "api:hours-proof",
    "api:interviews-evidence-file",
    "api:plans-file",
    "api:plans-pdf",
    "certificates:letterhead-picture",
    "certificates:pdf",
    "certificates:statement-pdf",
    "hours:proof",
    "interviews:download",
    "plans:file",
    "plans:pdf",
    "sessions:proof",
}


def close(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


@asked_once
@pytest.mark.django_db
@pytest.mark.parametrize("end", [close, carrying.erase])
def test_a_token_ends_with_the_account(end, stage):
    with stage.scene() as (world, _):
        user = of_everything(world)
        _row, secret = tokens.make(user, name="x", by=user)
        header = {"HTTP_AUTHORIZATION": f"Token {secret}"}
        lists = {reverse(rule.route) for rule in API_LISTS if rule.method == "get"}
        assert {stage.ask("anonymous", world, each, **header).status for each in lists} == {200}
        end(user)
        assert {stage.ask("anonymous", world, each, **header).status for each in lists} == {401}


@asked_once
@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(FILES))
def test_the_bytes_of_a_file_go_to_who_may_have_them_and_into_no_cache(route, stage):
    rule = next(each for each in RULES if each.route == route and each.method == "get")
    with stage.scene() as (world, _):
        address = reverse(route, kwargs=rule.args(world))
        for actor in ACTORS:
            answer = stage.ask(actor, world, address)
            is_file = answer.status == 200 and not answer.response["Content-Type"].startswith(
                ("text/html", "application/json")
            )
            assert is_file == (rule.is_for(actor)), (actor, str(answer))
            if is_file:
                headers = answer.response.headers
                assert answer.body
                assert headers["X-Content-Type-Options"] == "nosniff"
                assert {"private", "no-store"} & set(headers["Cache-Control"].split(", "))
