"""What a mail server writes back when a mail could not be delivered (RFC 3464)."""

import email
import email.policy
import re

MOST_BYTES = 1024 * 1024  # a report quotes the mail that it is about
PERMANENT = re.compile(r"5\.\d{1,3}\.\d{1,3}")


def failed(content):
    """(address, status) of each recipient that ``content``, the bytes of a mail, gives up on.

    Nothing for any other mail, and nothing for what is only late (4.x.x).
    """
    message = email.message_from_bytes(content[:MOST_BYTES], policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            yield from _given_up(part)


def _given_up(report):
    for recipient in report.get_payload():
        status = PERMANENT.search(str(recipient.get("Status", "")))
        address = _address(recipient)
        if status and address and str(recipient.get("Action", "")).strip().lower() == "failed":
            yield address, status.group()


def _address(recipient):
    """The address we wrote to, before others sent it on: "rfc822; noor@leerlijn.example"."""
    said = recipient.get("Original-Recipient") or recipient.get("Final-Recipient") or ""
    address = str(said).rpartition(";")[2].strip().strip("<>")
    return address if "@" in address and len(address) <= 254 else ""
