"""The account: name, address, and by what somebody comes in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from participants.accounts.cards import CardCode, LoginCard
from participants.accounts.doors import ApiToken, Device, EmailChange
from participants.accounts.models import Role
from participants.agenda.models import CalendarFeed
from participants.events.models import Event
from participants.kept.models import KeptInput
from participants.mydata.registry import Shown, exported
from participants.mydata.rules.words import FOLLOWS, INSIDE, SECRET

SUBJECT = "wie-je-bent"


def of_user(model):
    return lambda user: model.objects.filter(user=user)


def _typed(row, reader):
    return {name: ", ".join(values) for name, values in row.fields.items()}


exported(
    get_user_model(),
    SUBJECT,
    _("Je account"),
    rows=lambda user: get_user_model().objects.filter(pk=user.pk),
    shown={
        "name": _("Naam"),
        "email": _("E-mailadres"),
        "phone": _("Telefoon"),
        "joined_at": _("Account gemaakt op"),
        "last_login": _("Laatst ingelogd"),
        "is_active": _("Mag inloggen"),
        "erase_on": _("Wordt gewist op"),
        "has_password": Shown(
            _("Met een wachtwoord"), lambda row, reader: row.has_usable_password()
        ),
    },
    left_out={
        "password": SECRET,
        "name_key": FOLLOWS,
        "is_demo": INSIDE,
        "is_superuser": INSIDE,
        "erased_at": "only set once nothing else is left",
    },
)
exported(
    Event,
    SUBJECT,
    _("Wanneer je inlogde"),
    key="logins",
    rows=lambda user: Event.objects.logins().filter(actor=user),
    shown={"happened_at": _("Wanneer")},
    left_out={
        "kind": FOLLOWS,
        "act": FOLLOWS,
        "actor": FOLLOWS,
        "subject": FOLLOWS,
        "enrolment": "a login is of no cohort",
        "reason": "a login has none",
    },
)
exported(
    Role,
    SUBJECT,
    _("Je rollen"),
    rows=of_user(Role),
    shown={"kind": _("Rol"), "cohort": _("Lichting")},
    left_out={"user": FOLLOWS},
)
exported(
    EmailAddress,
    SUBJECT,
    _("Adressen om in te loggen"),
    rows=of_user(EmailAddress),
    shown={"email": _("E-mailadres"), "verified": _("Bevestigd")},
    left_out={"user": FOLLOWS, "primary": INSIDE},
)
exported(
    EmailChange,
    SUBJECT,
    _("Nieuwe e-mailadressen"),
    rows=of_user(EmailChange),
    shown={
        "email": _("Nieuw adres"),
        "old_email": _("Oud adres"),
        "asked_at": _("Gevraagd op"),
        "confirmed_at": _("Bevestigd op"),
    },
    left_out={"user": FOLLOWS, "nonce": SECRET, "digest": SECRET},
)
exported(
    Device,
    SUBJECT,
    _("Apparaten"),
    rows=of_user(Device),
    shown={
        "label": _("Apparaat"),
        "logged_in_at": _("Ingelogd op"),
        "last_used_on": _("Laatst gebruikt"),
    },
    left_out={"user": FOLLOWS, "session_key": SECRET},
)
exported(
    ApiToken,
    SUBJECT,
    _("Tokens"),
    rows=of_user(ApiToken),
    shown={
        "name": _("Naam"),
        "start": _("Begint met"),
        "created_at": _("Gemaakt op"),
        "last_used_on": _("Laatst gebruikt"),
        "revoked_at": _("Ingetrokken op"),
    },
    left_out={"user": FOLLOWS, "digest": SECRET},
)
exported(
    Authenticator,
    SUBJECT,
    _("Extra beveiliging"),
    rows=of_user(Authenticator),
    shown={
        "type": _("Soort"),
        "name": Shown(_("Naam"), lambda row, reader: row.data.get("name", "")),
        "created_at": _("Toegevoegd op"),
        "last_used_at": _("Laatst gebruikt"),
    },
    left_out={"user": FOLLOWS, "data": SECRET},
)
exported(
    LoginCard,
    SUBJECT,
    _("Kaarten met codes"),
    rows=of_user(LoginCard),
    shown={
        "made_at": _("Gemaakt op"),
        "ends_on": _("Werkt tot en met"),
        "ended_at": _("Ingetrokken op"),
    },
    left_out={"user": FOLLOWS},
)
exported(
    CardCode,
    SUBJECT,
    _("Codes van je kaarten"),
    rows=lambda user: CardCode.objects.filter(card__user=user),
    shown={"used_at": _("Gebruikt op")},
    left_out={"card": FOLLOWS, "digest": SECRET},
)
exported(
    CalendarFeed,
    SUBJECT,
    _("Je agenda-adres"),
    rows=of_user(CalendarFeed),
    shown={"created_at": _("Gemaakt op"), "revoked_at": _("Uitgezet op")},
    left_out={"user": FOLLOWS, "nonce": SECRET, "digest": SECRET},
)
exported(
    KeptInput,
    SUBJECT,
    _("Wat je typte en nog niet verstuurde"),
    rows=of_user(KeptInput),
    shown={
        "key": _("Formulier"),
        "fields": Shown(_("Wat je typte"), _typed),
        "changed_at": _("Bewaard op"),
    },
    left_out={"user": FOLLOWS},
)
