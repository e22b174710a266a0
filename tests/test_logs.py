import logging

import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="leerlijn.request")
    return lambda: [record.msg for record in caplog.records if record.name == "leerlijn.request"]


@pytest.mark.django_db
def test_a_line_tells_the_route_and_not_what_was_in_the_address(client, lines):
    client.get("/accounts/password/reset/key/3-geheim123/?q=Noor")
    [line] = lines()
    assert line["route"].startswith("accounts/")
    assert "geheim123" not in str(line)
    assert "Noor" not in str(line)


def test_a_line_tells_the_id_of_who_asked_and_not_the_name(client, lines, db):
    user = get_user_model().objects.create_user("noor@leerlijn.example", name="Noor Vos")
    client.force_login(user)
    client.get("/accounts/2fa/")
    [line] = lines()
    assert line["user"] == user.pk
    assert "noor" not in str(line).lower()
