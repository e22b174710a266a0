"""The signature of the organisation on a certificate: PAdES B-B, when there is a key for it.

The key (P-256) and its certificate are files that the settings name; they are read once in each
process. Without them papers are made unsigned, and all the rest is the same.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from io import BytesIO
from pathlib import Path

import structlog
from asn1crypto.x509 import Certificate
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates import documents

log = structlog.get_logger("leerlijn.signing")

# Bytes that a signature takes besides the certificates in it; some 700 in earnest.
BESIDES = 1200


class Unusable(Exception):
    """Why nothing can be signed with what is configured; for whoever runs the site."""


class Signer(signers.Signer):
    """The signer of pyHanko, with a key that is ready: its own reads the key for each file."""

    def __init__(self, key, certificate, chain):
        store = SimpleCertificateStore.from_certs(chain)
        super().__init__(signing_cert=certificate, cert_registry=store)
        self.key = key

    async def async_sign_raw(self, data, digest_algorithm, dry_run=False):
        return self.key.sign(data, ec.ECDSA(SHA256()))


class Writer(IncrementalPdfFileWriter):
    """Adds the signature and leaves the metadata be: written anew it breaks PDF/A."""

    def _update_meta(self):
        pass


@dataclass(frozen=True)
class Credential:
    """A key, the certificate that belongs to it, and those of who vouch for that."""

    key: ec.EllipticCurvePrivateKey
    certificate: Certificate
    chain: tuple

    def signed(self, paper):
        """``paper`` (PDF bytes with an empty field for the signature), signed."""
        # pyHanko signs in an event loop of its own, and a thread has no more than one.
        if not _in_a_loop():
            return self._signed(paper)
        with ThreadPoolExecutor(max_workers=1) as beside:
            return beside.submit(self._signed, paper).result()

    def _signed(self, paper):
        return self._signer.sign_pdf(Writer(BytesIO(paper)), bytes_reserved=self._room).getvalue()

    @cached_property
    def _signer(self):
        about = signers.PdfSignatureMetadata(
            field_name=documents.SIGNATURE,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        return signers.PdfSigner(about, Signer(self.key, self.certificate, self.chain))

    @cached_property
    def _room(self):
        """Characters for the signature: two for each byte."""
        return 2 * (BESIDES + sum(len(each.dump()) for each in (self.certificate, *self.chain)))


def _in_a_loop():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def certificate_pdf(facts, **drawing):
    """The paper of ``facts`` as it is kept: signed, when there is a key.

    ``drawing`` is told to ``documents.certificate_pdf``. Raises as ``refuse_if_unable``.
    """
    able = _able()
    paper = documents.certificate_pdf(facts, to_sign=able is not None, **drawing)
    return able.signed(paper) if able else paper


def refuse_if_unable():
    """Raise ValidationError (``signing_unavailable``) when a key is configured that cannot sign.

    Asked before a number is taken: nobody gets half a batch, or a paper without the signature
    that the others have.
    """
    _able()


def credential():
    """What signs today; None when nothing is configured. Raises Unusable."""
    if (files := _files()) is None:
        return None
    found = _loaded(*files)
    since, until = found.certificate.not_valid_before, found.certificate.not_valid_after
    if not since <= timezone.now() <= until:
        raise Unusable(f"the certificate is valid from {since:%Y-%m-%d} to {until:%Y-%m-%d} only")
    return found


def own_certificates():
    """Those that we sign with or signed with earlier, as DER; to recognise what is ours."""
    # The first of a file is ours, what follows vouches for it; of the earlier ones all are.
    return (*_current()[:1], *_recognised(settings.SIGNING_EARLIER))


def known_certificates():
    """The same, and those of who vouch for them."""
    return (*_current(), *_recognised(settings.SIGNING_EARLIER))


def demo_files():
    """(key, certificate): where the demo keeps those that it made for itself."""
    folder = Path(settings.MEDIA_ROOT) / "demo-signature"
    return folder / "key.pem", folder / "certificate.pem"


def _able():
    try:
        return credential()
    except Unusable as fault:
        log.error("signing_unavailable", why=str(fault))
        raise ValidationError(
            _(
                "Er kan nu geen certificaat worden gemaakt. De sleutel voor de digitale "
                "handtekening werkt niet. De beheerder van de site kan dit oplossen."
            ),
            code="signing_unavailable",
        ) from fault


def _files():
    """(key, certificate, passphrase) as configured, else those of the demo, else None."""
    if settings.SIGNING_KEY or settings.SIGNING_CERTIFICATE:
        return settings.SIGNING_KEY, settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE
    key, certificate = demo_files()
    return (str(key), str(certificate), "") if key.exists() else None


@lru_cache(maxsize=2)
def _loaded(key_file, certificate_file, passphrase):
    key = _key(key_file, passphrase.encode() or None)
    certificate, *chain = _certificates(certificate_file)
    of_key = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if certificate.public_key.dump() != of_key:
        raise Unusable("the first certificate in SIGNING_CERTIFICATE is not that of SIGNING_KEY")
    return Credential(key, certificate, tuple(chain))


def _key(name, passphrase):
    try:
        key = load_pem_private_key(Path(name).read_bytes(), passphrase)
    except OSError as fault:
        raise Unusable(f"SIGNING_KEY cannot be read: {fault.strerror}") from fault
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise Unusable(
            "SIGNING_KEY is no private key in PEM that SIGNING_PASSPHRASE opens"
        ) from fault
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise Unusable("SIGNING_KEY must be a key on the curve P-256")
    return key


def _certificates(name):
    try:
        found = list(load_certs_from_pemder([name]))
    except (OSError, ValueError) as fault:
        raise Unusable(f"{name or 'SIGNING_CERTIFICATE'} holds no certificate") from fault
    if not found:
        raise Unusable(f"{name} holds no certificate")
    return found


def _current():
    files = _files()
    return _recognised(files[1]) if files else ()


@cache
def _recognised(name):
    """The certificates in a file, as DER; none where there is no file, or nothing to be read."""
    try:
        return tuple(each.dump() for each in _certificates(name))
    except Unusable:
        return ()
