"""My data: the page, a subject, each form, more settings, and the ways in."""

from django.contrib.sessions.backends.db import SessionStore

from participants.accounts import tokens
from participants.models import Device, EmailChange
from tests.browser.states import State
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory
from tests.participants.mydata.scene import everything


def nothing_yet():
    return EnrolmentFactory().participant


def much():
    return everything(CohortFactory(), "Marisol").participant


def at(address, who=nothing_yet):
    return lambda: (who(), address)


def settings():
    person = nothing_yet()
    tokens.make(person, name="Een rekenblad met een lange naam", by=person)
    session = SessionStore()
    session.create()
    Device.objects.create(
        user=person,
        session_key=session.session_key,
        label="Samsung Internet op Android",
        last_used_on="2025-01-06",
    )
    return person, "/mijn-gegevens/instellingen/"


def new_address():
    person = nothing_yet()
    change = EmailChange.objects.create(
        user=person, email="een.lang.nieuw.adres@leerlijn.example", old_email=person.email
    )
    return person, f"/mijn-gegevens/e-mail/{change.pk}/{change.secret}/"


STATES = [
    State("my data, nothing yet", at("/mijn-gegevens/")),
    State("my data, of everything something", at("/mijn-gegevens/", much)),
    State("my data of staff", at("/mijn-gegevens/", lambda: RoleFactory().user)),
    State("my data, the account", at("/mijn-gegevens/bekijk/wie-je-bent/", much)),
    State("my data, the hours", at("/mijn-gegevens/bekijk/uren/", much)),
    State("my data, the plans", at("/mijn-gegevens/bekijk/plannen/", much)),
    State("my data, the certificate", at("/mijn-gegevens/bekijk/certificaat/", much)),
    State("my data, no hours yet", at("/mijn-gegevens/bekijk/uren/")),
    State("my data, another name", at("/mijn-gegevens/naam/")),
    State("my data, another telephone", at("/mijn-gegevens/telefoon/")),
    State("my data, another address", at("/mijn-gegevens/e-mail/")),
    State("my data, the new address", new_address),
    State("my data, more settings", settings),
    State("my data, passkeys, none yet", at("/accounts/2fa/webauthn/")),
    State("my data, a passkey", at("/accounts/2fa/webauthn/add/")),
    State("my data, second steps", at("/accounts/2fa/")),
    State("my data, the login page", lambda: (None, "/accounts/login/")),
]
