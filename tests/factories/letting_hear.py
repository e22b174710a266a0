"""Breaks of a cohort, reminders, calls, and messages of staff."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from participants.models import (
    Bounce,
    CohortBreak,
    Delivery,
    Message,
    PhoneCall,
    Reminder,
    ReminderText,
)
from tests.factories.cohorts import CohortFactory, EnrolmentFactory, UserFactory


class BounceFactory(DjangoModelFactory):
    """An address that nobody knows at the mail server of its domain."""

    class Meta:
        model = Bounce

    address = factory.Sequence("weg{}@leerlijn.example".format)
    status = "5.1.1"


class CohortBreakFactory(DjangoModelFactory):
    """The holiday of one week in the cohort of 2025."""

    class Meta:
        model = CohortBreak

    cohort = factory.SubFactory(CohortFactory)
    name = "Voorjaarsvakantie"
    starts_on = dt.date(2025, 2, 17)
    ends_on = dt.date(2025, 2, 23)


class ReminderFactory(DjangoModelFactory):
    """One that was sent; ``held`` one that a coordinator held back."""

    class Meta:
        model = Reminder

    class Params:
        held = factory.Trait(
            held_by=factory.SubFactory(UserFactory), held_at=factory.SelfAttribute("made_at")
        )

    enrolment = factory.SubFactory(EnrolmentFactory)
    participant = factory.SelfAttribute("enrolment.participant")
    week = dt.date(2025, 3, 3)
    points = factory.LazyFunction(lambda: ["quiet"])
    made_at = dt.datetime(2025, 3, 4, 8, 0, tzinfo=dt.UTC)


class PhoneCallFactory(DjangoModelFactory):
    class Meta:
        model = PhoneCall

    enrolment = factory.SubFactory(EnrolmentFactory)
    called_on = dt.date(2025, 3, 12)
    called_by = factory.SubFactory(UserFactory)


class ReminderTextFactory(DjangoModelFactory):
    class Meta:
        model = ReminderText

    cohort = factory.SubFactory(CohortFactory)
    key = "quiet"
    text = "Wat deed je de laatste tijd?"
    changed_by = factory.SubFactory(UserFactory)


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = Message

    cohort = factory.SubFactory(CohortFactory)
    author = factory.SubFactory(UserFactory)
    subject = "De zaal is veranderd"
    text = "We zijn vrijdag in zaal 2."


class DeliveryFactory(DjangoModelFactory):
    class Meta:
        model = Delivery

    enrolment = factory.SubFactory(EnrolmentFactory)
    message = factory.SubFactory(MessageFactory, cohort=factory.SelfAttribute("..enrolment.cohort"))
