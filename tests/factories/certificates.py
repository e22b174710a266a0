import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from certificates.models import (
    Certificate,
    CertificateDocument,
    EndCategory,
    Revocation,
    new_hand_code,
)
from tests.certificates.example import FACTS
from tests.factories.cohorts import EnrolmentFactory, UserFactory

PAPER = b"%PDF-1.4 op papier"


class CertificateFactory(DjangoModelFactory):
    """A valid certificate of today, with its stored bytes."""

    class Meta:
        model = Certificate
        skip_postgeneration_save = True

    class Params:
        revoked = factory.Trait(
            status=Certificate.Status.REVOKED,
            ended_at=factory.LazyFunction(timezone.now),
            ended_by=factory.SubFactory(UserFactory),
            end_category=EndCategory.MISTAKE,
            end_reason="Te vroeg gemaakt",
        )
        awaited = factory.Trait(
            award_date=factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=1))
        )

    number = factory.Sequence("LL-2027-{:04}".format)
    hand_code = factory.LazyFunction(new_hand_code)
    enrolment = factory.SubFactory(EnrolmentFactory)
    name = "Marisol Martina"
    facts = factory.LazyAttribute(lambda o: {**FACTS, "name": o.name, "number": o.number})
    evidence = factory.LazyFunction(list)
    sha256 = factory.Sequence("{:064}".format)
    award_date = factory.LazyFunction(timezone.localdate)
    issued_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def document(self, create, extracted, **kwargs):
        CertificateDocument.objects.create(certificate=self, pdf=extracted or PAPER)


class RevocationFactory(DjangoModelFactory):
    """A wish to revoke a certificate, which waits for a second person."""

    class Meta:
        model = Revocation

    certificate = factory.SubFactory(CertificateFactory)
    category = EndCategory.MISTAKE
    reason = "Te vroeg gemaakt"
    asked_by = factory.SubFactory(UserFactory)
