import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.urls import reverse

from participants import kept
from participants.hours import actions
from participants.models import Event, HourEntry
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    PlacementFactory,
    RoleFactory,
    TrainingChoiceFactory,
    UserFactory,
)
from tests.participants.hours.scene import NOON, TODAY

pytestmark = pytest.mark.django_db
LIST, NEW = "/uren/", "/uren/nieuw/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def enrolment(client):
    enrolment = EnrolmentFactory(cohort__contact_name="Karim Zonneveld")
    client.force_login(enrolment.participant)
    return enrolment


def filled(**facts):
    """The form as a person sends it: three hours of work, today."""
    known = {"kind": "work", "day": TODAY.isoformat(), "quick": "180", "description": "Spreekuur"}
    return known | facts


def text_of(response):
    """What a page says, without its markup."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(bare.replace("&quot;", '"').replace("&#x27;", "'").split())


# Writing down


def test_hours_are_handed_in_and_the_message_says_what_stands(client, enrolment):
    response = client.post(NEW, filled(), follow=True)
    entry = HourEntry.objects.get()
    assert (entry.minutes, entry.date, entry.status) == (180, TODAY, "submitted")
    assert response.redirect_chain == [(LIST, 302)]
    assert "3 uur staat. Karim kijkt ernaar." in text_of(response)


@pytest.mark.parametrize(
    ("typed", "minutes"), [("1,5", 90), ("1.5", 90), ("1:30", 90), ("1u30", 90), ("90 min", 90)]
)
def test_typed_hours_are_read_and_win_from_the_buttons(client, enrolment, typed, minutes):
    client.post(NEW, filled(minutes=typed))
    assert HourEntry.objects.get().minutes == minutes


def test_what_cannot_be_read_is_asked_again_and_everything_typed_stays(client, enrolment):
    sent = filled(kind="study", minutes="anderhalve week", description="Gelezen: hoofdstuk 4")
    response = client.post(NEW, sent | {"private_note": "Moeilijk"})
    assert not HourEntry.objects.exists()
    page = response.content.decode()
    assert "Nog 1 ding, dan staat het" in page
    assert "anderhalve week" in page and "Gelezen: hoofdstuk 4" in page and "Moeilijk" in page
    assert re.search(r'value="study"[^>]*\schecked', page)
    assert re.search(rf'value="{TODAY}"[^>]*\schecked', page)
    assert re.search(r"<details[^>]* open>", page)


def test_an_empty_form_says_of_each_thing_what_to_do(client, enrolment):
    page = text_of(client.post(NEW, {"kind": ""}))
    for sentence in (
        "Kies werk of studie.",
        "Kies een dag.",
        "Vul in hoelang je bezig was, bijvoorbeeld 1,5.",
        "Schrijf in een paar woorden wat je deed.",
    ):
        assert sentence in page


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({"day": "other", "date": "2025-04-02"}, "id_date"),
        ({"day": "other", "date": ""}, "id_date"),
        ({"day": "2025-01-05"}, "id_day_0"),
        ({"minutes": "16", "quick": ""}, "id_minutes"),
        ({"ends_at": "10:00"}, "id_ends_at"),
    ],
)
def test_a_refusal_links_to_where_it_is_mended(client, enrolment, sent, place):
    HourEntryFactory(enrolment=enrolment, date=TODAY)
    page = client.post(NEW, filled(**sent)).content.decode()
    assert f'href="#{place}"' in page
    assert HourEntry.objects.count() == 1


def test_yesterday_stays_the_day_it_was_when_midnight_passes(client, enrolment, noon):
    form = client.get(NEW).context["form"]
    yesterday = form.fields["day"].widget.choices[1][0]
    assert yesterday == "2025-03-31"
    noon.move_to("2025-04-02 00:01 +0200")
    client.post(NEW, filled(day=yesterday))
    assert HourEntry.objects.get().date == dt.date(2025, 3, 31)


def test_a_day_from_before_midnight_stays_chosen_when_something_else_is_asked(client, enrolment):
    page = client.post(NEW, filled(day="2025-03-30", description="")).content.decode()
    assert re.search(r'value="2025-03-30"[^>]*\schecked\s*><span>30 maart', page)


def test_sent_twice_is_made_once(client, enrolment):
    sent = filled(client_id=str(uuid.uuid4()))
    client.post(NEW, sent)
    client.post(NEW, sent)
    assert HourEntry.objects.count() == 1


def test_a_send_that_was_made_before_with_other_words_is_asked_about(client, enrolment):
    first, again = filled(client_id=str(uuid.uuid4())), {"description": "Iets anders"}
    client.post(NEW, first)
    asked = client.post(NEW, first | again)
    assert "De uren van zonet staan er al." in text_of(asked)
    assert HourEntry.objects.count() == 1
    form = asked.context["form"]
    client.post(NEW, first | again | {"client_id": form["client_id"].value(), "sure": "on"})
    assert HourEntry.objects.count() == 2


def test_the_same_within_an_hour_is_asked_about_and_never_refused(client, enrolment, noon):
    client.post(NEW, filled())
    asked = client.post(NEW, filled())
    assert "Deze uren staan er al." in text_of(asked)
    assert asked.context["form"]["sure"].value()
    client.post(NEW, filled(sure="on"))
    assert HourEntry.objects.count() == 2
    noon.shift(dt.timedelta(hours=1, seconds=1))
    client.post(NEW, filled())
    assert HourEntry.objects.count() == 3


def test_every_form_brings_its_own_client_id(client, enrolment):
    first, second = (client.get(NEW).context["form"]["client_id"].value() for _ in range(2))
    assert first != second


def test_a_draft_may_wait_for_its_words(client, enrolment):
    client.post(NEW, filled(description="", draft="1"))
    assert HourEntry.objects.get().status == "draft"


def test_placement_and_training_are_asked_only_when_there_is_a_choice(client, enrolment):
    assert {"placement", "training_choice", "enrolment"}.isdisjoint(fields(client))
    first, second = PlacementFactory.create_batch(2, enrolment=enrolment)
    choice = TrainingChoiceFactory(enrolment=enrolment)
    assert {"placement", "training_choice"} <= fields(client)
    client.post(NEW, filled(placement=second.pk, training_choice=choice.pk))
    client.post(NEW, filled(placement=second.pk, training_choice=choice.pk, kind="study"))
    study, work = HourEntry.objects.order_by("kind")
    assert (work.placement, work.training_choice) == (second, None)
    assert (study.placement, study.training_choice) == (None, choice)


def fields(client):
    return set(client.get(NEW).context["form"].fields)


def test_somebody_elses_placement_is_not_on_offer(client, enrolment):
    PlacementFactory.create_batch(2, enrolment=enrolment)
    client.post(NEW, filled(placement=PlacementFactory().pk))
    assert not HourEntry.objects.exists()


def test_who_takes_part_twice_chooses_for_which(client, enrolment):
    other = EnrolmentFactory(participant=enrolment.participant)
    stopped = EnrolmentFactory(participant=enrolment.participant, stopped=True)
    asked = client.post(NEW, filled()).context["form"]
    assert list(asked.errors) == ["enrolment"]
    client.post(NEW, filled(enrolment=stopped.pk))
    assert not HourEntry.objects.exists()
    client.post(NEW, filled(enrolment=other.pk))
    assert HourEntry.objects.get().enrolment == other


def test_who_takes_part_in_nothing_now_hears_so(client):
    client.force_login(EnrolmentFactory(stopped=True).participant)
    assert "Nu kun je hier geen uren opschrijven" in text_of(client.get(NEW))


def test_the_same_as_last_time_fills_in_everything_for_today(client, enrolment):
    last = HourEntryFactory(enrolment=enrolment, minutes=90, description="Meegelopen")
    assert f"?like={last.pk}" in client.get(NEW).content.decode()
    form = client.get(NEW, {"like": last.pk}).context["form"]
    assert (form["kind"].value(), form["description"].value()) == ("work", "Meegelopen")
    assert form["day"].value() == TODAY.isoformat()


def test_a_training_that_was_followed_fills_in_a_beginning(client, enrolment):
    choice = TrainingChoiceFactory(enrolment=enrolment, training__title="Grenzen stellen")
    form = client.get(NEW, {"training": choice.pk}).context["form"]
    assert (form["kind"].value(), form["training_choice"].value()) == ("study", choice.pk)
    assert not HourEntry.objects.exists()


@pytest.mark.parametrize("like", ["x", "99999999999999999999", ""])
def test_a_beginning_that_is_not_ones_own_is_left_empty(client, enrolment, like):
    foreign = HourEntryFactory(description="Van een ander")
    for asked in ({"like": like}, {"like": foreign.pk}, {"training": foreign.pk}):
        assert client.get(NEW, asked).context["form"]["description"].value() is None


# Kept while typing


def test_what_was_kept_fills_the_form_and_is_forgotten_once_it_is_sent(client, enrolment):
    typed = {"kind": ["work"], "description": ["Half af"], "client_id": [str(uuid.uuid4())]}
    kept.keep(enrolment.participant, "hours-new", typed)
    response = client.get(NEW)
    form = response.context["form"]
    assert (form["kind"].value(), form["description"].value()) == ("work", "Half af")
    assert str(form["client_id"].value()) != typed["client_id"][0]
    assert "We hebben bewaard wat je typte op dinsdag 1 april om 12.00 uur." in text_of(response)
    client.post(NEW, filled())
    assert kept.fields(enrolment.participant, "hours-new") is None


def test_a_wish_wins_from_what_was_kept(client, enrolment):
    kept.keep(enrolment.participant, "hours-new", {"description": ["Half af"]})
    last = HourEntryFactory(enrolment=enrolment, description="Meegelopen")
    form = client.get(NEW, {"like": last.pk}).context["form"]
    assert form["description"].value() == "Meegelopen"


@pytest.mark.parametrize(
    ("state", "page", "key"), [("draft", "edit", "hours"), ("approved", "correct", "hours-correct")]
)
def test_a_change_under_way_is_kept_apart_for_each_entry(client, enrolment, state, page, key):
    first, second = HourEntryFactory.create_batch(2, enrolment=enrolment, **{state: True})
    kept.keep(enrolment.participant, f"{key}-{first.pk}", {"description": ["Half af"]})
    said = [
        client.get(reverse(f"hours:{page}", args=[entry.pk])).context["form"]["description"].value()
        for entry in (first, second)
    ]
    assert said == ["Half af", second.description]
    client.post(reverse(f"hours:{page}", args=[first.pk]), filled())
    assert kept.fields(enrolment.participant, f"{key}-{first.pk}") is None


# A kind word afterwards


def test_a_long_day_is_mentioned_and_stands(client, enrolment):
    HourEntryFactory(enrolment=enrolment, date=TODAY, minutes=480)
    page = text_of(client.post(NEW, filled(), follow=True))
    assert "Op 1 april staat nu samen 11 uur. Dat mag." in page
    assert HourEntry.objects.count() == 2


def test_ten_hours_on_a_day_are_not_mentioned(client, enrolment):
    HourEntryFactory(enrolment=enrolment, date=TODAY, minutes=420)
    assert "Dat mag." not in text_of(client.post(NEW, filled(), follow=True))


def test_times_that_overlap_are_mentioned_and_stand(client, enrolment):
    facts = {"enrolment": enrolment, "date": TODAY}
    entry = HourEntryFactory(**facts, starts_at=dt.time(9), ends_at=dt.time(11))
    sent = filled(starts_at="10:00", ends_at="13:00")
    page = text_of(client.post(NEW, sent, follow=True))
    assert "Je tijden lopen door andere uren van die dag heen." in page
    other = HourEntry.objects.exclude(pk=entry.pk).get()
    detail = client.get(reverse("hours:detail", args=[other.pk]))
    assert "Je tijden lopen door andere uren" in text_of(detail)


# Reading


def test_the_list_begins_with_what_came_back_and_says_why_each_does_not_count(client, enrolment):
    facts = {"enrolment": enrolment}
    HourEntryFactory(**facts, date=dt.date(2025, 3, 30))
    HourEntryFactory(**facts, approved=True, minutes=90)
    HourEntryFactory(**facts, draft=True)
    HourEntryFactory(**facts, withdrawn=True)
    came_back = HourEntryFactory(
        **facts, returned=True, kind="study", reviewed_by__name="Ellen Brouwer"
    )
    response = client.get(LIST)
    assert response.context["lines"][0][0] == came_back
    page = text_of(response)
    assert "Akkoord: 0 uur studie en 1,5 uur werk" in page
    assert "Ellen vraagt: Welke training was dit? Vul aan" in page
    assert "Wacht op akkoord sinds 6 januari 2025." in page
    assert "Dit is een concept." in page
    assert "1 regel vraagt nog iets van je." in page


def test_an_empty_list_offers_the_first_hour(client, enrolment):
    page = client.get(LIST).content.decode()
    assert "Je eerste uur staat er in één minuut." in page and NEW in page


def test_the_list_is_filtered_by_kind_and_state(client, enrolment):
    HourEntryFactory(enrolment=enrolment)
    study = HourEntryFactory(enrolment=enrolment, kind="study", approved=True)
    for asked in ({"kind": "study"}, {"status": "approved"}):
        assert [entry for entry, why in client.get(LIST, asked).context["lines"]] == [study]


def test_the_list_takes_as_many_queries_for_one_as_for_three(
    client, enrolment, django_assert_num_queries, django_assert_max_num_queries
):
    HourEntryFactory(enrolment=enrolment, returned=True)
    with django_assert_max_num_queries(12) as one:
        client.get(LIST)
    choice = TrainingChoiceFactory(enrolment=enrolment)
    place = PlacementFactory(enrolment=enrolment)
    HourEntryFactory(enrolment=enrolment, returned=True, placement=place)
    HourEntryFactory(enrolment=enrolment, kind="study", training_choice=choice)
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(LIST)


def test_a_private_note_is_for_its_owner_alone(client, enrolment):
    entry = HourEntryFactory(enrolment=enrolment, private_note="Dit viel me zwaar")
    address = reverse("hours:detail", args=[entry.pk])
    assert "Dit viel me zwaar" in text_of(client.get(address))
    client.force_login(RoleFactory(cohort=enrolment.cohort).user)
    assert "Dit viel me zwaar" not in text_of(client.get(address))


def test_not_yours_looks_like_not_there(client, enrolment):
    foreign = HourEntryFactory().pk
    for name in ("detail", "edit", "restore", "correct"):
        there = client.get(reverse(f"hours:{name}", args=[foreign]))
        nothing = client.get(reverse(f"hours:{name}", args=[foreign + 1000]))
        assert there.status_code == nothing.status_code == 404
        assert there.content == nothing.content


# Changing


def test_returned_hours_are_completed_and_handed_in_again(client, enrolment):
    entry = HourEntryFactory(enrolment=enrolment, returned=True)
    address = reverse("hours:edit", args=[entry.pk])
    form = client.get(address).context["form"]
    assert (form["day"].value(), form["date"].value()) == ("other", entry.date)
    client.post(address, filled(day="other", date="2025-03-03", description="Grenzen stellen"))
    entry.refresh_from_db()
    assert (entry.status, entry.description) == ("submitted", "Grenzen stellen")


def test_an_edit_that_is_refused_keeps_what_was_typed(client, enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    address = reverse("hours:edit", args=[entry.pk])
    page = text_of(client.post(address, filled(day="other", date="2025-04-02")))
    assert "Deze dag moet nog komen." in page and "Spreekuur" in page


def test_withdrawing_is_undone_with_one_press_and_everything_is_as_it_was(client, enrolment):
    entry = HourEntryFactory(enrolment=enrolment)
    response = client.post(reverse("hours:withdraw", args=[entry.pk]), follow=True)
    back = reverse("hours:restore", args=[entry.pk])
    page = response.content.decode()
    assert "1 uur ingetrokken." in page
    assert page.count(f'action="{back}"') == 2  # beside the message, and in its row
    assert "1 uur staat er weer. Het is ingeleverd." in text_of(client.post(back, follow=True))
    restored = HourEntry.objects.get()
    assert (restored.status, restored.submitted_at) == ("submitted", entry.submitted_at)


def test_looking_at_the_page_that_puts_back_changes_nothing(client, enrolment):
    entry = HourEntryFactory(enrolment=enrolment, withdrawn=True)
    assert client.get(reverse("hours:restore", args=[entry.pk])).status_code == 200
    entry.refresh_from_db()
    assert entry.status == "withdrawn"


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_what_was_not_handed_in_comes_back_so(client, enrolment, state):
    entry = HourEntryFactory(enrolment=enrolment, **{state: True})
    for act in ("withdraw", "restore"):
        client.post(reverse(f"hours:{act}", args=[entry.pk]))
    entry.refresh_from_db()
    assert entry.status == state


@pytest.mark.parametrize("key", ["x", "", "99999999999999999999"])
def test_nothing_is_offered_to_put_back_that_is_not_there(client, enrolment, key):
    assert client.get(LIST, {"ingetrokken": key}).context["withdrawn"] is None
    theirs = HourEntryFactory(withdrawn=True)
    assert client.get(LIST, {"ingetrokken": theirs.pk}).context["withdrawn"] is None


def test_what_cannot_be_done_now_is_said_in_a_message(client, enrolment):
    entry = HourEntryFactory(enrolment=enrolment, approved=True)
    response = client.post(reverse("hours:withdraw", args=[entry.pk]), follow=True)
    assert "Deze uren zijn al akkoord." in text_of(response)


@pytest.mark.parametrize("name", ["submit", "withdraw"])
def test_a_get_changes_nothing(client, enrolment, name):
    entry = HourEntryFactory(enrolment=enrolment, draft=True)
    assert client.get(reverse(f"hours:{name}", args=[entry.pk])).status_code == 405


def test_approved_hours_are_corrected_on_a_form(client, enrolment):
    old = HourEntryFactory(enrolment=enrolment, approved=True, minutes=120)
    detail = reverse("hours:detail", args=[old.pk])
    address = reverse("hours:correct", args=[old.pk])
    assert address in client.get(detail).content.decode()
    client.post(address, filled(minutes="1,5"))
    assert old.corrections.get().minutes == 90
    assert address not in client.get(detail).content.decode()
    assert "al een verbetering" in text_of(client.post(address, filled(minutes="1")))


# Reviewing

QUEUE = "/nakijken/"


@pytest.fixture
def trainer(client):
    trainer = RoleFactory(user__name="Ellen Brouwer").user
    client.force_login(trainer)
    return trainer


@pytest.fixture
def cohort(trainer):
    return trainer.roles.get().cohort


def line(entry, answer="", reason="", **facts):
    key = f"r{entry.pk}"
    seen = entry.changed_at.isoformat()
    known = {f"{key}-answer": answer, f"{key}-reason": reason, f"{key}-seen": seen}
    return known | facts


def states(*entries):
    return [HourEntry.objects.get(pk=entry.pk).status for entry in entries]


def test_the_pile_is_counted_and_grouped_by_person_and_week_oldest_first(client, cohort):
    later, first = EnrolmentFactory.create_batch(2, cohort=cohort)
    monday, sunday, next_monday = (dt.date(2025, 3, day) for day in (3, 9, 10))
    moment = dt.datetime(2025, 3, 20, 10, tzinfo=dt.UTC)
    for enrolment, day, waits in (
        (later, monday, 3),
        (first, sunday, 9),
        (first, monday, 5),
        (first, next_monday, 1),
    ):
        submitted = moment - dt.timedelta(days=waits)
        HourEntryFactory(enrolment=enrolment, date=day, submitted_at=submitted)
    response = client.get(QUEUE)
    weeks = response.context["weeks"]
    assert [(week.person, week.monday, len(week.lines)) for week in weeks] == [
        (first.participant, monday, 2),
        (later.participant, monday, 1),
        (first.participant, next_monday, 1),
    ]
    page = text_of(response)
    assert "4 regels wachten op jou" in page
    assert "Van 2 mensen. De oudste wacht 21 dagen." in page
    assert "Alle 2 akkoord" in page
    assert "checked" not in response.content.decode()


def test_an_empty_pile_says_so(client, trainer):
    assert "Er wacht niets op jou" in text_of(client.get(QUEUE))


def test_the_pile_holds_only_what_is_handed_in_by_ones_own_people(client, trainer, cohort):
    HourEntryFactory()  # of another cohort
    mine = EnrolmentFactory(participant=trainer, cohort=cohort)
    HourEntryFactory(enrolment=mine)
    for state in ("draft", "approved", "returned", "withdrawn"):
        HourEntryFactory(enrolment__cohort=cohort, **{state: True})
    assert client.get(QUEUE).context["size"]["lines"] == 0


def test_each_line_gets_its_own_answer_and_the_rest_waits(client, cohort, trainer):
    enrolment = EnrolmentFactory(cohort=cohort)
    good, back, left = HourEntryFactory.create_batch(3, enrolment=enrolment)
    sent = line(good, "ok") | line(back, "back", "Welke training was dit?") | line(left)
    response = client.post(QUEUE, sent | {"entry": [good.pk, back.pk, left.pk]}, follow=True)
    assert states(good, back, left) == ["approved", "returned", "submitted"]
    assert "1 regel akkoord, 1 regel teruggestuurd." in text_of(response)


def test_a_return_without_a_reason_is_asked_again_and_the_other_lines_are_done(client, cohort):
    good, back = HourEntryFactory.create_batch(2, enrolment=EnrolmentFactory(cohort=cohort))
    sent = line(good, "ok") | line(back, "back") | {"entry": [good.pk, back.pk]}
    response = client.post(QUEUE, sent)
    assert response.status_code == 200
    assert states(good, back) == ["approved", "submitted"]
    page = response.content.decode()
    assert "Schrijf op wat er anders moet" in page and f'href="#id_r{back.pk}-reason"' in page
    assert re.search(r'value="back"[^>]*\schecked', page)


def on_page(entries):
    return {"entry": [entry.pk for entry in entries]}


def all_of(entries):
    return {"all": ",".join(str(entry.pk) for entry in entries)}


def test_all_of_a_week_is_one_press(client, cohort):
    entries = HourEntryFactory.create_batch(3, enrolment=EnrolmentFactory(cohort=cohort))
    sent = {key: value for entry in entries for key, value in line(entry).items()}
    client.post(QUEUE, sent | on_page(entries) | all_of(entries))
    assert states(*entries) == ["approved"] * 3


def test_all_of_one_week_keeps_what_was_chosen_elsewhere_and_never_overrules_it(client, cohort):
    entries = HourEntryFactory.create_batch(3, enrolment=EnrolmentFactory(cohort=cohort))
    chosen, waiting = HourEntryFactory.create_batch(2, enrolment=EnrolmentFactory(cohort=cohort))
    sent = line(entries[0]) | line(entries[1]) | line(entries[2], "back", "Welke dag was dit?")
    sent |= line(chosen, "ok") | line(waiting)
    client.post(QUEUE, sent | on_page([*entries, chosen, waiting]) | all_of(entries))
    assert states(*entries) == ["approved", "approved", "returned"]
    assert states(chosen, waiting) == ["approved", "submitted"]


def test_the_page_offers_all_of_each_week_apart(client, cohort):
    entries = HourEntryFactory.create_batch(2, enrolment=EnrolmentFactory(cohort=cohort))
    HourEntryFactory(enrolment__cohort=cohort)
    page = client.get(QUEUE).content.decode()
    assert re.findall(r'name="all"\s+value="([^"]*)"', page) == [all_of(entries)["all"]]


def test_nothing_chosen_changes_nothing_and_says_so(client, cohort):
    entry = HourEntryFactory(enrolment__cohort=cohort)
    response = client.post(QUEUE, line(entry) | {"entry": entry.pk}, follow=True)
    assert states(entry) == ["submitted"]
    assert "Kies eerst bij een regel" in text_of(response)


@pytest.mark.parametrize("by_all", [False, True])
def test_a_line_that_was_edited_meanwhile_drops_out_with_a_sentence(client, cohort, noon, by_all):
    enrolment = EnrolmentFactory(cohort=cohort)
    stays, changes = HourEntryFactory.create_batch(2, enrolment=enrolment)
    sent = line(stays, "ok") | line(changes, "ok") | {"entry": [stays.pk, changes.pk]}
    noon.shift(60)
    actions.edit(changes, by=enrolment.participant, minutes=600)
    button = all_of([stays, changes]) if by_all else {}
    response = client.post(QUEUE, sent | button, follow=True)
    assert states(stays, changes) == ["approved", "submitted"]
    assert "10 uur werk, 3 maart: Deze regel is intussen aangepast." in text_of(response)


@pytest.mark.parametrize("seen", ["", "gisteren", "2025-99-99T00:00:00Z"])
def test_a_version_that_nobody_saw_is_not_approved(client, cohort, seen):
    entry = HourEntryFactory(enrolment__cohort=cohort)
    client.post(QUEUE, line(entry, "ok") | {"entry": entry.pk, f"r{entry.pk}-seen": seen})
    assert states(entry) == ["submitted"]


def test_the_second_reviewer_hears_who_was_first(client, cohort):
    entry = HourEntryFactory(enrolment__cohort=cohort)
    first = RoleFactory(cohort=cohort, user__name="Karim Zonneveld").user
    actions.approve(entry, by=first)
    response = client.post(QUEUE, line(entry, "ok") | {"entry": entry.pk}, follow=True)
    assert "Karim heeft deze uren al nagekeken." in text_of(response)
    assert Event.objects.decisions().count() == 1


def test_hours_of_others_cannot_be_slipped_in(client, cohort):
    entry, foreign = HourEntryFactory(enrolment__cohort=cohort), HourEntryFactory()
    sent = line(entry, "ok") | line(foreign, "ok") | {"entry": [entry.pk, foreign.pk]}
    assert client.post(QUEUE, sent).status_code == 404
    assert states(entry, foreign) == ["submitted", "submitted"]


def test_what_to_look_at_stands_with_the_line(client, cohort):
    HourEntryFactory(enrolment__cohort=cohort, minutes=660)
    page = text_of(client.get(QUEUE))
    assert "Samen 11 uur op deze dag. Meer dan 10 uur mag; kijk even of het klopt." in page
    assert "Er staat geen leerplek bij." in page


def test_the_pile_is_filtered_by_kind_and_cohort(client, trainer, cohort):
    other = CohortFactory()
    RoleFactory(user=trainer, cohort=other)
    study = HourEntryFactory(enrolment__cohort=cohort, kind="study")
    work = HourEntryFactory(enrolment__cohort=other)
    for asked, found in (
        ({"kind": "study"}, study),
        ({"cohort": cohort.pk}, study),
        ({"kind": "work"}, work),
        ({"cohort": other.pk}, work),
    ):
        (week,) = client.get(QUEUE, asked).context["weeks"]
        assert week.first == found


def test_a_large_pile_is_paged_by_week(client, cohort):
    for _ in range(16):
        HourEntryFactory(enrolment__cohort=cohort)
    assert len(client.get(QUEUE).context["weeks"]) == 15
    assert len(client.get(QUEUE, {"page": 2}).context["weeks"]) == 1
    assert "16 regels wachten op jou" in text_of(client.get(QUEUE))


def test_the_pile_takes_as_many_queries_for_one_as_for_three(
    client, cohort, django_assert_num_queries, django_assert_max_num_queries
):
    HourEntryFactory(enrolment__cohort=cohort)
    with django_assert_max_num_queries(12) as one:
        client.get(QUEUE)
    place = PlacementFactory(enrolment__cohort=cohort)
    HourEntryFactory(enrolment=place.enrolment, placement=place)
    choice = TrainingChoiceFactory(enrolment__cohort=cohort)
    HourEntryFactory(enrolment=choice.enrolment, kind="study", training_choice=choice)
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(QUEUE)


def test_a_reviewer_answers_from_the_page_of_one_entry_too(client, cohort):
    entry = HourEntryFactory(enrolment__cohort=cohort)
    page = client.get(reverse("hours:detail", args=[entry.pk])).content.decode()
    assert f'action="{QUEUE}"' in page and f'name="r{entry.pk}-answer"' in page
    actions.approve(entry, by=RoleFactory(cohort=cohort).user)
    page = client.get(reverse("hours:detail", args=[entry.pk])).content.decode()
    assert f'name="r{entry.pk}-answer"' not in page


def test_who_is_no_staff_has_no_pile(client):
    client.force_login(UserFactory())
    assert client.get(QUEUE).status_code == 403
