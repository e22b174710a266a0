"""Messages, the weekly mail before it goes, its texts, calling, and the calendar of a cohort."""

import datetime as dt

from django.utils import timezone

from participants.messages import weeks
from tests.browser.states import State
from tests.factories import (
    CohortBreakFactory,
    CohortFactory,
    DeliveryFactory,
    EnrolmentFactory,
    HourEntryFactory,
    MessageFactory,
    PhoneCallFactory,
    ReminderFactory,
    ReminderTextFactory,
    RoleFactory,
)

LONG = "Maria-Fernanda Wilhelmina van der Grinten-Oyelaran de Bruin"
WORDS = "We zijn de volgende keer in zaal 2.\n\nNeem je plan mee, dan kijken we er samen naar."


def day(days):
    return timezone.localdate() + dt.timedelta(days=days)


def cohort(**facts):
    contact = {"contact_name": "Karima Zahir", "contact_phone": "06 0000 0000"}
    return CohortFactory(starts_on=day(-90), ends_on=day(90), **{**contact, **facts})


def group(**facts):
    """(coordinator, people) of one cohort: somebody with a long name, and two more."""
    own = cohort(**facts)
    names = [LONG, "Samira Aalbers", "Desi Abena"]
    people = [EnrolmentFactory(cohort=own, participant__name=name) for name in names]
    return RoleFactory(kind="coordinator", cohort=own).user, people


# Who takes part


def nothing_yet():
    return EnrolmentFactory(cohort=cohort()).participant, "/berichten/"


def several():
    enrolment = EnrolmentFactory(cohort=cohort())
    for subject in ("De zaal", "Wat neem je mee naar de laatste les voor de vakantie begint"):
        message = MessageFactory(cohort=enrolment.cohort, subject=subject)
        DeliveryFactory(enrolment=enrolment, message=message)
    return enrolment.participant, "/berichten/"


def one_message():
    enrolment = EnrolmentFactory(cohort=cohort())
    message = MessageFactory(cohort=enrolment.cohort, text=WORDS)
    delivery = DeliveryFactory(enrolment=enrolment, message=message)
    return enrolment.participant, f"/berichten/{delivery.pk}/"


def time_to_talk():
    enrolment = EnrolmentFactory(cohort=cohort())
    DeliveryFactory(enrolment=enrolment, message=MessageFactory(cohort=enrolment.cohort))
    return enrolment.participant, "/"


def mails_of_staff():
    return group()[0], "/berichten/mail/"


# Staff


def to_write():
    coordinator, people = group()
    return coordinator, f"/lichtingen/{people[0].cohort_id}/bericht/?wie=alle"


def nobody_to_write_to():
    own = cohort()
    return RoleFactory(cohort=own).user, f"/lichtingen/{own.pk}/bericht/"


def sent():
    coordinator, people = group()
    message = MessageFactory(cohort=people[0].cohort, text=WORDS)
    for enrolment in people:
        DeliveryFactory(enrolment=enrolment, message=message)
    return coordinator, f"/berichten/verstuurd/{message.pk}/"


def nothing_goes_out():
    return group(quiet_days=0, talk_behind_minutes=0)[0], "/wat-gaat-eruit/"


def much_goes_out():
    coordinator, people = group()
    HourEntryFactory(enrolment=people[0], returned=True)
    MessageFactory(cohort=people[0].cohort)
    week = weeks.next_week_to_mail(timezone.now(), (2, 9))
    ReminderFactory(enrolment=people[1], week=week, held=True)
    return coordinator, "/wat-gaat-eruit/"


def silent():
    coordinator, people = group()
    for ago in (14, 7):
        ReminderFactory(enrolment=people[0], week=day(-ago), made_at=timezone.now())
    return coordinator, people[0]


def to_call():
    coordinator, enrolment = silent()
    PhoneCallFactory(enrolment=enrolment, called_on=day(-60), noted_at=timezone.now())
    return coordinator, f"/deelnames/{enrolment.pk}/gebeld/"


def call_list():
    return silent()[0], "/wacht/?soort=bellen"


def texts():
    coordinator, people = group()
    ReminderTextFactory(cohort=people[0].cohort)
    return coordinator, f"/lichtingen/{people[0].cohort_id}/herinneringen/"


def own_text():
    coordinator, people = group()
    ReminderTextFactory(cohort=people[0].cohort, key="end", text="Bel {contactpersoon}.")
    return coordinator, f"/lichtingen/{people[0].cohort_id}/herinneringen/end/"


def calendar():
    coordinator, people = group()
    own = people[0].cohort
    CohortBreakFactory(cohort=own, starts_on=day(-30), ends_on=day(-16))
    return coordinator, f"/lichtingen/{own.pk}/planning/"


def calendar_of_a_trainer():
    own = cohort(talk_behind_minutes=0)
    return RoleFactory(cohort=own).user, f"/lichtingen/{own.pk}/planning/"


STATES = [
    State("messages, none yet", nothing_yet),
    State("messages, two new", several),
    State("a message", one_message),
    State("first screen, time to talk and a new message", time_to_talk),
    State("which mails, for staff", mails_of_staff),
    State("write a message to everybody", to_write),
    State("write a message, nobody there", nobody_to_write_to),
    State("a message that was sent", sent),
    State("what goes out, nothing", nothing_goes_out),
    State("what goes out, with one held back", much_goes_out),
    State("to call", to_call),
    State("who to call", call_list),
    State("texts of the reminders", texts),
    State("one text, not the standard one", own_text),
    State("calendar of a cohort", calendar),
    State("calendar, for a trainer", calendar_of_a_trainer),
]
