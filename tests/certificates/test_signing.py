"""The signature on a certificate: made when there is a key, and broken by any change."""

import asyncio
import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates import actions, brought, checks, demo_key, signatures, signing
from certificates.brought import Kind
from certificates.models import Certificate, NumberSeries
from tests.certificates.example import FACTS
from tests.factories import ready_enrolment
from tests.pdfa import faults

US = "Stichting De Leerkring"


@pytest.fixture
def signs(settings, tmp_path):
    """Writes a key and a certificate, and has the site sign with them."""

    def configure(name=US, key=None, of=None, encryption=None, passphrase="", **validity):
        key = key or ec.generate_private_key(ec.SECP256R1())
        certificate = demo_key.certificate(of or key, name, **validity)
        for setting, content in (
            (
                "SIGNING_KEY",
                key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption()),
            ),
            ("SIGNING_CERTIFICATE", certificate.public_bytes(Encoding.PEM)),
        ):
            file = tmp_path / f"{name} {setting}.pem"
            file.write_bytes(content)
            setattr(settings, setting, str(file))
        settings.SIGNING_PASSPHRASE = passphrase

    yield configure
    signing._loaded.cache_clear()
    signing._recognised.cache_clear()


@pytest.fixture
def signed(signs):
    signs()
    return signing.certificate_pdf(FACTS)


def beside(function, *args):
    """What ``function`` gives in a thread of its own; Playwright has a loop in that of tests."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(function, *args).result()


def flipped(pdf, position, bit=1):
    changed = bytearray(pdf)
    changed[position] ^= bit
    return bytes(changed)


# Signing


def test_a_signed_certificate_keeps_both_standards(signed):
    assert faults(signed) == []


def test_others_find_the_signature_whole_and_the_file_untouched(signed):
    reader = PdfFileReader(io.BytesIO(signed))
    (found,) = reader.embedded_signatures
    trusted = ValidationContext(
        trust_roots=[signing.credential().certificate], allow_fetching=False
    )
    status = beside(validate_pdf_signature, found, trusted)
    assert status.bottom_line
    assert status.modification_level == ModificationLevel.NONE
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_we_find_it_whole_and_ours(signed):
    assert signatures.signature_in(signed) == signatures.Signature(True, True, US)


def test_without_a_key_the_paper_is_not_signed():
    assert signatures.signature_in(signing.certificate_pdf(FACTS)) is None


def test_it_signs_also_where_an_event_loop_runs(signs):
    signs()

    async def within():
        return signing.certificate_pdf(FACTS)

    assert signatures.signature_in(beside(asyncio.run, within())).intact


def test_a_key_with_a_passphrase_signs(signs):
    signs(encryption=BestAvailableEncryption(b"geheim"), passphrase="geheim")  # noqa: S106
    assert signatures.signature_in(signing.certificate_pdf(FACTS)).intact


@pytest.mark.django_db
def test_what_is_issued_and_corrected_is_kept_as_it_was_signed(signs, coordinator):
    signs()
    first = actions.issue(ready_enrolment(participant__name="Jo"), by=coordinator)
    for certificate in (first, actions.correct(first, by=coordinator, name="Joo")):
        found = brought.judged(bytes(certificate.document.pdf))
        assert (found.kind, found.certificate) == (Kind.GENUINE, certificate)
        assert found.signature.intact


# A key that cannot sign

FUTURE = timezone.now() + dt.timedelta(days=2)
UNUSABLE = {
    "expired": {"since": timezone.now() - dt.timedelta(days=9), "days": 8},
    "not yet valid": {"since": FUTURE},
    "of another key": {"of": ec.generate_private_key(ec.SECP256R1())},
    "another curve": {"key": ec.generate_private_key(ec.SECP384R1())},
    "no curve": {"key": rsa.generate_private_key(65537, 2048)},
    "wrong passphrase": {
        "encryption": BestAvailableEncryption(b"geheim"),
        "passphrase": "anders",
    },
    "no passphrase": {"encryption": BestAvailableEncryption(b"geheim")},
}


@pytest.mark.parametrize("fault", UNUSABLE.values(), ids=UNUSABLE)
def test_a_key_that_cannot_sign_is_told_at_the_start(signs, fault):
    signs(**fault)
    (error,) = checks.signing_key(None)
    assert error.id == "certificates.E001"


@pytest.mark.parametrize("missing", ["SIGNING_KEY", "SIGNING_CERTIFICATE"])
def test_half_a_configuration_is_told_at_the_start(signs, settings, missing):
    signs()
    setattr(settings, missing, "")
    assert [fault.id for fault in checks.signing_key(None)] == ["certificates.E001"]


def test_a_good_key_is_no_fault_and_one_that_ends_soon_a_warning(signs):
    assert checks.signing_key(None) == []
    signs()
    assert checks.signing_key(None) == []
    signs("Bijna voorbij", days=59)
    assert [fault.id for fault in checks.signing_key(None)] == ["certificates.W001"]


@pytest.mark.django_db
def test_who_cannot_sign_takes_no_number_and_makes_nobody_a_certificate(signs, coordinator):
    certificate = actions.issue(ready_enrolment(participant__name="Jo"), by=coordinator)
    series = NumberSeries.objects.get().last
    signs(**UNUSABLE["expired"])
    enrolment = ready_enrolment()
    with pytest.raises(ValidationError) as refusal:
        actions.issue(enrolment, by=coordinator)
    assert refusal.value.code == "signing_unavailable"
    with pytest.raises(ValidationError):
        actions.correct(certificate, by=coordinator, name="Joo")
    assert NumberSeries.objects.get().last == series
    assert Certificate.objects.get().is_valid


# Changed, and by whom it was signed


def test_a_flipped_byte_anywhere_breaks_the_signature(signed):
    start, end = signatures.RANGE.search(signed).span(2)[0], len(signed)
    first = int(signatures.RANGE.search(signed)[2])
    everywhere = [*range(0, end, end // 12), end - 1, start]
    in_the_signature = range(first, first + 2200, 110)
    for position in (*everywhere, *in_the_signature):
        found = signatures.signature_in(flipped(signed, position))
        assert found is None or not (found.intact and found.is_ours), position


def test_the_same_signature_in_other_letters_or_with_something_after_it_is_broken(signed):
    first, second = (int(edge) for edge in signatures.RANGE.search(signed).groups()[1:3])
    lowered = signed[:first] + signed[first:second].lower() + signed[second:]
    for changed in (lowered, flipped(signed, second - 2), signed + b"\n"):
        assert not signatures.signature_in(changed).intact


@pytest.mark.django_db
def test_a_changed_file_that_the_register_does_not_know_still_says_it_is_changed(signed):
    for position in range(9, len(signed), len(signed) // 12):
        assert brought.judged(flipped(signed, position)).kind == Kind.CHANGED, position
    assert brought.judged(signed).kind == Kind.SIGNED


def test_a_paper_that_another_signed_is_not_ours(signs):
    signs("Een ander")
    theirs = signing.certificate_pdf(FACTS)
    signs()
    found = signatures.signature_in(theirs)
    assert found == signatures.Signature(True, False, "Een ander")


def test_a_paper_of_an_earlier_key_stays_ours(signs, settings):
    signs("De vorige")
    paper, settings.SIGNING_EARLIER = signing.certificate_pdf(FACTS), settings.SIGNING_CERTIFICATE
    signs()
    assert signatures.signature_in(paper).is_ours


@pytest.mark.parametrize(
    "hostile",
    [
        b"/ByteRange [0 5 25 1]<zz>",
        b"/ByteRange [0 25 29 0]    <00>",
        b"/ByteRange [0 29 41 0]        <3003020100>",
        b"/ByteRange [0 1 2 999999999]",
        b"/ByteRange" * 1000,
    ],
)
def test_what_cannot_be_read_is_no_whole_signature(hostile):
    found = signatures.signature_in(hostile)
    assert found is None or found == signatures.BROKEN


# The command


@pytest.mark.django_db
def test_verifying_tells_of_the_signature_beside_the_register(signed, tmp_path, signs):
    file = tmp_path / "a.pdf"
    told = {}
    foreign = b"%PDF-1.7 van een ander"
    for name, pdf in {"whole": signed, "changed": flipped(signed, 900), "none": foreign}.items():
        file.write_bytes(pdf)
        with pytest.raises(CommandError) as refusal:
            call_command("verify_certificate", str(file))
        assert refusal.value.returncode == 1
        told[name] = str(refusal.value)
    assert f"heel (intact), van {US}" in told["whole"]
    assert "gewijzigd (changed)" in told["changed"]
    assert "Handtekening: geen" in told["none"]
    signs("Een ander")
    file.write_bytes(signed)
    with pytest.raises(CommandError, match="unknown signer"):
        call_command("verify_certificate", str(file))


@pytest.mark.django_db
def test_the_demo_signs_with_a_key_of_its_own_that_says_so(coordinator, tmp_path, capsys):
    demo_key.make()
    key = signing.demo_files()[0]
    made = key.read_bytes()
    demo_key.make()
    assert (key.read_bytes(), key.stat().st_mode & 0o077) == (made, 0)
    certificate = actions.issue(ready_enrolment(), by=coordinator)
    file = tmp_path / "demo.pdf"
    file.write_bytes(bytes(certificate.document.pdf))
    call_command("verify_certificate", str(file))
    state, signature = capsys.readouterr().out.splitlines()
    assert state == f"{certificate.number}: valid (geldig)"
    assert signature == "Handtekening: heel (intact), van DEMO, geen echte handtekening"
