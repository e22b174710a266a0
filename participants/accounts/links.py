"""The secret in a link. The database can tell that it is right, and cannot tell what it is.

It is worked out from a row and the key of this site, so that a letter or a page can show it
again; what the row keeps is its digest.
"""

import base64
import hashlib

from django.utils.crypto import salted_hmac


def digest_of(secret):
    """Under what the database knows ``secret``."""
    return hashlib.sha256(secret.encode()).hexdigest()


def secret_of(purpose, *parts):
    """256 bits for an address, that only this site can work out from ``parts``."""
    mac = salted_hmac(purpose, " ".join(map(str, parts)), algorithm="sha256")
    return base64.urlsafe_b64encode(mac.digest()).decode().rstrip("=")
