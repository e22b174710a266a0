"""Reads the signature in a file that somebody brought: whose is it, and is the file still whole?

Strict about the place and the form of it, as our own files are: what a signature does not cover
(zeros after it, another way to write the same) may not differ either. Nothing else of the file is
read, so nothing in it can keep us busy.
"""

import hashlib
import re
from binascii import hexlify
from dataclasses import dataclass

from asn1crypto import cms
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from certificates import signing

RANGE = re.compile(rb"/ByteRange\s{0,9}\[\s{0,9}(\d{1,9}) (\d{1,9}) (\d{1,9}) (\d{1,9})\s{0,64}\]")
LONGEST = 64 * 1024  # characters of a signature
# All that unreadable bytes make asn1crypto, cryptography and pyHanko say.
UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    UnsupportedAlgorithm,
    SignatureValidationError,
)


@dataclass(frozen=True)
class Signature:
    """``signer`` is the name in the certificate of who signed; "" when that is not to be read."""

    intact: bool
    is_ours: bool
    signer: str


BROKEN = Signature(intact=False, is_ours=False, signer="")


def signature_in(pdf):
    """The last Signature in ``pdf`` (bytes), or None."""
    places = list(RANGE.finditer(pdf))
    if not places:
        return None
    try:
        return _read(pdf, [int(edge) for edge in places[-1].groups()])
    except UNREADABLE:
        return BROKEN


def _read(pdf, edges):
    start, first, second, length = edges
    written = pdf[first:second]
    if start or second + length != len(pdf) or len(written) > LONGEST:
        return BROKEN
    content = cms.ContentInfo.load(bytes.fromhex(written[1:-1].decode("ascii")))
    certificates = [each.chosen for each in content["content"]["certificates"]]
    certificate, info = _signer(content["content"], certificates)
    digest = hashlib.sha256(pdf[:first] + pdf[second:]).digest()
    whole = validate_sig_integrity(info, certificate, "data", digest) == (True, True)
    is_ours = certificate.dump() in signing.own_certificates()
    if is_ours and not {each.dump() for each in certificates} <= {*signing.known_certificates()}:
        whole = False
    return Signature(
        intact=whole and _is_plain(content, info, written),
        is_ours=is_ours,
        signer=certificate.subject.native.get("common_name", ""),
    )


def _signer(signed, certificates):
    """(certificate, signer info) of a signature by one."""
    (info,) = signed["signer_infos"]
    wanted = info["sid"].chosen
    (certificate,) = [
        each
        for each in certificates
        # By bytes: as names they would be equal in other capitals too.
        if each.issuer.dump() == wanted["issuer"].dump()
        and each.serial_number == wanted["serial_number"].native
    ]
    return certificate, info


def _is_plain(content, info, written):
    """Whether ``content`` is ``written`` in the one way that we write it.

    With nothing else than ours in the parts that no signature covers.
    """
    signed = content["content"]
    around = [
        [each.dump() for each in signed["digest_algorithms"]] == [info["digest_algorithm"].dump()],
        signed["encap_content_info"].native == {"content_type": "data", "content": None},
        {signed["version"].native, info["version"].native} == {"v1"},
        not info["unsigned_attrs"],
        not signed["crls"],
    ]
    plain = hexlify(content.dump(force=True)).upper()
    return all(around) and written == b"<%b>" % plain.ljust(len(written) - 2, b"0")
