"""The interview file: what the participant chose, and nothing else, reaches the assessors."""

import io

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from participants.files import storing
from participants.interviews import actions
from participants.models import Event, EvidenceItem, LearningGoal
from tests.factories import PlanVersionFactory, PopFactory, RoleFactory
from tests.participants.files import corpus
from tests.participants.interviews.scene import finish, plan_again, refused

JSON = {"content_type": "application/json"}
CANARY = "kanarie-in-het-plan"


def four_pages():
    """A PDF whose pages share their pictures, link to each other and stand in an outline."""
    paper = io.BytesIO()
    canvas = Canvas(paper)
    canvas.setAuthor(CANARY)
    for number in range(1, 5):
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"{CANARY}-{number}", f"p{number}")
        canvas.drawString(90, 700, f"BLAD-{number}")
        picture = io.BytesIO(corpus.photo(size=(40 + number, 20)))
        canvas.drawImage(ImageReader(picture), 90, 500)
        canvas.linkAbsolute("verder", f"p{number % 4 + 1}", (90, 690, 200, 720))
        canvas.showPage()
    canvas.save()
    pdf = pikepdf.open(io.BytesIO(paper.getvalue()))
    pictures = pikepdf.Dictionary()
    for page in pdf.pages:
        for name, picture in page.Resources.XObject.items():
            pictures[name] = picture
    fonts = pdf.pages[0].Resources.Font
    shared = pdf.make_indirect(pikepdf.Dictionary(Font=fonts, XObject=pictures))
    for page in pdf.pages:
        page.obj.Resources = shared
    whole = io.BytesIO()
    pdf.save(whole)
    return whole.getvalue()


@pytest.fixture
def filed(planned):
    """``planned`` with a POP of two goals and an upload of four pages."""
    planned.participant = planned.enrolment.participant
    planned.pop = PopFactory(enrolment=planned.enrolment)
    planned.goals = [
        LearningGoal.objects.create(plan=planned.pop, position=place, what=what, why=CANARY)
        for place, what in [(1, "Vaker nee zeggen"), (2, "Beter doorvragen")]
    ]
    planned.version = uploaded(planned, four_pages(), "pop.pdf")
    return planned


def uploaded(scene, content, name, **facts):
    stored = storing.store(SimpleUploadedFile(name, content), by=scene.enrolment.participant)
    return PlanVersionFactory(plan=scene.pop, file=stored, sections=None, **facts)


def all_of(content):
    """Everything that a reader could dig out of a PDF, as one text, and the widths of pictures."""
    found, widths = [], set()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found.append(repr(pdf.trailer))
        for thing in pdf.objects:
            found.append(repr(thing))
            if isinstance(thing, pikepdf.Stream) and "/Width" in thing:
                widths.add(int(thing.Width))
            elif isinstance(thing, pikepdf.Stream):
                found.append(thing.read_bytes().decode("latin-1"))
    return "\n".join(found), widths


def put_all_in(scene):
    actions.file_goal(scene.enrolment, scene.goals[0], by=scene.participant)
    actions.file_pages(scene.enrolment, scene.version, [4, 2], by=scene.participant)
    actions.file_text(scene.enrolment, "Kijk ook naar mijn spreekuur.", by=scene.participant)


# Who reads what


def test_assessors_read_what_was_chosen_and_nothing_else(client, filed):
    put_all_in(filed)
    client.force_login(filed.first)
    for name in ("detail", "rate"):
        text = client.get(reverse(f"interviews:{name}", args=[filed.interview.pk])).content.decode()
        assert "Vaker nee zeggen" in text and "Kijk ook naar mijn spreekuur." in text
        assert "Beter doorvragen" not in text
        assert "Bladzijde 2 van het plan" in text and "Bladzijde 3" not in text


@pytest.mark.parametrize("who", ["third", "coordinator", "trainer", "administrator"])
def test_nobody_else_reads_the_file(client, filed, who):
    put_all_in(filed)
    filed.trainer = RoleFactory(cohort=filed.cohort).user
    filed.administrator = RoleFactory(administrator=True).user
    client.force_login(getattr(filed, who))
    assert not EvidenceItem.objects.visible_to(getattr(filed, who))
    page = client.get(reverse("interviews:detail", args=[filed.interview.pk]))
    assert CANARY not in page.content.decode()
    assert client.get(reverse("interviews:download", args=[filed.version.pk])).status_code == 404


def test_who_left_the_seat_reads_it_no_more(filed):
    put_all_in(filed)
    seat = filed.interview.seats.get(assessor=filed.first)
    actions.replace_assessor(seat, by=filed.coordinator, new=filed.third)
    assert not EvidenceItem.objects.visible_to(filed.first)
    assert EvidenceItem.objects.visible_to(filed.third).count() == 4


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_download_holds_only_the_chosen_pages(client, filed, door):
    put_all_in(filed)
    client.force_login(filed.first)
    address = (
        reverse("interviews:download", args=[filed.version.pk])
        if door == "page"
        else reverse("api:interviews-evidence-file", args=[filed.interview.pk, filed.version.pk])
    )
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    content = b"".join(answer.streaming_content)
    text, widths = all_of(content)
    assert "BLAD-2" in text and "BLAD-4" in text
    assert "BLAD-1" not in text and "BLAD-3" not in text
    assert CANARY not in text and "/Annots" not in text
    assert widths == {42, 44}
    assert client.get(reverse("plans:file", args=[filed.version.pk])).status_code == 404


def test_of_another_kind_of_file_the_whole_is_chosen(client, filed):
    version = uploaded(filed, corpus.docx(), "pop.docx", shared=True)
    with pytest.raises(ValidationError) as refusal:
        actions.file_pages(filed.enrolment, version, [1], by=filed.participant)
    assert refused(refusal) == "unknown_page"
    actions.file_pages(filed.enrolment, version, [], by=filed.participant)
    client.force_login(filed.first)
    answer = client.get(reverse("interviews:download", args=[version.pk]))
    assert b"".join(answer.streaming_content) == corpus.docx()


def test_reading_is_noted_and_the_participant_sees_who(client, filed):
    put_all_in(filed)
    client.force_login(filed.participant)
    address = reverse("interviews:file", args=[filed.enrolment.pk])
    assert "Nog niemand." in client.get(address).content.decode()
    client.force_login(filed.first)
    client.get(reverse("interviews:rate", args=[filed.interview.pk]))
    reads = Event.objects.reads().filter(subject__startswith="evidenceitem:")
    assert {(one.actor, one.enrolment) for one in reads} == {(filed.first, filed.enrolment)}
    client.force_login(filed.participant)
    assert "Anna Aalders, voor het laatst op" in client.get(address).content.decode()


def test_a_piece_with_a_criterion_stands_beside_it_on_the_rating_page(client, filed):
    criterion = filed.criteria[1]
    actions.file_goal(filed.enrolment, filed.goals[0], by=filed.participant, criterion=criterion)
    client.force_login(filed.first)
    rows = client.get(reverse("interviews:rate", args=[filed.interview.pk])).context["rows"]
    assert [len(row["evidence"]) for row in rows] == [0, 1, 0]


# Putting in and taking out


@pytest.mark.parametrize("who", ["first", "coordinator", "third"])
def test_only_the_participant_fills_and_empties_the_file(filed, who):
    put_all_in(filed)
    by = getattr(filed, who)
    item = EvidenceItem.objects.first()
    for act in (
        lambda: actions.file_goal(filed.enrolment, filed.goals[1], by=by),
        lambda: actions.file_pages(filed.enrolment, filed.version, [1], by=by),
        lambda: actions.file_text(filed.enrolment, "Hallo", by=by),
        lambda: actions.take_out(item, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert EvidenceItem.objects.count() == 4


def test_a_goal_or_file_of_somebody_else_is_not_taken(filed):
    other = PopFactory()
    goal = LearningGoal.objects.create(plan=other, position=1, what="Van een ander")
    with pytest.raises(ValidationError) as refusal:
        actions.file_goal(filed.enrolment, goal, by=filed.participant)
    assert refused(refusal) == "unknown_goal"
    version = PlanVersionFactory(plan=other)
    with pytest.raises(ValidationError) as refusal:
        actions.file_pages(filed.enrolment, version, [1], by=filed.participant)
    assert refused(refusal) == "unknown_version"


@pytest.mark.parametrize("pages", [[], [0], [5], [1, 5]])
def test_a_page_that_is_not_there_is_not_taken(filed, pages):
    with pytest.raises(ValidationError) as refusal:
        actions.file_pages(filed.enrolment, filed.version, pages, by=filed.participant)
    assert refused(refusal) == "unknown_page"


def test_the_same_is_in_the_file_once(filed):
    put_all_in(filed)
    for act in (
        lambda: actions.file_goal(filed.enrolment, filed.goals[0], by=filed.participant),
        lambda: actions.file_pages(filed.enrolment, filed.version, [1, 2], by=filed.participant),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refused(refusal) == "already_in_the_file"
    assert EvidenceItem.objects.count() == 4


def test_what_is_taken_out_is_read_no_more(client, filed):
    put_all_in(filed)
    client.force_login(filed.participant)
    for item in EvidenceItem.objects.exclude(version=None):
        client.post(reverse("interviews:take_out", args=[filed.enrolment.pk, item.pk]))
    client.force_login(filed.first)
    assert client.get(reverse("interviews:download", args=[filed.version.pk])).status_code == 404
    assert Event.objects.filter(act="evidence_removed").count() == 2


def test_final_keeps_the_file_as_it_was(filed):
    put_all_in(filed)
    finish(filed)
    filed.goals[0].what = "Iets anders"
    filed.goals[0].save()
    kept = EvidenceItem.objects.visible_to(filed.first).of(filed.interview.__class__.objects.get())
    assert [one.shown_goal["what"] for one in kept if one.goal] == ["Vaker nee zeggen"]
    for act in (
        lambda: actions.take_out(kept[0], by=filed.participant),
        lambda: actions.file_text(filed.enrolment, "Nog iets", by=filed.participant),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refused(refusal) == "talk_is_final"


def test_for_a_resit_there_is_a_new_file(filed):
    put_all_in(filed)
    finish(filed, ["not_yet", "good", "good"])
    actions.file_goal(filed.enrolment, filed.goals[1], by=filed.participant)
    resit = plan_again(filed)
    shown = EvidenceItem.objects.visible_to(filed.first)
    assert [one.goal for one in shown.of(resit)] == [filed.goals[1]]
    with pytest.raises(ValidationError) as refusal:
        actions.file_text(filed.enrolment, "x", by=filed.participant, criterion=filed.criteria[1])
    assert refused(refusal) == "unknown_criterion"


# Pages and API


def test_a_participant_fills_the_file_on_the_page(client, filed):
    client.force_login(filed.participant)
    enrolment = filed.enrolment.pk
    address = reverse("interviews:file", args=[enrolment])
    client.post(reverse("interviews:add_goal", args=[enrolment, filed.goals[0].pk]), {})
    prefix = f"bestand-{filed.version.pk}"
    fields = {f"{prefix}-pages": ["1", "3"], f"{prefix}-criterion": filed.criteria[0].pk}
    client.post(reverse("interviews:add_pages", args=[enrolment, filed.version.pk]), fields)
    client.post(reverse("interviews:add_text", args=[enrolment]), {"tekst-text": "Mijn spreekuur"})
    text = " ".join(client.get(address).content.decode().split())
    for shown in ("Vaker nee zeggen", "Bladzijde 1 van", "Bladzijde 3 van", "Mijn spreekuur"):
        assert shown in text
    assert "Hoort bij: Grenzen stellen" in text
    pages = client.get(address).context["pages_form"].fields["pages"].choices
    assert [page for page, _ in pages] == ["2", "4"]


def test_what_could_not_be_taken_is_said_on_the_page(client, filed):
    client.force_login(filed.participant)
    enrolment = filed.enrolment.pk
    empty = client.post(reverse("interviews:add_text", args=[enrolment]), {"tekst-text": ""})
    assert "Schrijf op wat je wilt laten zien." in empty.content.decode()
    address = reverse("interviews:add_pages", args=[enrolment, filed.version.pk])
    assert "Kies een of meer bladzijden." in client.post(address, {}).content.decode()


def test_the_file_through_the_api(client, filed):
    client.force_login(filed.participant)
    address = reverse("api:interviews-evidence", args=[filed.interview.pk])
    item = filed.items[0].pk
    sent = [
        {"goal": filed.goals[0].pk, "criterion": item},
        {"version": filed.version.pk, "pages": [2]},
        {"text": "Mijn spreekuur"},
    ]
    for body in sent:
        answer = client.post(address, body, **JSON)
        assert answer.status_code == 201, answer.json()
    for body, code in [
        ({}, "invalid"),
        ({"goal": 987_654_321}, "unknown_goal"),
        ({"version": filed.version.pk, "pages": [9]}, "unknown_page"),
        ({"text": "x", "goal": filed.goals[1].pk}, "invalid"),
    ]:
        assert client.post(address, body, **JSON).json()["code"] == code
    client.force_login(filed.first)
    found = client.get(address).json()
    assert [(one["page"], one["text"], one["criterion"]) for one in found] == [
        (None, "", item),
        (2, "", None),
        (None, "Mijn spreekuur", None),
    ]
    assert found[0]["goal"]["what"] == "Vaker nee zeggen"
    one = reverse("api:interviews-evidence-item", args=[filed.interview.pk, found[2]["id"]])
    assert client.delete(one).status_code == 403
    assert client.post(address, {"text": "x"}, **JSON).status_code == 403
    client.force_login(filed.participant)
    assert client.delete(one).status_code == 204
    assert EvidenceItem.objects.count() == 2
