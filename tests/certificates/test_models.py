import re

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificates.models import HAND_ALPHABET, Certificate, new_code, new_hand_code
from tests.factories import UserFactory
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db


def refused(**facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateFactory(**facts)


def test_an_enrolment_has_one_valid_certificate():
    refused(enrolment=CertificateFactory().enrolment)


def test_an_ended_certificate_makes_room_for_a_valid_one():
    ended = CertificateFactory(revoked=True)
    assert CertificateFactory(enrolment=ended.enrolment).pk


@pytest.mark.parametrize(
    "facts", [{"ended_at": None}, {"ended_by": None}, {"end_reason": ""}, {"status": "valid"}]
)
def test_a_certificate_that_ended_says_when_who_and_why(facts):
    refused(revoked=True, **facts)


def test_a_valid_certificate_has_no_end():
    refused(ended_at=timezone.now(), ended_by=UserFactory(), end_reason="Zomaar")


def test_a_number_is_used_once():
    refused(number=CertificateFactory().number)


def test_a_code_is_used_once():
    refused(code=CertificateFactory().code)


def test_a_certificate_is_replaced_by_one_other():
    old = CertificateFactory(revoked=True)
    CertificateFactory(replaces=old)
    refused(replaces=old)


def test_a_certificate_does_not_replace_itself():
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateFactory(pk=4711, replaces_id=4711)


@pytest.mark.parametrize("field", ["name", "facts", "number", "award_date", "sha256", "code"])
def test_what_was_issued_cannot_be_rewritten(field):
    certificate = CertificateFactory()
    kept = getattr(certificate, field)
    setattr(certificate, field, "iets anders")
    with pytest.raises(TypeError, match=field):
        certificate.save()
    with pytest.raises(TypeError, match=field):
        certificate.save(update_fields=[field])
    with pytest.raises(TypeError, match=field):
        Certificate.objects.update(**{field: "iets anders"})
    assert getattr(Certificate.objects.get(), field) == kept


def test_the_end_of_a_certificate_can_be_written():
    certificate = CertificateFactory()
    certificate.status, certificate.end_reason = "revoked", "Te vroeg"
    certificate.ended_at, certificate.ended_by = timezone.now(), UserFactory()
    certificate.save(update_fields=Certificate.LIFE)
    assert Certificate.objects.get().status == "revoked"


def test_the_stored_bytes_are_never_written_again():
    document = CertificateFactory().document
    document.pdf = b"%PDF-1.4 vervalst"
    with pytest.raises(TypeError):
        document.save()
    with pytest.raises(TypeError):
        type(document).objects.update(pdf=b"%PDF-1.4 vervalst")


def test_nothing_is_ever_deleted():
    certificate = CertificateFactory()
    for doomed in (
        certificate,
        certificate.document,
        Certificate.objects.all(),
        type(certificate.document).objects.all(),
    ):
        with pytest.raises(TypeError):
            doomed.delete()
    assert Certificate.objects.count() == 1


def test_codes_cannot_be_guessed_and_hand_codes_can_be_read_aloud():
    assert len({new_code() for _time in range(50)}) == 50
    assert len(new_code()) >= 22  # 128 bits in base 64
    assert re.fullmatch(f"[{HAND_ALPHABET}]{{12}}", new_hand_code())
    assert not set("0O1IL2Z5S8BUV") & set(HAND_ALPHABET)


def test_a_certificate_goes_by_its_number():
    certificate = CertificateFactory(number="LL-2027-0048")
    assert str(certificate) == "LL-2027-0048"
    assert str(certificate.document) == f"{certificate.pk}.pdf"
