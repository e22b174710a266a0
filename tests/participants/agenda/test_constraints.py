import pytest
from django.db import IntegrityError

from participants.models import CalendarFeed
from tests.factories import CalendarFeedFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("facts", [{"nonce": ""}, {"digest": ""}])
def test_the_database_refuses_an_address_without_a_secret(facts):
    whole = {"user": UserFactory(), "nonce": "a", "digest": "b"}
    with pytest.raises(IntegrityError, match="a_calendar_address_has_a_secret"):
        CalendarFeed.objects.create(**whole | facts)


def test_somebody_has_one_address():
    feed = CalendarFeedFactory()
    with pytest.raises(IntegrityError):
        CalendarFeedFactory(user=feed.user)
