"""Nothing that leads to a person is forgotten: each model and each field has a rule."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.test.utils import isolate_apps

from participants.models import Enrolment, Role
from participants.mydata import registry
from participants.mydata.wording import in_text

ASKED = "Say in participants/mydata/rules (or certificates/mydata.py) how it is shown, or why not."


def leads_to(model, people):
    """Whether a field of ``model`` points to one of ``people``."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return any(field.related_model in people for field in fields if field.is_relation)


def personal_models():
    """Those of people and enrolments, what points to them, what points to that, and so on."""
    found = {get_user_model(), Enrolment}
    while True:
        more = {model for model in apps.get_models() if leads_to(model, found)} - found
        if not more:
            return found
        found |= more


def test_every_model_that_leads_to_a_person_has_a_rule():
    ruled = {part.model for part in registry.PARTS.values()} | set(registry.KEPT_OUT)
    assert personal_models() - ruled == set(), ASKED
    assert all(registry.KEPT_OUT.values())


@pytest.mark.parametrize("part", registry.PARTS.values(), ids=lambda part: part.key)
def test_every_field_is_shown_or_left_out_with_a_reason(part):
    fields = {field.name for field in part.model._meta.concrete_fields if field.name != "id"}
    assert fields - set(part.shown) - set(part.left_out) == set(), ASKED
    assert all(part.left_out.values())
    assert not set(part.shown) & set(part.left_out)
    assert set(part.left_out) <= fields


@pytest.mark.parametrize("part", registry.PARTS.values(), ids=lambda part: part.key)
def test_what_is_shown_without_a_way_to_read_it_is_a_field(part):
    fields = {field.name for field in part.model._meta.concrete_fields}
    assert {name for name, shown in part.shown.items() if not shown.value} <= fields


@isolate_apps()
def test_a_model_that_points_to_an_enrolment_leads_to_a_person():
    class Diary(models.Model):
        enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")

        class Meta:
            app_label = "nowhere"

        def __str__(self):
            return ""

    assert leads_to(Diary, {Enrolment})
    assert not leads_to(Diary, {Role})


@pytest.mark.parametrize("again", ["role", "enrolment"])
def test_a_part_is_declared_once(again):
    with pytest.raises(LookupError):
        registry.exported(Role, "wie-je-bent", "", rows=None, shown={}, key=again)
    with pytest.raises(LookupError):
        registry.exported(Role, "nergens", "", rows=None, shown={}, key="new")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "ja"),
        (False, "nee"),
        (None, ""),
        (90, "90"),
        ({"a": 1, "b": ""}, "a: 1"),
        ({"what": "Nee zeggen", "state": "busy", "goal": 7}, "Wat: Nee zeggen\nStand: bezig"),
        ([{"label": "Werk", "minutes": 90}], "Werk: 1,5 uur"),
        ({"Wat gaat goed?": "Veel"}, "Wat gaat goed? Veel"),
    ],
)
def test_values_are_written_for_people(value, text):
    assert in_text("thing", value) == text


def test_minutes_are_written_as_hours():
    assert in_text("study_minutes", 90) == "1,5 uur"
