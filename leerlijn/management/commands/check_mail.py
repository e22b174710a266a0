import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

ADVICE = """\
Look at the source of that mail where it arrived, at "Authentication-Results": spf, dkim and dmarc
should each say "pass". When one does not, ask the DNS what stands there:

  dig +short TXT {domain}            one line that begins with "v=spf1" and names {host}
  dig +short TXT NAME._domainkey.{domain}   the key; NAME is the s= of the DKIM-Signature
  dig +short TXT _dmarc.{domain}     begins with "v=DMARC1"; start with p=none, end with p=reject

The runbook says what to put there: docs/handbook/runbook.md, "Mail that arrives"."""


class Command(BaseCommand):
    help = "Send one mail to ADDRESS, and say where to look when it does not arrive."

    def add_arguments(self, parser):
        parser.add_argument("address", help="your own, best at a large provider")

    def handle(self, *, address, **options):
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
        if "." not in domain:
            raise CommandError(f"FROM_EMAIL has no domain of yours: {settings.DEFAULT_FROM_EMAIL}")
        message = EmailMessage(
            "Leerlijn: deze mail kwam aan",
            f"Verstuurd op {timezone.localtime():%d-%m-%Y %H:%M} door {settings.SITE_URL}.\n",
            to=[address],
        )
        server = settings.EMAIL_HOST or settings.EMAIL_BACKEND
        try:
            message.send()
        except (OSError, smtplib.SMTPException) as failure:
            raise CommandError(f"{server} did not take the mail: {failure}") from None
        self.stdout.write(f"{server} took a mail to {address}")
        return ADVICE.format(domain=domain, host=server)
