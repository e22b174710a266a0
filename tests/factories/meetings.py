"""What hangs on meetings: the signed list, and the address of a calendar."""

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory

from participants.agenda.models import CalendarFeed
from participants.files import storing
from participants.sessions.proofs import SessionProof
from tests.factories.cohorts import UserFactory
from tests.factories.work import SessionFactory
from tests.participants.files import corpus


class CalendarFeedFactory(DjangoModelFactory):
    """An address that answers."""

    class Meta:
        model = CalendarFeed

    user = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        feed = model_class(*args, **kwargs)
        feed.renew()
        feed.save()
        return feed


class SessionProofFactory(DjangoModelFactory):
    """A photo of the signed list."""

    class Meta:
        model = SessionProof

    session = factory.SubFactory(SessionFactory)
    added_by = factory.SubFactory(UserFactory)
    file = factory.LazyAttribute(
        lambda o: storing.store(
            SimpleUploadedFile("lijst.jpg", corpus.photo(), "image/jpeg"), by=o.added_by
        )
    )
