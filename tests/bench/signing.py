"""What a signature costs above pyHanko itself; called by the bench, asserts nothing."""

import time
from io import BytesIO

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates import demo_key, documents
from certificates.signing import Credential
from tests.bench.timing import medians
from tests.certificates.example import FACTS


def lines():
    """[(name, ratio, goal)], medians of processor time, in turns.

    - signing: PAdES B-B on one certificate, against pyHanko with its key in memory and the room
      for the signature told, as its documentation shows
    """
    key = ec.generate_private_key(ec.SECP256R1())
    of_key = demo_key.certificate(key).public_bytes(Encoding.DER)
    ours = Credential(key, Certificate.load(of_key), ())
    paper = documents.certificate_pdf(FACTS, to_sign=True)
    signed, floor = medians(
        lambda: ours.signed(paper),
        plain(key, of_key, paper, len(of_key)),
        turns=30,
        clock=time.process_time,
    )
    return [("signing", signed / floor, 1.2)]


def plain(key, of_key, paper, room):
    """Signs ``paper`` with nothing but pyHanko."""
    loaded = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=Certificate.load(of_key),
        signing_key=PrivateKeyInfo.load(loaded),
        cert_registry=SimpleCertificateStore(),
    )
    about = signers.PdfSignatureMetadata(
        field_name=documents.SIGNATURE, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    return lambda: signers.sign_pdf(
        IncrementalPdfFileWriter(BytesIO(paper)), about, signer, bytes_reserved=2 * room + 4096
    )
