from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from certificates import brought
from certificates.brought import Kind

NOT_REGISTERED = {
    Kind.SIGNED: "Dit bestand staat niet in het register, maar onze handtekening erop is heel.",
    Kind.CHANGED: "Dit bestand is aangepast: het noemt ons, en staat niet in het register.",
    Kind.UNKNOWN: "Dit bestand staat niet in het register.",
}


class Command(BaseCommand):
    help = "Tell whether a PDF is, byte for byte, a certificate of our register, and its state."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            found = brought.judged(file.read_bytes())
        except OSError as fault:
            raise CommandError(f"{file} is niet te lezen: {fault.strerror}.") from fault
        signed = f"Handtekening: {_state(found.signature)}"
        if found.certificate is None:
            raise CommandError(f"{NOT_REGISTERED[found.kind]}\n{signed}")
        certificate = found.certificate
        state = f"{certificate.number}: {certificate.status} ({certificate.get_status_display()})"
        return f"{state}\n{signed}"


def _state(signature):
    if signature is None:
        return "geen"
    if not signature.intact:
        return "gewijzigd (changed)"
    if not signature.is_ours:
        return f"heel, van een onbekende ondertekenaar (unknown signer): {signature.signer}"
    return f"heel (intact), van {signature.signer}"
