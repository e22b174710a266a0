"""Setting up on pages: tracks, criteria, trainings, the list of a learning place."""

import re

import pytest

from participants.models import ChecklistItem, Cohort, LearningTrack, Tick, Training
from tests.factories import (
    ChecklistItemFactory,
    CohortFactory,
    EnrolmentFactory,
    InterviewCriterionFactory,
    LearningTrackFactory,
    PlacementFactory,
    RoleFactory,
    TrainingDateFactory,
    TrainingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def office(client):
    client.force_login(RoleFactory(coordinator=True).user)
    return client


def read(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def said(client, address, **typed):
    """What one reads after sending this."""
    return read(client.post(f"/inrichten/{address}", typed, follow=True))


def test_a_track_is_made_with_the_paper_of_the_last_one(office):
    last = LearningTrackFactory(first_signatory="Johanna Wiersma")
    page = office.get("/inrichten/leerlijnen/nieuw/").content.decode()
    assert 'value="Johanna Wiersma"' in page
    paper = {name: getattr(last, name) for name in ("provider", "partners", "place")}
    for turn in ("first", "second"):
        for name in (f"{turn}_signatory", f"{turn}_signatory_role"):
            paper[name] = getattr(last, name)
    shown = said(office, "leerlijnen/nieuw/", name="Informele zorg", **paper)
    assert "Informele zorg staat klaar." in shown
    taken = said(office, "leerlijnen/nieuw/", name="Informele zorg", **paper)
    assert "Er is al een leerlijn met deze naam. Kies een andere." in taken


def test_a_track_is_named_and_put_away_and_taken_back(office, cohort):
    here = f"leerlijnen/{cohort.track_id}"
    assert "Anders is bewaard." in said(office, f"{here}/naam/", name="Anders")
    assert "Anders is weggelegd." in said(office, f"{here}/weg/")
    assert "weggelegd" in read(office.get("/inrichten/"))
    assert "Anders is weer in gebruik." in said(office, f"{here}/terug/")
    assert office.post(f"/inrichten/{here}/zomaar/").status_code == 404


def test_norms_of_a_track_name_the_cohorts_that_follow(office):
    track = LearningTrackFactory()
    coming = CohortFactory(track=track, starts_on="2099-01-05", ends_on="2099-07-10")
    address = f"/inrichten/leerlijnen/{track.pk}/normen/"
    page = office.get(address)
    assert coming.name in read(page)
    form = page.context["form"]
    typed = {name: form[name].value() for name in form.fields if name != "reason"}
    typed = {name: value for name, value in typed.items() if value not in (False, None)}
    short = {**typed, "work_minutes": "50"}
    assert "Schrijf op waarom." in read(office.post(address, short))
    done = office.post(address, {**short, "reason": "De funder vraagt 50 uur"}, follow=True)
    assert f"De normen van {track.name} zijn veranderd." in read(done)
    assert Cohort.objects.get(pk=coming.pk).work_minutes == 3000
    again = office.post(address, {**short, "reason": "Nog eens"})
    assert "Dit zijn de normen die er al gelden." in read(again)


def test_a_cohort_without_an_example(office, cohort):
    days = {"name": "Lichting 9", "starts_on": "2026-01-05", "ends_on": "2026-07-10"}
    address = f"leerlijnen/{cohort.track_id}/lichting/"
    assert "Lichting 9 staat klaar." in said(office, address, **days)
    assert "Er is al een lichting met deze naam." in said(office, address, **days)


def test_a_cohort_is_put_away_from_the_page_and_taken_back(office, cohort):
    away = f"/inrichten/lichtingen/{cohort.pk}/weg/"
    assert away in office.get("/inrichten/").content.decode()
    assert f"{cohort.name} is weggelegd." in said(office, f"lichtingen/{cohort.pk}/weg/")
    assert f"{cohort.name} is er weer." in said(office, f"lichtingen/{cohort.pk}/terug/")
    EnrolmentFactory(cohort=cohort)
    assert away not in office.get("/inrichten/").content.decode()
    assert "Er staan mensen in deze lichting." in said(office, f"lichtingen/{cohort.pk}/weg/")


def test_criteria_are_set_on_their_page(office, cohort):
    here = f"leerlijnen/{cohort.track_id}/criteria"
    assert "Er zijn nog geen criteria." in read(office.get(f"/inrichten/{here}/"))
    first = InterviewCriterionFactory(track=cohort.track, position=1, title="Grenzen stellen")
    assert "Samenwerken staat onderaan" in said(office, f"{here}/nieuw/", title="Samenwerken")
    assert "staat een plek lager." in said(office, f"criteria/{first.pk}/omlaag/")
    shown = read(office.get(f"/inrichten/{here}/"))
    assert shown.index("1. Samenwerken") < shown.index("2. Grenzen stellen")
    assert "Verder kan dit criterium niet." in said(office, f"criteria/{first.pk}/omlaag/")
    assert "staat een plek hoger." in said(office, f"criteria/{first.pk}/omhoog/")
    assert "is bewaard." in said(office, f"criteria/{first.pk}/", title="Nee zeggen")
    gone = cohort.track.interview_criteria.get(title="Nee zeggen")
    assert "is weggelegd." in said(office, f"criteria/{gone.pk}/weg/")
    assert "staat weer op de lijst." in said(office, f"criteria/{gone.pk}/terug/")
    nameless = said(office, f"criteria/{gone.pk}/", title="")
    assert "Geef het criterium een naam." in nameless


def test_who_coordinates_one_cohort_reads_the_criteria_and_changes_none(client, cohort):
    InterviewCriterionFactory(track=cohort.track)
    client.force_login(RoleFactory(kind="coordinator", cohort=cohort).user)
    page = client.get(f"/inrichten/leerlijnen/{cohort.track_id}/criteria/").content.decode()
    assert "/inrichten/criteria/" not in page
    assert client.get(f"/inrichten/leerlijnen/{cohort.track_id}/normen/").status_code == 403


def test_a_training_is_put_in_the_catalogue_with_days(office, cohort):
    facts = {"title": "Beter vragen stellen", "minutes": "2,5", "provider": "De Leerkring"}
    assert "staat in het aanbod." in said(office, "trainingen/nieuw/", **facts)
    training = Training.objects.get()
    assert (training.minutes, training.track) == (150, None)
    here = f"trainingen/{training.pk}"
    assert "Deze dag staat erbij." in said(office, f"{here}/datums/", date="2099-05-20")
    assert "20 mei 2099" in read(office.get("/trainingen/"))
    assert "Door De Leerkring." in read(office.get("/trainingen/"))
    day = training.dates.get()
    assert "Deze dag is weg." in said(office, f"datums/{day.pk}/weg/")
    assert "is weggelegd." in said(office, f"{here}/weg/")
    assert facts["title"] not in read(office.get("/trainingen/"))
    assert "is weer te kiezen." in said(office, f"{here}/terug/")
    wrong = said(office, f"{here}/", title="Beter vragen stellen", minutes="0")
    assert "Vul meer dan 0 uur in." in wrong


def test_who_coordinates_one_cohort_chooses_its_track(client, cohort):
    client.force_login(RoleFactory(kind="coordinator", cohort=cohort).user)
    LearningTrackFactory(name="Van anderen")
    TrainingFactory(title="Van iedereen")
    page = read(client.get("/inrichten/trainingen/nieuw/"))
    assert "Voor alle leerlijnen" not in page
    assert "Van anderen" not in page
    assert "Van iedereen" not in read(client.get("/inrichten/trainingen/"))
    facts = {"title": "Eigen", "minutes": "2"}
    assert "Kies een leerlijn uit de lijst." in said(client, "trainingen/nieuw/", **facts)
    assert "staat in het aanbod." in said(
        client, "trainingen/nieuw/", track=cohort.track_id, **facts
    )


def test_the_list_of_a_learning_place_is_set_and_ticked_off(office, cohort):
    here = f"leerlijnen/{cohort.track_id}/leerplekken/"
    assert "Dit staat vanaf nu op de lijst." in said(office, here, text="Afspraken op papier")
    assert "Dit punt staat al op de lijst." in said(office, here, text="afspraken op papier")
    item = ChecklistItem.objects.get()
    placement = PlacementFactory(enrolment=EnrolmentFactory(cohort=cohort))
    page = f"/leerplekken/plaatsing/{placement.enrolment_id}/"
    assert "Afspraken op papier" in read(office.get(page))
    ticked = office.post(f"/leerplekken/geregeld/{placement.pk}/{item.pk}/", follow=True)
    assert "Geregeld: Afspraken op papier." in read(ticked)
    assert "Geregeld op" in read(ticked)
    assert Tick.objects.get().placement == placement
    undone = office.post(f"/leerplekken/open/{placement.pk}/{item.pk}/", follow=True)
    assert "Staat weer open: Afspraken op papier." in read(undone)
    assert "Weggelegd: Afspraken op papier." in said(office, f"punten/{item.pk}/weg/")
    assert "Staat weer op de lijst" in said(office, f"punten/{item.pk}/terug/")


def test_the_list_of_places_counts_what_is_arranged(office, cohort):
    item = ChecklistItemFactory(track=cohort.track)
    ChecklistItemFactory(track=cohort.track)
    placement = PlacementFactory(enrolment=EnrolmentFactory(cohort=cohort))
    office.post(f"/leerplekken/geregeld/{placement.pk}/{item.pk}/")
    assert "1 van 2 geregeld" in read(office.get("/leerplekken/"))


@pytest.mark.parametrize(
    "address", ["", "trainingen/", "leerlijnen/{}/", "leerlijnen/{}/criteria/"]
)
def test_more_takes_no_more_queries(office, cohort, address, django_assert_max_num_queries):
    def more():
        CohortFactory(track=cohort.track)
        CohortFactory(is_active=False)
        InterviewCriterionFactory(track=cohort.track)
        TrainingDateFactory(training=TrainingFactory(track=LearningTrackFactory()))
        TrainingFactory(is_active=False)

    more()
    page = f"/inrichten/{address.format(cohort.track_id)}"
    with django_assert_max_num_queries(40) as one:
        office.get(page)
    more(), more()
    with django_assert_max_num_queries(len(one)):
        assert office.get(page).status_code == 200
    assert LearningTrack.objects.count() == 7
