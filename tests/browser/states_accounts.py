"""Helping somebody in who lost their mailbox, the card, and showing that it is still you."""

from participants.accounts import lost_mailbox
from participants.accounts.lost_mailbox_forms import MET
from tests.browser.states import State
from tests.factories import EnrolmentFactory, RoleFactory

LONG = "Maria-Fernanda Wilhelmina van der Grinten-Oyelaran de Bruin"


def helping(page, **facts):
    """A coordinator at ``page`` of somebody with a card."""

    def made():
        office = RoleFactory(coordinator=True, user__name="Ellen Brouwer").user
        person = EnrolmentFactory(participant__name=LONG, **facts).participant
        lost_mailbox.print_card(person, by=office, reason=str(MET))
        return office, f"/mensen/{person.pk}/inloggen/{page}"

    return made


def people():
    office = RoleFactory(coordinator=True).user
    RoleFactory(user__name=LONG)
    return office, "/mensen/inloggen/"


def own_card():
    office, person = RoleFactory(coordinator=True).user, EnrolmentFactory().participant
    lost_mailbox.print_card(person, by=office, reason=str(MET))
    return person, "/mijn-gegevens/instellingen/"


def by_code():
    return EnrolmentFactory().participant, "/accounts/reauthenticate/code/?next=/meer/"


STATES = [
    State("logging in with a card", lambda: (None, "/accounts/login/kaart/")),
    State("who lost a mailbox, all staff", people),
    State("who lost a mailbox, one person with a card", helping("")),
    State("who lost a mailbox, another address", helping("adres/")),
    State("who lost a mailbox, asked before a card", helping("kaart/")),
    State("a card among one's own settings", own_card),
    State("showing that it is still you, by mail", by_code),
]
