"""Who looked: told to the person, and watched over by who is responsible, without what was read."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from participants.events.actions import was_read
from participants.files import storing
from participants.hours.proofs import HourProof
from participants.models import Event, Export
from participants.mydata import looking
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    PopFactory,
    RoleFactory,
)
from tests.factories.certificates import CertificateFactory
from tests.participants.mydata.scene import photo

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2025, 3, 3)


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def opens(time_machine):
    """Let ``by`` open the enrolments at a moment in Amsterdam."""

    def opens(by, enrolments, at="2025-03-05T15:00:00+01:00"):
        time_machine.move_to(dt.datetime.fromisoformat(at), tick=False)
        was_read(enrolments, by=by)

    return opens


def reads_of(enrolment):
    rows = Event.objects.reads().about(enrolment)
    return sorted(rows.values_list("subject", flat=True))


# Every door to what is sensitive


@pytest.mark.parametrize(
    "address",
    [
        "/deelnames/{}/",
        "/deelnames/{}/tijdlijn/",
        "/deelnames/{}/besluiten/",
        "/api/v1/enrolments/{}/",
        "/api/v1/enrolments/{}/progress/",
    ],
)
def test_the_page_of_a_person_is_noted_once_and_ones_own_never(client, cohort, address):
    enrolment = EnrolmentFactory(cohort=cohort)
    client.force_login(RoleFactory(coordinator=True, cohort=cohort).user)
    assert client.get(address.format(enrolment.pk)).status_code == 200
    assert reads_of(enrolment) == [f"enrolment:{enrolment.pk}"]
    client.force_login(enrolment.participant)
    client.get(address.format(enrolment.pk))
    assert len(reads_of(enrolment)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/certificaten/{}/",
        "/certificaten/{}/pdf/",
        "/api/v1/certificates/{}/",
        "/api/v1/certificates/{}/pdf/",
    ],
)
def test_a_certificate_is_noted(client, cohort, address):
    certificate = CertificateFactory(enrolment__cohort=cohort)
    client.force_login(RoleFactory(coordinator=True, cohort=cohort).user)
    assert client.get(address.format(certificate.number)).status_code == 200
    assert reads_of(certificate.enrolment) == [f"certificate:{certificate.pk}"]


def test_of_a_certificate_before_its_day_its_holder_is_told_nothing(client):
    certificate = CertificateFactory(awaited=True)
    was_read(certificate, by=RoleFactory(coordinator=True).user)
    assert not looking.reads_of(certificate.enrolment.participant)


# What the person reads


def test_one_reads_who_opened_what_by_day(client, cohort, opens):
    enrolment = EnrolmentFactory(cohort=cohort)
    trainer = RoleFactory(cohort=cohort, user__name="Tijn Trainer").user
    opens(trainer, enrolment, "2025-03-03T09:00:00+01:00")
    opens(trainer, enrolment, "2025-03-04T09:00:00+01:00")
    opens(trainer, [enrolment, PopFactory(enrolment=enrolment)], "2025-03-04T23:30:00+01:00")
    days = looking.by_day(enrolment.participant, looking.reads_of(enrolment.participant))
    told = [(day.day, {(look.who, look.what, look.times) for look in looks}) for day, looks in days]
    name = "Tijn Trainer (trainer)"
    assert told == [
        (4, {(name, "je plan", 1), (name, "je deelname", 2)}),
        (3, {(name, "je deelname", 1)}),
    ]
    client.force_login(enrolment.participant)
    page = client.get("/mijn-gegevens/wie-keek/").content.decode()
    assert "4 maart 2025" in page and "Tijn Trainer (trainer)" in page


def test_a_long_list_is_cut_and_goes_on(client, cohort, opens):
    enrolment = EnrolmentFactory(cohort=cohort)
    opens(RoleFactory(cohort=cohort).user, [enrolment] * 51)
    client.force_login(enrolment.participant)
    assert "50 keer" in client.get("/mijn-gegevens/wie-keek/").content.decode()
    assert "Bladzijde 2" in client.get("/mijn-gegevens/wie-keek/?page=2").content.decode()


def test_lists_of_the_own_cohort_are_told(client, cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    by = RoleFactory(coordinator=True, user__name="Ellen Staf").user
    facts = {"kind": "overview", "form": "csv", "total": 3, "why": "funder", "asked_by": by}
    Export.objects.create(cohort=cohort, **facts)
    Export.objects.create(cohort=CohortFactory(), **facts)
    assert [each.cohort for each in looking.lists_with(enrolment.participant)] == [cohort]
    client.force_login(enrolment.participant)
    assert "Ellen Staf" in client.get("/mijn-gegevens/wie-keek/").content.decode()


# What stands out


def found(by):
    return {one.user: one for one in looking.week(by, MONDAY)}


@pytest.mark.parametrize(("people", "stands_out"), [(9, False), (10, True)])
def test_ten_people_is_many_beside_a_colleague_with_one(cohort, opens, people, stands_out):
    eager, calm = RoleFactory(cohort=cohort).user, RoleFactory(cohort=cohort).user
    enrolments = EnrolmentFactory.create_batch(people, cohort=cohort)
    opens(eager, enrolments)
    opens(calm, enrolments[:1])
    week = found(RoleFactory(administrator=True).user)
    assert (len(week[eager].people), week[eager].usual) == (people, 1)
    assert week[eager].stands_out == stands_out
    assert not week[calm].stands_out


@pytest.mark.parametrize(("usual", "stands_out"), [(4, False), (3, True)])
def test_many_is_more_than_three_times_the_colleagues(cohort, opens, usual, stands_out):
    eager, calm = RoleFactory(cohort=cohort).user, RoleFactory(cohort=cohort).user
    enrolments = EnrolmentFactory.create_batch(12, cohort=cohort)
    opens(eager, enrolments)
    opens(calm, enrolments[:usual])
    assert found(RoleFactory(administrator=True).user)[eager].reads_many == stands_out


def test_who_has_another_role_is_no_colleague(cohort, opens):
    trainer, assessor = (
        RoleFactory(cohort=cohort).user,
        RoleFactory(cohort=cohort, assessor=True).user,
    )
    enrolments = EnrolmentFactory.create_batch(12, cohort=cohort)
    opens(trainer, enrolments)
    opens(assessor, enrolments[:1])
    one = found(RoleFactory(administrator=True).user)[trainer]
    assert one.usual is None and not one.stands_out


@pytest.mark.parametrize(
    ("at", "nights"),
    [
        ("2025-03-05T22:59:59+01:00", 0),
        ("2025-03-05T23:00:00+01:00", 1),
        ("2025-03-06T05:59:59+01:00", 1),
        ("2025-03-06T06:00:00+01:00", 0),
    ],
)
def test_the_night_is_from_eleven_to_six_in_amsterdam(cohort, opens, at, nights):
    trainer = RoleFactory(cohort=cohort).user
    opens(trainer, EnrolmentFactory(cohort=cohort), at)
    assert found(RoleFactory(administrator=True).user)[trainer].nights == nights


def test_a_cohort_where_one_has_no_role_stands_out(cohort, opens):
    enrolment = EnrolmentFactory(cohort=cohort)
    elsewhere, everywhere = RoleFactory().user, RoleFactory(coordinator=True).user
    opens(elsewhere, enrolment)
    opens(everywhere, enrolment)
    week = found(RoleFactory(administrator=True).user)
    assert week[elsewhere].outside == {enrolment.pk} and not week[everywhere].outside


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        ("2025-03-02T23:59:59+01:00", False),
        ("2025-03-03T00:00:00+01:00", True),
        ("2025-03-09T23:59:59+01:00", True),
        ("2025-03-10T00:00:00+01:00", False),
    ],
)
def test_a_week_is_from_monday_to_sunday(cohort, opens, at, seen):
    trainer = RoleFactory(cohort=cohort).user
    opens(trainer, EnrolmentFactory(cohort=cohort), at)
    assert (trainer in found(RoleFactory(administrator=True).user)) == seen


def test_a_coordinator_watches_over_the_own_cohorts_and_the_page_names_no_participant(
    client, cohort, opens
):
    by = RoleFactory(coordinator=True, cohort=cohort).user
    trainer = RoleFactory(cohort=cohort, user__name="Tijn Trainer").user
    other = RoleFactory(user__name="Vera Elders")
    opens(trainer, EnrolmentFactory(cohort=cohort, participant__name="Kanarina Voorbeeld"))
    opens(other.user, EnrolmentFactory(cohort=other.cohort))
    client.force_login(by)
    page = client.get("/mijn-gegevens/wie-keek-waar/").content.decode()
    assert "Tijn Trainer" in page
    assert "Vera Elders" not in page and "Kanarina" not in page


@pytest.mark.parametrize("asked", ["gisteren", "2025-02-30", "1999-01-01", "9999-12-31"])
def test_another_week_is_a_day_that_can_be(client, asked):
    client.force_login(RoleFactory(administrator=True).user)
    assert client.get(f"/mijn-gegevens/wie-keek-waar/?week={asked}").status_code == 404
    today = timezone.localdate()
    assert client.get(f"/mijn-gegevens/wie-keek-waar/?week={today}").status_code == 200


def test_a_file_with_hours_is_noted(client, cohort):
    entry = HourEntryFactory(enrolment__cohort=cohort)
    owner = entry.enrolment.participant
    stored = storing.store(photo("bewijs.jpg"), by=owner)
    proof = HourProof.objects.create(entry=entry, file=stored, added_by=owner)
    for reader in (owner, RoleFactory(cohort=cohort).user):
        client.force_login(reader)
        assert client.get(reverse("hours:proof", args=[proof.pk])).status_code == 200
    assert reads_of(entry.enrolment) == [f"hourproof:{proof.pk}"]
