"""A light serializer says the same as its fields would, one by one."""

import pytest
import time_machine
from rest_framework import serializers
from rest_framework.test import APIRequestFactory

from leerlijn.api_urls import router
from leerlijn.shapes import LightSerializer
from participants.models import Cohort
from tests.api.scene import NOON, Scene

LIGHT = [
    view
    for _prefix, view, _name in router.registry
    if issubclass(view.serializer_class, LightSerializer)
]


@pytest.mark.django_db
@pytest.mark.parametrize("view", LIGHT, ids=lambda view: view.__name__)
@pytest.mark.parametrize("asker", ["participant", "coordinator"])
def test_the_quick_way_says_what_the_fields_say(view, asker):
    with time_machine.travel(NOON, tick=False):
        request = APIRequestFactory().get("/")
        request.user = getattr(Scene(), asker)
        serializer = view.serializer_class(context={"request": request})
        rows = list(view(request=request, action="list").get_queryset())
        assert rows or asker == "participant"
        for row in rows:
            quick = serializer.to_representation(row)
            slow = serializers.ModelSerializer.to_representation(serializer, row)
            assert quick == {name: slow[name] for name in quick}
            assert slow.keys() - quick.keys() <= {"private_note"}


def test_a_field_of_an_unknown_kind_is_no_silent_guess():
    class Odd(LightSerializer):
        ends_on = serializers.DurationField()

        class Meta:
            model = Cohort
            fields = ["ends_on"]

    with pytest.raises(TypeError, match="ends_on"):
        Odd().to_representation(Cohort())
