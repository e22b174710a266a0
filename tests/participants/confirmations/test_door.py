"""The supervisor's page: whoever has link and code answers; nobody and nothing else."""

import datetime as dt
import html
import re

import pytest

from participants.confirmations import asking
from participants.hours import actions as hours
from participants.models import ConfirmationRequest, Event, HourEntry
from tests.participants.confirmations.scene import address, all_right, chosen, newest, states

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(html.unescape(response.content.decode()).split())


def decisions(*entries):
    subjects = [f"hourentry:{entry.pk}" for entry in entries]
    return Event.objects.decisions().filter(subject__in=subjects)


# Reading


def test_the_page_shows_first_names_days_hours_and_what_was_done_and_nothing_else(client, scene):
    scene.hours(scene.noor, description="Van een andere week", draft=True)
    elsewhere = scene.person("Ziggy Elders", supervisor=None)
    elsewhere.supervisor = type(scene.supervisor).objects.create(name="Iemand Anders")
    elsewhere.save()
    scene.hours(elsewhere, description="Niet voor Karim")
    shown = text(client.get(address(scene.ask())))
    for there in ("Noor", "Sam", "maandag 3 maart", "2 uur", "1,5 uur", "Koffieochtend"):
        assert there in shown
    for hidden in (
        "Achternaam",
        "Anderenaam",
        "Ziggy",
        "andere week",
        "Niet voor Karim",
        scene.noor.enrolment.participant.email,
        scene.supervisor.email,
        scene.cohort.name,
        scene.noor.place.team,
    ):
        assert hidden not in shown


def test_nothing_is_chosen_beforehand(client, scene):
    assert "checked" not in text(client.get(address(scene.ask())))


def test_the_code_is_not_on_the_page(client, scene):
    request = scene.ask()
    while request.code in "2025 0000":  # what the page says of itself
        request.delete()
        request = scene.ask()
    page = client.get(address(request)).content.decode()
    assert request.code not in page.replace(request.token, "")


def test_what_people_wrote_is_text_and_no_markup(client, scene):
    HourEntry.objects.filter(pk=scene.first.pk).update(description="<script>alert(1)</script>")
    page = client.get(address(scene.ask())).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_looking_changes_nothing(client, scene):
    request = scene.ask()
    before = list(ConfirmationRequest.objects.values()), Event.objects.count()
    for _ in range(3):
        client.get(address(request))
    client.head(address(request))
    client.get(address(request, "stop/"))
    assert (list(ConfirmationRequest.objects.values()), Event.objects.count()) == before
    assert not client.cookies


def test_the_page_says_by_itself_that_it_was_opened(client, scene):
    request = scene.ask()
    assert client.post(address(request, "geopend/")).status_code == 204
    assert newest().opened_at
    assert client.get(address(request, "geopend/")).status_code == 405


@pytest.mark.parametrize("rest", ["", "geopend/", "code/", "nieuw/", "stop/"])
def test_the_link_stays_out_of_caches_engines_and_referrers(client, scene, rest):
    response = client.post(address(scene.ask(), rest))
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]


def test_the_page_leads_nowhere_else(client, scene):
    page = client.get(address(scene.ask())).content.decode()
    assert re.findall(r'(?:href|src|action)="(?:https?:)?//[^"]*"', page) == []


# Answering


def test_everything_is_right_in_one_press(client, scene):
    request = scene.ask()
    shown = text(client.post(address(request), all_right(request), follow=True))
    assert "Klaar, dank je wel" in shown
    assert states(scene.first, scene.second, scene.third) == ["approved"] * 3
    assert scene.first.confirmed_by == scene.supervisor
    assert scene.first.reviewed_by is None
    assert newest().opened_at


def test_one_wrong_line_leaves_the_others_approved(client, scene):
    request = scene.ask()
    answers = {scene.first: "", scene.second: "Het was op woensdag.", scene.third: ""}
    client.post(address(request), chosen(request, answers))
    assert states(scene.first, scene.second, scene.third) == ["approved", "returned", "approved"]
    assert scene.second.return_reason == "Het was op woensdag."


def test_what_is_left_open_waits(client, scene):
    request = scene.ask()
    shown = text(client.post(address(request), chosen(request, {scene.first: ""}), follow=True))
    assert states(scene.first, scene.second) == ["approved", "submitted"]
    assert "Je antwoord van eerder is bewaard" in shown


def test_each_answer_is_a_decision_by_key_and_never_by_name(client, scene):
    request = scene.ask()
    answers = {scene.first: "", scene.second: "Het was op woensdag."}
    client.post(address(request), chosen(request, answers))
    rows = (
        decisions(scene.first, scene.second)
        .order_by("act")
        .values_list("act", "actor", "reason", "enrolment")
    )
    by, whose = f"door begeleider {scene.supervisor.pk}", scene.noor.enrolment_id
    assert list(rows) == [
        ("hours_approved", None, by, whose),
        ("hours_returned", None, f"{by}: Het was op woensdag.", whose),
    ]


def test_wrong_asks_what_is_wrong_and_keeps_what_was_chosen(client, scene):
    request = scene.ask()
    sent = chosen(request, {scene.first: " ", scene.second: ""})
    shown = text(client.post(address(request), sent))
    assert "Schrijf kort op wat er niet klopt." in shown
    assert shown.count("checked") == 2
    assert states(scene.first, scene.second) == ["submitted"] * 2


def test_all_right_does_not_overrule_a_line_that_is_wrong(client, scene):
    request = scene.ask()
    sent = chosen(request, {scene.first: "Het was 1 uur."}) | {"all": "yes"}
    assert "Je koos ook" in text(client.post(address(request), sent))
    assert states(scene.first, scene.third) == ["submitted"] * 2


def test_nothing_chosen_is_a_sentence(client, scene):
    request = scene.ask()
    assert "Kies bij een regel" in text(client.post(address(request), {"code": request.code}))


def test_lines_of_others_are_not_answered_through_ones_own_link(client, scene):
    request = scene.ask()
    other = scene.person("Ziggy Elders", type(scene.supervisor).objects.create(name="Ander"))
    foreign = scene.hours(other)
    client.post(
        address(request),
        all_right(request) | {f"regel-{foreign.pk}-answer": "yes", "entry": foreign.pk},
    )
    assert states(foreign) == ["submitted"]


# What is no longer what was asked


def test_a_changed_line_drops_out_and_the_rest_stays(client, scene, clock):
    request = scene.ask()
    clock.shift(60)
    hours.edit(scene.first, by=scene.noor.enrolment.participant, minutes=180)
    shown = text(client.get(address(request)))
    assert "1 regel is intussen aangepast" in shown
    assert "Koffieochtend" not in shown
    client.post(address(request), all_right(request))
    assert states(scene.first, scene.second, scene.third) == ["submitted", "approved", "approved"]


def test_a_line_that_changes_while_the_page_is_open_is_not_answered(client, scene, clock):
    request = scene.ask()
    sent = chosen(request, {scene.first: "", scene.third: ""})
    clock.shift(60)
    hours.edit(scene.first, by=scene.noor.enrolment.participant, minutes=180)
    client.post(address(request), sent)
    assert states(scene.first, scene.third) == ["submitted", "approved"]


def test_a_line_that_goes_to_another_supervisor_drops_out(client, scene):
    request = scene.ask()
    scene.sam.supervisor = type(scene.supervisor).objects.create(name="Ander")
    scene.sam.save()
    client.post(address(request), all_right(request))
    assert states(scene.first, scene.third) == ["approved", "submitted"]


def test_the_same_answer_again_changes_nothing(client, scene):
    request = scene.ask()
    for _ in range(2):
        shown = text(client.post(address(request), all_right(request), follow=True))
    assert "Klaar, dank je wel" in shown
    assert decisions(scene.first).count() == 1


def test_after_staff_answered_there_is_nothing_left_to_do(client, scene):
    request = scene.ask()
    hours.approve_many([scene.first, scene.second, scene.third], by=scene.trainer)
    assert "Je hoeft niets te doen" in text(client.get(address(request)))
    client.post(address(request), all_right(request))
    assert decisions(scene.first).get().actor == scene.trainer


def test_the_owner_may_hand_in_again_what_came_back(client, scene, clock):
    request = scene.ask()
    client.post(address(request), chosen(request, {scene.first: "Het was 1 uur."}))
    clock.shift(60)
    owner = scene.noor.enrolment.participant
    hours.edit(scene.first, by=owner, minutes=60, submit=True)
    scene.first.refresh_from_db()
    assert (scene.first.status, scene.first.confirmed_by) == ("submitted", None)


# Links that no longer open


def test_a_link_opens_for_thirty_days(client, scene, clock):
    request = scene.ask()
    clock.move_to(request.expires_at - dt.timedelta(seconds=1))
    assert "Kloppen deze uren?" in text(client.get(address(request)))
    clock.move_to(request.expires_at)
    shown = text(client.get(address(request)))
    assert "Deze link werkt niet meer" in shown
    assert "Stuur mij een nieuwe mail" in shown
    assert "Noor" not in shown
    client.post(address(request), all_right(request))
    assert states(scene.first) == ["submitted"]


def test_a_revoked_link_says_so_and_offers_nothing(client, scene):
    from_staff = scene.ask()
    client.force_login(scene.trainer)
    client.post(f"/leerplekken/vraag/{from_staff.pk}/intrekken/")
    shown = text(client.get(address(from_staff)))
    assert "ingetrokken" in shown
    assert "Stuur mij een nieuwe mail" not in shown
    client.post(address(from_staff), all_right(from_staff))
    assert states(scene.first) == ["submitted"]
    assert Event.objects.filter(act="confirmation_revoked").get().actor == scene.trainer


def test_an_unknown_link_is_not_there(client, scene):
    known, unknown = scene.ask().token, "A" * 43
    response = client.get(f"/bevestigen/{unknown}/")
    assert response.status_code == 404
    assert "Deze link kennen we niet" in text(response)
    assert client.get(f"/bevestigen/{known[:-1]}/").status_code == 404


def test_who_tries_many_links_is_stopped_and_who_has_one_is_not(client, scene):
    known = address(scene.ask())
    codes = [client.get(f"/bevestigen/{number}/").status_code for number in range(21)]
    assert codes == [404] * 20 + [429]
    assert client.get(known).status_code == 200


# The code


def test_without_the_code_nothing_is_confirmed(client, scene):
    request = scene.ask()
    for code in ("", "12", "abcd", "12345", "１２３４"):
        client.post(address(request), {"all": "yes", "code": code})
    assert states(scene.first) == ["submitted"]
    assert newest().wrong_codes == 0


def wrong(request):
    return f"{(int(request.code) + 1) % 10_000:04}"


def test_five_wrong_codes_close_the_link(client, scene):
    request = scene.ask()
    for left in (4, 3, 2, 1):
        shown = text(client.post(address(request), {"all": "yes", "code": wrong(request)}))
        assert f"nog {left} keer" in shown
    shown = text(client.post(address(request), {"all": "yes", "code": wrong(request)}))
    assert "5 keer verkeerd" in shown
    client.post(address(request), all_right(request))
    assert states(scene.first) == ["submitted"]


def test_a_code_may_have_a_space_in_it(client, scene):
    request = scene.ask()
    client.post(address(request), all_right(request, code=f"{request.code[:2]} {request.code[2:]}"))
    assert states(scene.first) == ["approved"]


def test_the_right_code_gives_the_tries_back(client, scene):
    request = scene.ask()
    client.post(address(request), {"all": "yes", "code": wrong(request)})
    client.post(address(request), chosen(request, {scene.first: ""}))
    assert newest().wrong_codes == 1


# Once per browser


def again(scene, clock, days):
    clock.shift(dt.timedelta(days=days))
    fresh = scene.hours(scene.noor, date=dt.date(2025, 3, 6))
    request = scene.ask()
    return fresh, request


@pytest.mark.parametrize(("days", "status"), [(89, "approved"), (91, "submitted")])
def test_a_browser_is_asked_the_code_once_in_90_days(client, scene, clock, days, status):
    request = scene.ask()
    client.post(address(request), all_right(request))
    cookie = client.cookies[f"begeleider-{scene.supervisor.pk}"]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/", "Lax")
    fresh, request = again(scene, clock, days)
    client.post(address(request), {"all": "yes"})
    assert states(fresh) == [status]


def test_a_cookie_of_another_supervisor_opens_nothing(client, scene, clock):
    request = scene.ask()
    client.post(address(request), all_right(request))
    name = f"begeleider-{scene.supervisor.pk}"
    other = type(scene.supervisor).objects.create(
        name="Ander",
        email="ander@buurtteam.example",
        introduced_at=scene.supervisor.introduced_at,
        introduced_by=scene.coordinator,
    )
    scene.supervisor = other
    placement = scene.person("Ziggy Elders", other)
    entry = scene.hours(placement)
    client.cookies[f"begeleider-{other.pk}"] = client.cookies[name].value
    request = scene.ask()
    client.post(address(request), {"all": "yes"})
    assert states(entry) == ["submitted"]


def test_staff_can_make_every_browser_forget(client, scene, clock):
    request = scene.ask()
    client.post(address(request), all_right(request))
    staff = type(client)()
    staff.force_login(scene.trainer)
    staff.post(f"/leerplekken/begeleider/{scene.supervisor.pk}/browsers/")
    scene.supervisor.refresh_from_db()
    fresh, request = again(scene, clock, 8)
    client.post(address(request), {"all": "yes"})
    assert states(fresh) == ["submitted"]


def test_nobody_confirms_their_own_hours_from_their_own_login(client, scene):
    request = scene.ask()
    client.force_login(scene.noor.enrolment.participant)
    shown = text(client.post(address(request), all_right(request)))
    assert "dit zijn je eigen uren" in shown
    assert states(scene.first) == ["submitted"]


# A mail scanner


FORM = re.compile(r"<form\b(.*?)>(.*?)</form>", re.DOTALL)
FIELD = re.compile(r"<(?:input|textarea|select)\b([^>]*)>")
BUTTON = re.compile(r"<button\b([^>]*)>")


def attribute(name, tag):
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else None


def submissions(page, where):
    """Every way to press a button of every form, with the fields as they are."""
    for head, body in FORM.findall(page):
        fields = {}
        for tag in FIELD.findall(body):
            of_choice = attribute("type", tag) in ("radio", "checkbox")
            if name := attribute("name", tag):
                if not of_choice:
                    fields[name] = attribute("value", tag) or ""
                else:
                    fields.setdefault(name, attribute("value", tag))
        for tag in [*BUTTON.findall(body), ""]:
            pressed = attribute("name", tag)
            extra = {pressed: attribute("value", tag)} if pressed else {}
            yield attribute("action", head) or where, fields | extra


def scan(client, where):
    """Follow, look, follow again, and submit all there is, as SafeLinks does."""
    client.head(where)
    for _ in range(3):
        page = client.get(where)
    links = set(re.findall(r'href="(/bevestigen/[^"]+)"', page.content.decode())) - {where}
    for there in [where, *sorted(links)]:
        for action, fields in submissions(client.get(there).content.decode(), there):
            client.post(action, fields)
            client.post(action, {name: "1" for name in fields})


@pytest.mark.parametrize("kind", ["mailed", "shown"])
def test_a_scanner_that_submits_every_form_confirms_nothing(client, scene, kind):
    request = scene.ask()
    if kind == "shown":
        request = asking.show(scene.supervisor, by=scene.noor.enrolment.participant)
    scan(client, address(request))
    assert states(scene.first, scene.second, scene.third) == ["submitted"] * 3
    scene.supervisor.refresh_from_db()
    assert scene.supervisor.stopped_at is None
    assert ConfirmationRequest.objects.live().filter(pk=request.pk).exists()
    client.post(address(request), all_right(request))
    assert states(scene.first) == ["approved"]
