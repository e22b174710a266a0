"""What hangs on the account, whatever the person took part in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils.translation import gettext as _

from participants.accounts.cards import CardCode, LoginCard
from participants.accounts.doors import ApiToken, Device, EmailChange
from participants.accounts.models import Role
from participants.agenda.models import CalendarFeed
from participants.bounces.models import Bounce
from participants.confirmations.models import ConfirmationRequest
from participants.enrolments.applications import Application
from participants.erasing.registry import of_people
from participants.events.models import Event
from participants.kept.models import KeptInput
from participants.messages.models import MailChoice
from participants.plans.models import DevelopmentPlan, Feedback
from participants.receipts.models import Receipt

# Of these an event tells what somebody did with their own account.
OWN_THINGS = ("apitoken", "calendarfeed", "device", "emailchange", "logincard", "mailchoice")


def of_user(model):
    return lambda user: model.objects.filter(user=user)


def own_remarks(user):
    """What they wrote with the plan of a group; the answers of others stay where they are."""
    of_groups = DevelopmentPlan.objects.of_groups()
    return Feedback.objects.filter(author=user, version__plan__in=of_groups)


def own_events(user):
    own = Q(subject=f"user:{user.pk}")
    for thing in OWN_THINGS:
        own |= Q(actor=user, subject__startswith=f"{thing}:")
    return Event.objects.filter(own, enrolment=None)


def _at_addresses(user, field):
    """What was sent from or to an address that the person has, had, or asked for."""
    changes = EmailChange.objects.filter(user=user).values_list("email", "old_email")
    found = Q(**{f"{field}__iexact": user.email})
    for address in {each for pair in changes for each in pair}:
        found |= Q(**{f"{field}__iexact": address})
    return found


of_people(Feedback, own_remarks, instead={"text": _("(weggehaald)")})
of_people(ConfirmationRequest, lambda user: ConfirmationRequest.objects.filter(shown_by=user))
of_people(Application, lambda user: Application.objects.filter(_at_addresses(user, "email")))
of_people(Bounce, lambda user: Bounce.objects.filter(_at_addresses(user, "address")))
of_people(CardCode, lambda user: CardCode.objects.filter(card__user=user))
for model in (
    LoginCard,
    KeptInput,
    Receipt,
    MailChoice,
    CalendarFeed,
    ApiToken,
    EmailChange,
    EmailAddress,
    Authenticator,
    Device,
    Role,
):
    of_people(model, of_user(model))
of_people(Event, own_events)
