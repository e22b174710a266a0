"""The register of its coordinator: a certificate's story, and the pages on which it ends."""

from certificates import actions, ending
from certificates.models import Certificate
from tests.browser.states import State
from tests.factories import RoleFactory
from tests.factories.certificates import CertificateFactory, RevocationFactory

LONG = "Wilhelmina Francisca Oyelaran van den Heuvel-Beukenrodestein"


def coordinator():
    return RoleFactory(coordinator=True).user


def page(what="", **facts):
    def made():
        return (
            coordinator(),
            f"/certificaten/{CertificateFactory(name=LONG, **facts).number}/{what}",
        )

    return made


def replaced():
    office, old = coordinator(), CertificateFactory(name=LONG)
    actions.correct(old, by=office, name="Marisol M. Martina")
    return office, f"/certificaten/{old.number}/"


def buried():
    certificate = CertificateFactory()
    ending.bury(Certificate.objects.all(), by=None)
    return coordinator(), f"/certificaten/{certificate.number}/"


def awaits_a_second_person():
    return coordinator(), f"/certificaten/{RevocationFactory().certificate.number}/"


def question():
    return coordinator(), f"/certificaten/vragen/{RevocationFactory().pk}/"


def own_question():
    asked = RevocationFactory(asked_by=coordinator())
    return asked.asked_by, f"/certificaten/vragen/{asked.pk}/"


def question_in_the_register():
    RevocationFactory()
    return coordinator(), "/certificaten/"


STATES = [
    State("certificate, its story", page()),
    State("certificate, before its award date", page(awaited=True)),
    State("certificate, revoked", page(revoked=True)),
    State("certificate, replaced", replaced),
    State("certificate, after erasure", buried),
    State("certificate, a wish to revoke waits", awaits_a_second_person),
    State("revoking", page("intrekken/")),
    State("revoking by two", page("intrekken/", enrolment__cohort__track__revoking_takes_two=True)),
    State("taking back before the award date", page("niet-uitreiken/", awaited=True)),
    State("wish to revoke, for the second person", question),
    State("wish to revoke, of oneself", own_question),
    State("wish to revoke, in the register", question_in_the_register),
]
