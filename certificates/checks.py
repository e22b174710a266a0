"""What ``manage.py check`` says of the key that signs, before somebody wants a certificate."""

import datetime as dt

from django.core import checks
from django.utils import timezone

from certificates import signing

SOON = dt.timedelta(days=60)


@checks.register(checks.Tags.security)
def signing_key(app_configs, **options):
    """An error when what is configured cannot sign, a warning when it soon cannot."""
    try:
        credential = signing.credential()
    except signing.Unusable as fault:
        return [checks.Error(f"Certificates cannot be signed: {fault}.", id="certificates.E001")]
    if credential is None:
        return []
    until = credential.certificate.not_valid_after
    if until - timezone.now() > SOON:
        return []
    return [
        checks.Warning(
            f"The certificate that signs is valid until {until:%Y-%m-%d}.",
            hint="Ask for a new one now, and keep the old one in SIGNING_EARLIER.",
            id="certificates.W001",
        )
    ]
