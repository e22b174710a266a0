"""What staff do about supervisors, and what they see that is stuck."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Event, Supervisor
from participants.placements import supervising
from tests.factories import CohortFactory, RoleFactory, SupervisorFactory
from tests.participants.confirmations.scene import address, all_right, chosen

pytestmark = pytest.mark.django_db
LIST = "/leerplekken/wacht/"


def text(response):
    return " ".join(response.content.decode().split())


def page_of(supervisor, rest=""):
    return f"/leerplekken/begeleider/{supervisor.pk}/{rest}"


@pytest.fixture
def staff(client, scene):
    client.force_login(scene.coordinator)
    return client


def test_the_list_says_what_is_open_since_when_and_what_was_mailed(staff, scene, clock):
    shown = text(staff.get(LIST))
    assert "3 regels open, de oudste van 3 maart 2025" in shown
    assert "Er ging nog geen mail" in shown
    assert "Mail nu" in shown
    request = scene.ask()
    shown = text(staff.get(LIST))
    assert "niet geopend" in shown
    assert "De volgende gaat vanaf 17 maart 2025" in shown
    assert "Mail nu" not in shown
    type(staff)().post(address(request, "geopend/"))
    assert "geopend op 10 maart 2025" in text(staff.get(LIST))


def test_the_list_names_who_has_no_address_or_no_introduction_first(staff, scene):
    scene.person("Ziggy Elders", SupervisorFactory(name="Zonder Adres", email=""))
    scene.person("Anna Elders", SupervisorFactory(name="Nog Nieuw"))
    shown = text(staff.get(LIST))
    assert "Zonder Adres" in shown and "Er is nog geen e-mailadres." in shown
    assert "Nog Nieuw" in shown and "Stuur de introductie" in shown


def test_hours_without_a_place_are_counted(staff, scene):
    scene.first.__class__.objects.filter(pk=scene.first.pk).update(placement=None)
    assert "1 regel heeft geen leerplek" in text(staff.get(LIST))


def test_staff_see_the_supervisors_of_their_own_people_only(client, scene):
    elsewhere = RoleFactory(cohort=CohortFactory()).user
    client.force_login(elsewhere)
    assert "Karim" not in text(client.get(LIST))
    assert client.get(page_of(scene.supervisor)).status_code == 404
    client.force_login(scene.trainer)
    assert scene.supervisor.email in text(client.get(page_of(scene.supervisor)))


def test_the_figures_are_about_ones_own_people(client, scene):
    elsewhere = RoleFactory(cohort=CohortFactory())
    placement = scene.person("Ziggy Elders")
    type(placement.enrolment).objects.filter(pk=placement.enrolment_id).update(
        cohort=elsewhere.cohort
    )
    scene.hours(placement)
    client.force_login(elsewhere.user)
    shown = text(client.get(page_of(scene.supervisor)))
    assert "1 regel, de oudste" in shown
    assert "Noor" not in shown


def test_the_history_counts_the_answers(staff, scene):
    request = scene.ask()
    sent = chosen(request, {scene.first: "", scene.second: "Het was op woensdag."})
    type(staff)().post(address(request), sent)
    shown = text(staff.get(page_of(scene.supervisor)))
    assert "3 regels, 1 klopt, 1 klopt niet." in shown


def test_the_list_takes_as_many_queries_for_three_as_for_one(staff, scene):
    counts = []
    staff.get(LIST)
    for size in (1, 2):
        for number in range(size):
            new = SupervisorFactory(introduced=True)
            placement = scene.person(f"Persoon {number}", new)
            scene.hours(placement)
            scene.supervisor = new
            scene.ask()
        with CaptureQueriesContext(connection) as queries:
            staff.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_takes_as_many_queries_for_three_requests_as_for_one(staff, scene, clock):
    counts = []
    for size in (1, 2):
        for _ in range(size):
            scene.ask()
            clock.shift(dt.timedelta(days=7))
        staff.force_login(scene.coordinator)
        staff.get(page_of(scene.supervisor))
        with CaptureQueriesContext(connection) as queries:
            staff.get(page_of(scene.supervisor))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# The introduction


@pytest.fixture
def unknown(scene):
    """A supervisor who was not introduced, with somebody there."""
    supervisor = SupervisorFactory(name="Hester Prins")
    scene.person("Ziggy Elders", supervisor)
    return supervisor


def test_the_introduction_says_who_we_are_and_whom_to_call(
    staff, scene, unknown, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        shown = text(staff.post(page_of(unknown, "introductie/"), follow=True))
    assert "De introductie gaat naar Hester Prins." in shown
    [mail] = mailoutbox
    assert mail.to == [unknown.email]
    for there in ("Hester", "Ziggy", scene.cohort.track.provider, "06 0000 0000", "een code van 4"):
        assert there in mail.body
    assert "Elders" not in mail.body
    assert Event.objects.get(act="supervisor_introduced").actor == scene.coordinator


def test_an_introduction_goes_once(staff, unknown, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            shown = text(staff.post(page_of(unknown, "introductie/"), follow=True))
    assert "De introductie was al verstuurd." in shown
    assert len(mailoutbox) == 1


def test_without_a_number_to_call_there_is_no_introduction(staff, scene, unknown):
    type(scene.cohort).objects.update(contact_phone="")
    shown = text(staff.post(page_of(unknown, "introductie/"), follow=True))
    assert "telefoonnummer" in shown
    unknown.refresh_from_db()
    assert unknown.introduced_at is None


def test_staff_of_others_introduce_nobody(scene):
    with pytest.raises(PermissionDenied):
        supervising.introduce(scene.supervisor, by=RoleFactory().user)


# Who stops


def stops(client, request, **successor):
    return client.post(address(request, "stop/"), {"code": request.code, **successor})


def test_who_stops_names_somebody_and_nothing_is_mailed_before_staff_agree(
    staff, client, scene, mailoutbox, django_capture_on_commit_callbacks
):
    request = scene.ask()
    visitor = type(client)()
    named = {"successor_name": "Lidia Costa", "successor_email": "lidia@buurtteam.example"}
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        stops(visitor, request, **named)
        assert "niet meer begeleidt" in text(visitor.get(address(request)))
        shown = text(staff.get(page_of(scene.supervisor)))
        assert "Lidia Costa, lidia@buurtteam.example" in shown
        shown = text(staff.post(page_of(scene.supervisor, "overnemen/"), follow=True))
    assert "Lidia Costa begeleidt nu. Stuur eerst de introductie." in shown
    assert mailoutbox == []
    scene.noor.refresh_from_db()
    new = Supervisor.objects.get(email="lidia@buurtteam.example")
    assert (scene.noor.supervisor, new.introduced_at) == (new, None)


def test_stopping_asks_the_code(client, scene):
    request = scene.ask()
    client.post(address(request, "stop/"), {"code": ""})
    client.post(address(request, "stop/"), {"code": "abcd"})
    scene.supervisor.refresh_from_db()
    assert scene.supervisor.stopped_at is None
    stops(client, request)
    scene.supervisor.refresh_from_db()
    assert scene.supervisor.stopped_at


def test_half_a_successor_is_asked_again(client, scene):
    request = scene.ask()
    shown = text(stops(client, request, successor_name="Lidia Costa"))
    assert "Vul de naam en het e-mailadres van je opvolger in" in shown


def test_every_link_of_who_stops_is_dead(client, scene):
    request = scene.ask()
    stops(client, request)
    client.post(address(request), all_right(request))
    scene.first.refresh_from_db()
    assert scene.first.status == "submitted"


def test_a_successor_at_a_participants_own_address_is_refused(staff, client, scene):
    request = scene.ask()
    own = scene.noor.enrolment.participant.email
    stops(type(client)(), request, successor_name="Noor zelf", successor_email=own)
    shown = text(staff.post(page_of(scene.supervisor, "overnemen/"), follow=True))
    assert "het adres van de deelnemer zelf" in shown
    scene.noor.refresh_from_db()
    assert scene.noor.supervisor == scene.supervisor


def test_a_coordinator_can_take_a_stop_back(staff, client, scene):
    stops(type(client)(), scene.ask())
    staff.post(page_of(scene.supervisor, "weer/"))
    scene.supervisor.refresh_from_db()
    assert scene.supervisor.is_reachable
