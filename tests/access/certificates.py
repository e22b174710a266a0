from django.utils import timezone

from certificates.ceremonies import bundling
from certificates.ceremonies.models import Bundle
from tests.access import Rule, everybody
from tests.factories import RoleFactory
from tests.factories.ceremonies import BatchFactory, BundleFactory
from tests.factories.certificates import CertificateFactory, RevocationFactory
from tests.factories.letterheads import LetterheadFactory, PaperImageFactory, words_of


def one(world):
    return {"number": world.certificate.number}


def group(world):
    return {"pk": world.cohort.pk}


def code(world):
    return {"code": world.certificate.code}


def reason(world):
    return {"reason": "Te vroeg gemaakt", "category": "mistake"}


def awaited(world):
    return {"number": CertificateFactory(enrolment=world.enrolment, awaited=True).number}


def asked(world):
    """By another coordinator, so that there is one who may answer."""
    asker = RoleFactory(coordinator=True).user
    return {"pk": RevocationFactory(certificate=world.certificate, asked_by=asker).pk}


def note(world):
    return {"answer": "reject", "note": "Het klopt wel"}


def name(world):
    return {"name": "Marisol M. Martina"}


def chosen(world):
    day = timezone.localdate().isoformat()
    return {"enrolments": [world.enrolment.pk], "award_date": day}


def batch(world):
    return {"pk": BatchFactory(cohort=world.cohort, asked_by=world.coordinator).pk}


def bundle(world):
    return {"pk": BundleFactory(cohort=world.cohort, asked_by=world.coordinator).pk}


def made_bundle(world):
    path = bundling.SHELF.folder() / "matrix.zip"
    path.write_bytes(b"PK")
    facts = {"path": path.name, "finished_at": timezone.now()}
    Bundle.objects.filter(pk=bundle(world)["pk"]).update(**facts)
    return {"pk": Bundle.objects.get(path=path.name).pk}


def a_batch(world):
    return {"cohort": world.cohort.pk, "enrolments": [world.enrolment.pk]}


def a_bundle(world):
    return {"cohort": world.certificate.enrolment.cohort_id, "kind": "zip", "why": "ceremony"}


def own(world):
    return {"pk": world.enrolment.pk}


def short(world):
    return {"shown": "short"}


def track(world):
    return {"pk": world.cohort.track_id}


def logo(world):
    LetterheadFactory(track=world.cohort.track, logo=PaperImageFactory())
    return track(world) | {"slot": "logo"}


def letterhead(world):
    return words_of(world.cohort.track) | {"revision": 0}


JSON = "application/json"
OFFICE = {"coordinator": 200}
SETTERS = {"coordinator": 200, "administrator": 200}
HOLDER = {"participant": 200, "coordinator": 200}

RULES = [
    # Who coordinates nothing sees an empty register.
    Rule("certificates:register", allow=everybody(200)),
    Rule("certificates:cohort", args=group, allow=OFFICE),
    Rule("certificates:issue", args=group, data=chosen, allow=OFFICE),
    Rule("certificates:issue", "post", args=group, data=chosen, allow={"coordinator": 302}),
    Rule("certificates:export-zip", "post", args=group, allow={"coordinator": 302}),
    Rule("certificates:export-pdf", "post", args=group, allow={"coordinator": 302}),
    Rule("certificates:handing-list", "post", args=group, allow={"coordinator": 302}),
    Rule("certificates:confirm-name", "post", args=own, allow={"coordinator": 302}),
    Rule("certificates:batch", args=batch, allow=OFFICE),
    Rule("certificates:batch-on", "post", args=batch, allow={"coordinator": 302}),
    Rule("certificates:bundle", args=bundle, allow=OFFICE),
    Rule("certificates:bundle-on", "post", args=bundle, allow={"coordinator": 302}),
    Rule("certificates:bundle-file", args=bundle, allow={"coordinator": 302}),
    Rule("api:batches-list", allow=everybody(200)),
    Rule("api:batches-detail", args=batch, allow=OFFICE),
    Rule("api:batches-lines", args=batch, allow=OFFICE),
    Rule("api:batches-go-on", "post", args=batch, allow=OFFICE),
    # Without a cohort: what is missing is told to everybody.
    Rule("api:batches-preview", allow=everybody(400)),
    Rule("api:batches-list", "post", data=a_batch, content_type=JSON, allow={"coordinator": 201}),
    Rule("api:bundles-list", allow=everybody(200)),
    Rule("api:bundles-detail", args=bundle, allow=OFFICE),
    Rule("api:bundles-go-on", "post", args=bundle, allow=OFFICE),
    Rule("api:bundles-file", args=made_bundle, allow=OFFICE),
    Rule("api:bundles-list", "post", data=a_bundle, content_type=JSON, allow={"coordinator": 201}),
    Rule("certificates:detail", args=one, allow=OFFICE),
    Rule("certificates:pdf", args=one, allow=HOLDER),
    Rule("certificates:revoke", args=one, allow=OFFICE),
    Rule("certificates:revoke", "post", args=one, data=reason, allow={"coordinator": 302}),
    Rule("certificates:withdraw", args=awaited, allow=OFFICE),
    Rule("certificates:withdraw", "post", args=awaited, data=reason, allow={"coordinator": 302}),
    Rule("certificates:revocation", args=asked, allow=OFFICE),
    Rule("certificates:revocation", "post", args=asked, data=note, allow={"coordinator": 302}),
    Rule("certificates:correct", args=one, allow=OFFICE),
    Rule("certificates:correct", "post", args=one, data=name, allow={"coordinator": 302}),
    Rule("certificates:letterheads", allow=everybody(200)),
    Rule("certificates:letterhead", args=track, allow=SETTERS),
    Rule(
        "certificates:letterhead",
        "post",
        args=track,
        data=letterhead,
        allow={"coordinator": 302, "administrator": 302},
    ),
    Rule("certificates:letterhead-preview", args=track, allow=SETTERS),
    Rule("certificates:letterhead-preview", "post", args=track, data=letterhead, allow=SETTERS),
    Rule("certificates:letterhead-picture", args=logo, allow=SETTERS),
    Rule("certificates:mine", allow=everybody(200)),
    Rule("certificates:show", "post", args=one, data=short, allow={"participant": 302}),
    Rule("certificates:name-preview", "post", args=own, allow={"participant": 200}),
    Rule("certificates:check-form", everyone=200),
    Rule("certificates:check-form", "post", everyone=200),
    Rule("certificates:check-file", "post", everyone=200),
    Rule("certificates:check", args=code, everyone=200),
    Rule("api:check", args=code, everyone=200),
    Rule("api:certificates-list", allow=everybody(200)),
    # Staff of the cohort see the enrolment but may not issue; to others it is not there.
    Rule(
        "api:certificates-list",
        "post",
        data=lambda world: {"enrolment": world.enrolment.pk},
        content_type="application/json",
        allow={
            "coordinator": 400,
            "participant": 403,
            "trainer": 403,
            "assessor": 403,
            "other_assessor": 403,
        },
    ),
    Rule("api:certificates-detail", args=one, allow=HOLDER),
    Rule("api:certificates-pdf", args=one, allow=HOLDER),
    Rule(
        "api:certificates-revoke",
        "post",
        args=one,
        data=reason,
        content_type="application/json",
        allow={"coordinator": 200, "participant": 403},
    ),
    Rule(
        "api:certificates-withdraw",
        "post",
        args=awaited,
        data=reason,
        content_type="application/json",
        allow={"coordinator": 200},
    ),
    Rule("api:revocations-list", allow=everybody(200)),
    Rule("api:revocations-detail", args=asked, allow=OFFICE),
    Rule("api:revocations-confirm", "post", args=asked, allow=OFFICE),
    Rule(
        "api:revocations-reject",
        "post",
        args=asked,
        data=note,
        content_type="application/json",
        allow=OFFICE,
    ),
    # Of who asked only.
    Rule("api:revocations-take-back", "post", args=asked, allow={"coordinator": 403}),
    Rule(
        "api:certificates-show",
        "post",
        args=one,
        data=short,
        content_type="application/json",
        allow={"participant": 200, "coordinator": 403},
    ),
    Rule(
        "api:certificates-correct",
        "post",
        args=one,
        data=name,
        content_type="application/json",
        allow={"coordinator": 201, "participant": 403},
    ),
]
