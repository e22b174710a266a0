"""What we let somebody hear: reminders, calls and messages, and what they want of it."""

from django.utils.translation import gettext_lazy as _

from participants.bounces.models import Bounce
from participants.messages.models import Delivery, MailChoice, Message, PhoneCall, Reminder
from participants.messages.points import BY_KEY
from participants.mydata.registry import Shown, exported
from participants.mydata.rules.enrolment import of_participant
from participants.mydata.rules.words import FOLLOWS, INSIDE, OF_COHORT

SUBJECT = "deelname"


def _why(row, reader):
    return _in_words(row.points)


def _why_elsewhere(row, reader):
    return [why for other in row.elsewhere for why in _in_words(other["points"])]


def _in_words(keys):
    return [str(BY_KEY[key].why) for key in keys if key in BY_KEY]


def _of_message(name):
    return lambda row, reader: getattr(row.message, name)


def _received(user):
    return of_participant(Delivery)(user).select_related("message")


exported(
    MailChoice,
    "wie-je-bent",
    _("Welke mails je wilt"),
    rows=lambda user: MailChoice.objects.filter(user=user),
    shown={
        "reminders_off_at": _("Mail van de week uitgezet op"),
        "digest_off_at": _("Weekoverzicht uitgezet op"),
    },
    left_out={"user": FOLLOWS},
)
exported(
    Bounce,
    "wie-je-bent",
    _("Mail die niet bij je aankwam"),
    rows=lambda user: Bounce.objects.filter(address__iexact=user.email),
    shown={
        "address": _("Adres"),
        "noted_at": _("Gezien op"),
        "solved_at": _("Opgelost op"),
        "solved_by": _("Opgelost door"),
    },
    left_out={"status": INSIDE},
)
exported(
    Reminder,
    SUBJECT,
    _("Mails van de week"),
    rows=of_participant(Reminder),
    shown={
        "enrolment": OF_COHORT,
        "week": _("Week van maandag"),
        "points": Shown(_("Waarover"), _why),
        "elsewhere": Shown(_("Waarover in een andere lichting"), _why_elsewhere),
        "made_at": _("Gemaakt op"),
        "held_by": _("Tegengehouden door"),
        "held_at": _("Tegengehouden op"),
    },
    left_out={"participant": FOLLOWS},
)
exported(
    PhoneCall,
    SUBJECT,
    _("Wanneer we belden"),
    rows=of_participant(PhoneCall),
    shown={
        "enrolment": OF_COHORT,
        "called_on": _("Gebeld op"),
        "called_by": _("Gebeld door"),
        "noted_at": _("Genoteerd op"),
    },
)
exported(
    Delivery,
    SUBJECT,
    _("Berichten aan jou"),
    rows=_received,
    shown={
        "enrolment": OF_COHORT,
        "sent_at": Shown(_("Verstuurd op"), _of_message("sent_at")),
        "subject": Shown(_("Onderwerp"), _of_message("subject")),
        "text": Shown(_("Bericht"), _of_message("text")),
        "read_at": _("Gelezen op"),
    },
    left_out={"message": FOLLOWS},
)
exported(
    Message,
    SUBJECT,
    _("Berichten die je schreef"),
    rows=lambda user: Message.objects.filter(author=user).select_related("cohort"),
    shown={
        "cohort": _("Lichting"),
        "subject": _("Onderwerp"),
        "text": _("Bericht"),
        "sent_at": _("Verstuurd op"),
    },
    left_out={"author": FOLLOWS, "form_id": INSIDE},
)
