"""What the papers of a track show."""

import factory
from factory.django import DjangoModelFactory

from certificates.letterheads import actions
from certificates.letterheads.images import sha256_of
from certificates.models import Letterhead, PaperImage
from tests.factories.cohorts import LearningTrackFactory, UserFactory
from tests.pictures import logo_png


def words_of(track):
    """The texts of ``track`` as a form sends them."""
    return {field: getattr(track, field, "") for field in actions.WORDS}


class PaperImageFactory(DjangoModelFactory):
    class Meta:
        model = PaperImage

    png = factory.LazyFunction(logo_png)
    sha256 = factory.LazyAttribute(lambda image: sha256_of(image.png))
    added_by = factory.SubFactory(UserFactory)


class LetterheadFactory(DjangoModelFactory):
    class Meta:
        model = Letterhead

    track = factory.SubFactory(LearningTrackFactory)
