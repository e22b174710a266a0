import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participants.models import Application, Enrolment, Event, IntakeNote
from tests.factories import EnrolmentFactory, RoleFactory, UserFactory
from tests.factories.applications import ApplicationFactory, open_cohort

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Jo Nieuw",
    "email": "jo@leerlijn.example",
    "phone": "",
    "did_training": "True",
    "did_training_note": "Basiscursus",
    "has_experience": "False",
    "has_experience_note": "",
}


@pytest.fixture
def cohort():
    return open_cohort(contact_phone="06 0000 0000", track__name="Leerlijn Buurtteams")


@pytest.fixture
def coordinator(cohort):
    return RoleFactory(coordinator=True, cohort=cohort).user


def text(response):
    return " ".join(response.content.decode().split())


def closed(cohort):
    cohort.applications_until = timezone.localdate() - dt.timedelta(days=1)
    cohort.save()


# A stranger


def test_the_list_shows_what_is_open_and_who_to_call_when_nothing_is(client, cohort):
    other = open_cohort(applications_until=None, name="Besloten groep")
    html = text(client.get("/aanmelden/"))
    assert cohort.name in html and other.name not in html
    closed(cohort)
    html = text(client.get("/aanmelden/"))
    assert "Je kunt je nu niet aanmelden" in html and "06 0000 0000" in html


def test_the_form_says_why_it_asks_and_for_how_long_it_keeps(client, cohort):
    html = text(client.get(f"/aanmelden/{cohort.pk}/"))
    assert html.count("We vragen dit omdat") == 2
    for words in ("Een cv vragen we niet", "na 4 weken weg", "niets over je gezondheid"):
        assert words in html
    assert "cv" not in [
        field.name for field in client.get(f"/aanmelden/{cohort.pk}/").context["form"]
    ]


def test_what_was_typed_stays_with_the_errors(client, cohort):
    response = client.post(f"/aanmelden/{cohort.pk}/", {**FORM, "email": "jo@", "did_training": ""})
    html = text(response)
    assert response.status_code == 200
    assert 'value="Jo Nieuw"' in html and 'value="jo@"' in html and "Basiscursus" in html
    assert "Kies ja of nee. Nee mag ook." in html
    assert not Application.objects.exists()


def test_a_known_and_an_unknown_address_get_the_same_answer_for_the_same_work(
    client, cohort, mailoutbox, django_capture_on_commit_callbacks
):
    UserFactory(email="bekend@leerlijn.example")
    answers, queries = [], []
    for email in ("eerst@leerlijn.example", "bekend@leerlijn.example", "vreemd@leerlijn.example"):
        leaving = django_capture_on_commit_callbacks(execute=True)
        with CaptureQueriesContext(connection) as asked, leaving:
            response = client.post(f"/aanmelden/{cohort.pk}/", {**FORM, "email": email})
        answers.append((response.status_code, response.url, text(client.get(response.url))))
        queries.append(len(asked))
    assert answers[0] == answers[1] == answers[2]
    assert queries[1] == queries[2]
    assert len({mail.body.split("http")[0] for mail in mailoutbox}) == 1


def test_after_the_last_day_there_is_a_sentence_and_somebody_to_call(client, cohort):
    closed(cohort)
    for response in (
        client.get(f"/aanmelden/{cohort.pk}/"),
        client.post(f"/aanmelden/{cohort.pk}/", FORM),
    ):
        assert "kan niet meer" in text(response) and "06 0000 0000" in text(response)
    assert not Application.objects.exists()


def test_a_cohort_that_was_never_open_is_not_there(client):
    never = open_cohort(applications_until=None)
    assert client.get(f"/aanmelden/{never.pk}/").status_code == 404


def test_one_address_on_the_internet_sends_so_many_an_hour(client, cohort, settings):
    settings.APPLICATIONS_AN_HOUR = 2
    for number in range(2):
        sent = client.post(
            f"/aanmelden/{cohort.pk}/", {**FORM, "email": f"a{number}@leerlijn.example"}
        )
        assert sent.status_code == 302
    response = client.post(f"/aanmelden/{cohort.pk}/", FORM)
    assert response.status_code == 429
    assert 'value="Jo Nieuw"' in text(response) and "over een uur" in text(response)
    assert Application.objects.count() == 2


# The link


def test_opening_the_link_changes_nothing_and_pressing_confirms(client, cohort):
    application = ApplicationFactory(cohort=cohort)
    address = f"/aanmelden/bevestig/{application.token}/"
    for method in (client.get, client.head, client.get):
        assert method(address).status_code == 200
    assert not Enrolment.objects.exists()
    assert client.post(address).url == "/aanmelden/bevestigd/"
    assert Enrolment.objects.get().status == "applied"
    again = client.post(address, follow=True)
    assert "al bevestigd" in text(again) and "Je aanmelding is binnen" in text(again)
    assert Enrolment.objects.count() == 1


def test_applied_twice_is_said_kindly(client, cohort):
    person = EnrolmentFactory(cohort=cohort, applied=True).participant
    application = ApplicationFactory(cohort=cohort, email=person.email)
    response = client.post(f"/aanmelden/bevestig/{application.token}/", follow=True)
    assert "Eén keer aanmelden is genoeg" in text(response)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_works_no_more_offers_the_form_again(client, cohort, method):
    old = ApplicationFactory(cohort=cohort, sent_at=timezone.now() - dt.timedelta(days=8))
    response = getattr(client, method)(f"/aanmelden/bevestig/{old.token}/")
    assert response.status_code == 404
    assert "Meld je opnieuw aan" in text(response)


# With an account


def test_who_is_logged_in_fills_in_only_the_two_questions(client, cohort):
    person = EnrolmentFactory().participant
    client.force_login(person)
    page = client.get(f"/aanmelden/{cohort.pk}/")
    assert "email" not in page.context["form"].fields and person.email in text(page)
    response = client.post(f"/aanmelden/{cohort.pk}/", FORM, follow=True)
    assert "Je aanmelding is binnen" in text(response) and "Basiscursus" in text(response)
    assert client.get(f"/aanmelden/{cohort.pk}/").status_code == 302
    assert person.enrolments.filter(cohort=cohort).count() == 1


def test_a_declined_applicant_reads_the_decision_after_logging_in(client, cohort):
    enrolment = EnrolmentFactory(
        cohort=cohort, status="declined", decision_reason="De groep is vol"
    )
    client.force_login(enrolment.participant)
    html = text(client.get("/", follow=True))
    assert "De groep is vol" in html and "06 0000 0000" in html and "na 4 weken" in html.lower()


def test_nobody_reads_the_application_of_another(client, cohort):
    enrolment = EnrolmentFactory(cohort=cohort, applied=True)
    client.force_login(EnrolmentFactory(cohort=cohort).participant)
    assert client.get(f"/aanmelding/{enrolment.pk}/").status_code == 404


# The office


def test_applications_stand_oldest_first_with_the_days_that_they_wait(client, cohort, coordinator):
    for days, name in ((1, "Ria Later"), (5, "Wim Eerst")):
        row = EnrolmentFactory(cohort=cohort, applied=True, participant__name=name)
        moment = timezone.now() - dt.timedelta(days=days)
        Enrolment.objects.filter(pk=row.pk).update(created_at=moment)
    EnrolmentFactory(cohort=cohort)
    EnrolmentFactory(applied=True, participant__name="Elders Anders")
    ApplicationFactory(cohort=cohort)
    client.force_login(coordinator)
    html = text(client.get(f"/lichtingen/{cohort.pk}/aanmeldingen/"))
    assert html.index("Wim Eerst") < html.index("Ria Later")
    assert "Wacht 5 dagen" in html and "Wacht 1 dag" in html
    assert "Elders Anders" not in html
    assert "1 aanmelding is nog niet bevestigd" in html


def test_the_list_asks_no_more_queries_for_more_people(client, cohort, coordinator):
    client.force_login(coordinator)
    client.get("/meer/")  # whatever is noted once a day
    counts = []
    for more in (1, 2):
        for _one in range(more):
            EnrolmentFactory(cohort=cohort, applied=True)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/lichtingen/{cohort.pk}/aanmeldingen/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_coordinator_opens_and_closes_the_door(client, coordinator):
    cohort = coordinator.roles.get().cohort
    client.force_login(coordinator)
    address = f"/lichtingen/{cohort.pk}/aanmelden-tot/"
    today = timezone.localdate()
    assert client.post(address, {"until": f"{today:%d-%m-%Y}"}).status_code == 302
    cohort.refresh_from_db()
    assert cohort.applications_until == today
    assert client.post(address, {"close": "1", "until": f"{today:%d-%m-%Y}"}).status_code == 302
    cohort.refresh_from_db()
    assert cohort.applications_until < today
    client.post(address, {"until": ""})
    cohort.refresh_from_db()
    assert cohort.applications_until is None
    acts = Event.objects.filter(subject=f"cohort:{cohort.pk}").values_list("act", flat=True)
    assert set(acts) == {"applications_opened", "applications_closed"}


def test_intake_notes_are_for_coordinators_alone(client, cohort, coordinator):
    enrolment = EnrolmentFactory(cohort=cohort, applied=True)
    client.force_login(coordinator)
    address = f"/deelnames/{enrolment.pk}/intake/"
    assert "niets over gezondheid" in text(client.get(address))
    client.post(address, {"text": "Belde terug op dinsdag."})
    person = f"/deelnames/{enrolment.pk}/"
    assert "Belde terug op dinsdag." in text(client.get(person))
    assert "Belde terug op dinsdag." in text(client.get(address))
    for other in (RoleFactory(cohort=cohort).user, RoleFactory(cohort=cohort, assessor=True).user):
        client.force_login(other)
        assert "Belde terug" not in text(client.get(person))
        assert client.get(address).status_code == 404
    client.force_login(enrolment.participant)
    assert "Belde terug" not in text(client.get(f"/aanmelding/{enrolment.pk}/"))
    client.force_login(coordinator)
    taken = {"form": "csv", "why": "meeting"}
    address_of_list = f"/lichtingen/{cohort.pk}/meenemen/overview/?status=applied"
    csv = client.post(address_of_list, taken).getvalue()
    assert b"Naam" in csv and b"Belde terug" not in csv
    client.post(address, {"text": " "})
    assert not IntakeNote.objects.exists()
    assert Event.objects.filter(act="intake_noted", reason="").count() == 2


@pytest.mark.parametrize(
    ("door", "subject", "said"),
    [
        ("toelaten", "Je doet mee", "zonder wachtwoord"),
        ("niet-toelaten", "Er is een besluit over je aanmelding", "06 0000 0000"),
    ],
)
def test_the_applicant_gets_one_mail_about_the_decision_and_nothing_personal(
    door, subject, said, client, cohort, coordinator, mailoutbox, django_capture_on_commit_callbacks
):
    enrolment = EnrolmentFactory(cohort=cohort, applied=True)
    client.force_login(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/deelnames/{enrolment.pk}/{door}/", {"reason": "Past bij de groep"})
        client.post(f"/deelnames/{enrolment.pk}/{door}/", {"reason": "Nog eens"})
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == ([enrolment.participant.email], subject)
    assert said in mail.body and "Past bij de groep" not in mail.body
    assert "niet toegelaten" not in mail.body.lower()


def test_who_is_enrolled_hears_how_to_log_in_unless_the_cohort_is_over(
    client, cohort, coordinator, mailoutbox, django_capture_on_commit_callbacks
):
    over = open_cohort(ends_on=timezone.localdate(), starts_on=dt.date(2025, 1, 6))
    past = open_cohort(
        ends_on=timezone.localdate() - dt.timedelta(days=1), starts_on=dt.date(2025, 1, 6)
    )
    RoleFactory(coordinator=True, user=coordinator)
    client.force_login(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        for number, each in enumerate((cohort, over, past)):
            data = {"name": "Jo", "email": f"jo{number}@leerlijn.example", "admit": "now"}
            assert client.post(f"/lichtingen/{each.pk}/toevoegen/", data).status_code == 302
    assert [mail.to[0] for mail in mailoutbox] == ["jo0@leerlijn.example", "jo1@leerlijn.example"]
    assert "/accounts/login/code/" in mailoutbox[0].body


@pytest.mark.parametrize(
    "address", ["/aanmelden/verstuurd/", "/aanmelden/bevestigd/", "/aanmelden/bevestig/niets/"]
)
def test_each_page_after_applying_names_whom_to_call(client, address):
    assert "Kijk bij" in text(client.get(address))
    open_cohort(contact_name="Ellen Brouwer", contact_phone="06 0000 0000")
    shown = text(client.get(address))
    assert "Bel of app Ellen Brouwer" in shown
    assert 'href="tel:0600000000"' in shown
