"""The catalogue, one's own choices, and the proposals that staff answer."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participants.models import TrainingChoice, TrainingDate
from tests.factories import (
    EnrolmentFactory,
    HourEntryFactory,
    LearningTrackFactory,
    RoleFactory,
    TrainingChoiceFactory,
    TrainingFactory,
    UserFactory,
)
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    return EnrolmentFactory(participant=UserFactory(name="Samira Aalbers"))


@pytest.fixture
def own(client, enrolment):
    """A client of the participant."""
    client.force_login(enrolment.participant)
    return client


@pytest.fixture
def staff(client, enrolment):
    """A client of a trainer of the cohort."""
    client.force_login(RoleFactory(cohort=enrolment.cohort).user)
    return client


def text(client, address="/trainingen/"):
    return flat(client.get(address))


def flat(answer):
    """The page as text, each white space as one space: as people see it."""
    return " ".join(answer.content.decode().split())


def test_the_catalogue_holds_what_is_on_offer_for_ones_track(own, enrolment):
    TrainingFactory(title="Grenzen stellen", track=enrolment.cohort.track)
    TrainingFactory(title="Voor iedereen")
    TrainingFactory(title="Van een ander", track=LearningTrackFactory())
    TrainingFactory(title="Niet meer te kiezen", is_active=False)
    shown = text(own)
    assert "Grenzen stellen" in shown
    assert "Voor iedereen" in shown
    assert "Van een ander" not in shown
    assert "Niet meer te kiezen" not in shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("search=grenzen", ["Grenzen stellen"]),
        ("search=oefenen grenzen", ["Grenzen stellen"]),
        ("minutes_max=120", ["Vragen"]),
        ("search=zzz", []),
    ],
)
def test_the_catalogue_is_searched(own, asked, found):
    TrainingFactory(title="Grenzen stellen", description="Oefenen met nee zeggen")
    TrainingFactory(title="Vragen", minutes=120)
    shown = text(own, f"/trainingen/?{asked}")
    assert [title for title in ["Grenzen stellen", "Vragen"] if title in shown] == found


def test_a_training_is_chosen_from_the_catalogue(own, enrolment):
    training = TrainingFactory(title="Grenzen stellen")
    address = f"/trainingen/{training.pk}/kies/"
    answer = own.post(address, {"enrolment": enrolment.pk}, follow=True)
    assert "Grenzen stellen staat bij je keuzes." in flat(answer)
    assert enrolment.training_choices.get().training == training
    again = own.post(address, {"enrolment": enrolment.pk}, follow=True)
    assert "staat al bij je keuzes" in flat(again)


def test_an_enrolment_that_is_not_there_is_refused_like_one_of_others(own):
    training = TrainingFactory()
    for key in ["", "x", 999_999, EnrolmentFactory().pk]:
        answer = own.post(f"/trainingen/{training.pk}/kies/", {"enrolment": key})
        assert answer.status_code == 404


def test_a_training_is_proposed_and_the_answer_stands_beside_it(own, enrolment):
    form = {"enrolment": enrolment.pk, "title": "Rouw en verlies", "reason": "Past bij mij"}
    answer = own.post("/trainingen/voorstel/", form, follow=True)
    assert "Je voorstel is verstuurd" in flat(answer)
    choice = TrainingChoice.objects.get()
    choice.status, choice.answer = "declined", "Kijk eens bij Omgaan met verlies"
    choice.answered_by, choice.answered_at = UserFactory(name="Ellen Brouwer"), MOMENT
    choice.save()
    assert "Ellen antwoordt: Kijk eens bij Omgaan met verlies" in text(own)


def test_a_proposal_that_is_refused_keeps_what_was_typed(own, enrolment):
    TrainingChoiceFactory(enrolment=enrolment, own=True)
    form = {"enrolment": enrolment.pk, "title": "Rouw en verlies", "reason": "Nog een keer"}
    shown = flat(own.post("/trainingen/voorstel/", form))
    assert "staat al bij je keuzes" in shown
    assert "Nog een keer" in shown


def test_a_followed_training_offers_to_write_down_its_hours(own, enrolment):
    training = TrainingFactory(minutes=180)
    choice = TrainingChoiceFactory(enrolment=enrolment, training=training)
    shown = flat(own.post(f"/trainingen/keuze/{choice.pk}/gevolgd/", follow=True))
    assert "Je uren staan al klaar" in shown
    assert f"/uren/nieuw/?training={choice.pk}" in shown


def test_a_training_with_a_register_offers_no_hours(own, enrolment):
    training = TrainingFactory(has_register=True)
    choice = TrainingChoiceFactory(enrolment=enrolment, training=training)
    shown = flat(own.post(f"/trainingen/keuze/{choice.pk}/gevolgd/", follow=True))
    assert "De uren komen uit de presentielijst" in shown
    assert "?training=" not in shown


def test_letting_go_asks_first(own, enrolment):
    choice = TrainingChoiceFactory(enrolment=enrolment)
    address = f"/trainingen/keuze/{choice.pk}/vervalt/"
    assert "Laat je deze training vallen?" in text(own, address)
    choice.refresh_from_db()
    assert choice.status == "chosen"
    own.post(address)
    choice.refresh_from_db()
    assert choice.status == "dropped"


def test_staff_see_how_many_proposals_wait(staff, enrolment):
    TrainingChoiceFactory(enrolment=enrolment, own=True)
    TrainingChoiceFactory(own=True)
    assert "1 voorstel wacht op antwoord" in text(staff)
    shown = text(staff, "/trainingen/voorstellen/")
    assert "Samira Aalbers" in shown
    assert "1 voorstel wacht op jou" in shown


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"verdict": "accept"}, "chosen"),
        ({"verdict": "decline", "answer": "Te ver weg."}, "declined"),
    ],
)
def test_staff_answer_on_the_page(staff, enrolment, sent, status):
    choice = TrainingChoiceFactory(enrolment=enrolment, own=True)
    data = {f"v{choice.pk}-{name}": value for name, value in sent.items()}
    shown = staff.post(f"/trainingen/voorstellen/{choice.pk}/", data, follow=True)
    assert "Samira ziet het meteen" in flat(shown)
    choice.refresh_from_db()
    assert choice.status == status


def test_a_no_without_a_reason_is_asked_again(staff, enrolment):
    choice = TrainingChoiceFactory(enrolment=enrolment, own=True)
    data = {f"v{choice.pk}-verdict": "decline"}
    shown = flat(staff.post(f"/trainingen/voorstellen/{choice.pk}/", data))
    assert "Schrijf op waarom dit niet kan" in shown
    assert "checked" in shown
    choice.refresh_from_db()
    assert choice.status == "proposed"


def test_an_answer_that_comes_too_late_is_told(staff, enrolment):
    choice = TrainingChoiceFactory(enrolment=enrolment, own=True)
    data = {f"v{choice.pk}-verdict": "accept"}
    staff.post(f"/trainingen/voorstellen/{choice.pk}/", data)
    again = staff.post(f"/trainingen/voorstellen/{choice.pk}/", data, follow=True)
    assert "al geantwoord" in flat(again)


@pytest.mark.parametrize(
    ("who", "address"),
    [("own", "/trainingen/"), ("staff", "/trainingen/"), ("staff", "/trainingen/voorstellen/")],
)
def test_lists_take_as_many_queries_for_three_as_for_one(request, enrolment, address, who):
    client = request.getfixturevalue(who)
    client.get(address)
    counts = []
    for size in (1, 2):
        for _ in range(size):
            TrainingChoiceFactory(enrolment=enrolment)
            TrainingChoiceFactory(enrolment=EnrolmentFactory(cohort=enrolment.cohort), own=True)
            TrainingFactory()
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# When and where, and what is found


def test_coming_days_stand_with_a_training_and_past_ones_do_not(own):
    training = TrainingFactory(title="Grenzen stellen")
    today = timezone.localdate()
    for days, place in ((-1, "Gisteren"), (0, "Vandaag"), (9, "Huis van de Wijk")):
        TrainingDate.objects.create(
            training=training,
            date=today + dt.timedelta(days=days),
            starts_at=dt.time(13, 30),
            place=place,
            note="Neem een pen mee.",
        )
    shown = text(own)
    assert "Gisteren" not in shown
    assert "13.30 uur, Vandaag. Neem een pen mee." in shown
    assert shown.index("Vandaag") < shown.index("Huis van de Wijk")


def test_a_training_without_a_day_says_so(own):
    TrainingFactory()
    assert "De datum is nog niet bekend." in text(own)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("search=elan", True),
        ("search=ÉLAN", True),
        ("search=e\u0301lan", True),
        ("search=vragen+elan", True),
        ("search=zuiderlicht", True),
        ("search=elan+rouw", False),
        ("minutes_max=120", False),
        ("minutes_max=240", True),
        ("dated=on", True),
    ],
)
def test_words_are_found_without_accents_and_choices_live_in_the_address(own, asked, found):
    training = TrainingFactory(title="Vragen met élan", minutes=180)
    day = timezone.localdate()
    TrainingDate.objects.create(training=training, date=day, place="Zuiderlicht")
    assert ("Vragen met élan" in text(own, f"/trainingen/?{asked}")) == found


def test_only_with_a_day_leaves_the_others_out(own):
    TrainingFactory(title="Zonder dag")
    assert "Zonder dag" not in text(own, "/trainingen/?dated=on")


def test_a_long_description_is_searched_to_its_end(own):
    TrainingFactory(title="Lang", description="woord " * 80 + "Zélfzorg")
    assert "Lang" in text(own, "/trainingen/?search=zelfzorg")


@pytest.mark.parametrize(("register", "said"), [(True, "vanzelf"), (False, "Schrijf zelf")])
def test_it_says_what_a_training_adds(own, register, said):
    TrainingFactory(minutes=150, has_register=register)
    shown = text(own)
    assert "Ongeveer 2,5 uur studie." in shown and said in shown


# Undone, and done


def test_what_was_dropped_can_be_taken_back(own, enrolment):
    choice = TrainingChoiceFactory(enrolment=enrolment, status="dropped")
    assert "Haal terug" in text(own)
    shown = flat(own.post(f"/trainingen/keuze/{choice.pk}/terug/", follow=True))
    assert "staat weer bij je keuzes." in shown
    choice.refresh_from_db()
    assert choice.status == "chosen"


def test_a_training_of_which_hours_were_written_asks_for_none(own, enrolment):
    choice = TrainingChoiceFactory(enrolment=enrolment, status="completed")
    HourEntryFactory(enrolment=enrolment, kind="study", training_choice=choice, minutes=90)
    gone = TrainingChoiceFactory(enrolment=enrolment, status="completed")
    HourEntryFactory(
        enrolment=enrolment, kind="study", training_choice=gone, minutes=60, status="withdrawn"
    )
    shown = text(own)
    assert "Je schreef er 1,5 uur studie voor op." in shown
    assert f"?training={choice.pk}" not in shown
    assert f"?training={gone.pk}" in shown


@pytest.mark.parametrize("status", ["completed", "stopped"])
def test_who_finished_or_stopped_is_asked_for_no_hours(client, status):
    enrolment = EnrolmentFactory(status=status)
    choice = TrainingChoiceFactory(enrolment=enrolment)
    client.force_login(enrolment.participant)
    shown = flat(client.post(f"/trainingen/keuze/{choice.pk}/gevolgd/", follow=True))
    assert "is gevolgd." in shown
    assert "uren" not in shown.split("is gevolgd.")[1].split("</div>")[0]
    assert "?training=" not in shown and "Haal terug" not in shown


def test_a_proposal_says_why(own, enrolment):
    form = {"enrolment": enrolment.pk, "title": "Rouw en verlies", "reason": ""}
    assert "Schrijf in één zin waarom" in flat(own.post("/trainingen/voorstel/", form))


def test_followed_is_offered_when_it_came_and_taken_back_on_the_page(own, enrolment):
    choice = TrainingChoiceFactory(enrolment=enrolment)
    ahead = TrainingDate.objects.create(
        training=choice.training, date=timezone.localdate() + dt.timedelta(days=14)
    )
    shown = text(own)
    assert "Ik heb deze gevolgd" not in shown
    assert "Vanaf de eerste dag zeg je hier dat je er was." in shown
    early = own.post(f"/trainingen/keuze/{choice.pk}/gevolgd/", follow=True)
    assert "Deze training moet nog komen." in flat(early)
    ahead.delete()
    assert "Ik heb deze gevolgd" in text(own)
    own.post(f"/trainingen/keuze/{choice.pk}/gevolgd/")
    assert "Toch niet gevolgd" in text(own)
    back = own.post(f"/trainingen/keuze/{choice.pk}/niet-gevolgd/", follow=True)
    assert "staat weer bij je keuzes, nog niet gevolgd." in flat(back)
    choice.refresh_from_db()
    assert choice.status == "chosen"


def test_with_hours_on_it_following_is_not_taken_back(own, enrolment):
    choice = TrainingChoiceFactory(enrolment=enrolment, status="completed")
    HourEntryFactory(enrolment=enrolment, kind="study", training_choice=choice)
    assert "Toch niet gevolgd" not in text(own)
    sent = own.post(f"/trainingen/keuze/{choice.pk}/niet-gevolgd/", follow=True)
    assert "Je schreef uren op voor deze training. Trek die eerst in" in flat(sent)
