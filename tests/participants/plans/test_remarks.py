"""What is said about a plan hangs on a page or a section, and can always be answered."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from participants.models import Event, Feedback
from participants.plans import actions
from tests.factories import FeedbackFactory
from tests.participants.files import corpus
from tests.participants.plans.scene import POP, at, page, sent, upload


@pytest.fixture
def filed(world):
    """A shared POP of a PDF of one page."""
    plan = actions.plan_of(world.enrolment)
    return actions.add_version(plan, by=world.participant, upload=upload(), share=True)


def say(version, by, text="Mooi.", **place):
    return actions.give_feedback(version, by=by, text=text, **place)


def refused(act, *args, **facts):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **facts)
    return refusal.value.code


def test_a_remark_hangs_on_a_page_that_exists(world, filed):
    assert filed.pages == 1
    assert say(filed, world.trainer, page=1).page == 1
    for page_number in (0, 2):
        assert refused(say, filed, world.trainer, page=page_number) == "unknown_page"


def test_photos_that_became_one_pdf_are_pages_to_name(world):
    photos = [upload(corpus.photo(), f"{number}.jpg") for number in range(3)]
    plan = actions.plan_of(world.enrolment)
    version = actions.add_version(plan, by=world.participant, upload=photos, share=True)
    assert (version.file.kind, version.pages) == ("pdf", 3)
    assert say(version, world.trainer, page=3).page == 3


def test_of_a_document_whose_pages_we_cannot_count_any_page_can_be_named(world):
    plan = actions.plan_of(world.enrolment)
    word = upload(corpus.docx(), "POP.docx")
    version = actions.add_version(plan, by=world.participant, upload=word, share=True)
    assert version.pages is None
    assert say(version, world.trainer, page=12).page == 12
    assert refused(say, version, world.trainer, page=1000) == "unknown_page"


def test_a_remark_hangs_on_a_section_of_what_was_written(world, pop, filed):
    assert say(world.version, world.trainer, section="volhouden").section == "volhouden"
    for version, place in [
        (world.version, {"section": "diagnose"}),
        (world.version, {"section": "doel"}),
        (filed, {"section": "goed"}),
        (filed, {"section": "doelen"}),
        (filed, {"section": "goed", "page": 1}),
    ]:
        assert refused(say, version, world.trainer, **place) == "unknown_section"
    assert refused(say, world.version, world.trainer, page=1) == "unknown_page"


def test_goals_that_were_shared_with_a_file_can_be_remarked_on(world, filed):
    actions.add_goal(filed.plan, by=world.participant, what="Een")
    version = actions.share(filed.plan, by=world.participant)
    assert say(version, world.trainer, section="doelen").section == "doelen"


def test_a_reply_hangs_on_the_first_remark_of_its_thread(world, pop):
    first = say(world.version, world.trainer, section="goed")
    reply = say(world.version, world.participant, answers=first)
    again = say(world.version, world.trainer, answers=reply)
    assert (reply.answers, again.answers) == (first, first)
    assert (reply.section, reply.page) == ("", None)


def test_a_remark_about_an_older_version_can_still_be_answered(world, pop):
    first = say(world.version, world.trainer)
    newer = actions.add_version(pop, by=world.participant, sections={"goed": "Nu"}, share=True)
    actions.complete(pop, by=world.trainer)
    assert say(newer, world.participant, answers=first).version == world.version


def test_a_remark_of_another_plan_is_not_answered_here(world, pop, gop):
    about_gop = say(gop.versions.get(), world.trainer)
    assert refused(say, world.version, world.trainer, answers=about_gop) == "unknown_remark"


def test_an_answer_is_no_request_for_more(world, pop):
    first = say(world.version, world.trainer)
    facts = {"answers": first, "asks_for_more": True}
    assert refused(say, world.version, world.trainer, **facts) == "reply_asks"


def test_every_remark_has_a_decision_row(world, pop):
    say(world.version, world.trainer)
    say(world.version, world.trainer, asks_for_more=True)
    acts = Event.objects.decisions().filter(actor=world.trainer).values_list("act", flat=True)
    assert sorted(acts) == ["plan_more_asked", "plan_remarked"]


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"page": 1, "section": "goed"}, "feedback_hangs_on_a_page_or_a_section"),
        ({"page": 0}, "feedback_hangs_on_a_page_or_a_section"),
    ],
)
@pytest.mark.django_db
def test_the_database_holds_one_place(facts, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        FeedbackFactory(**facts)


@pytest.mark.django_db
def test_the_database_holds_that_a_reply_has_no_place_of_its_own():
    first = FeedbackFactory()
    with pytest.raises(IntegrityError, match="a_reply_hangs_where_its_thread_hangs"):
        FeedbackFactory(version=first.version, answers=first, page=1)


# Pages


def test_the_thread_says_where_it_hangs_and_has_its_own_answer(client, world, pop):
    facts = {"version": 1, "section": "leren", "text": "Welke grens?"}
    text = sent(client, world.trainer, "feedback", pop.pk, **facts)
    assert "bij “Wat wil ik leren”" in text
    first = Feedback.objects.get()
    text = page(client, world.participant)
    assert "bij versie 1, bij “Wat wil ik leren”" in text
    facts = {"version": 1, "answers": first.pk, "text": "Thuis."}
    assert "Thuis." in sent(client, world.participant, "feedback", pop.pk, **facts)
    assert first.replies.get().author == world.participant
    assert "Thuis." in page(client, world.trainer, "detail", pop.pk)


def test_staff_name_a_page_of_a_file_out_of_those_that_exist(client, world, filed):
    text = page(client, world.trainer, "detail", filed.plan_id)
    assert "Bij welke bladzijde?" in text and "Bladzijde 1<" in text and "Bladzijde 2<" not in text
    facts = {"version": 1, "page": 1, "text": "Mooi begin."}
    text = sent(client, world.trainer, "feedback", filed.plan_id, **facts)
    assert "bij bladzijde 1" in text
    facts["page"] = 2
    assert "Kies een van de mogelijkheden" in sent(
        client, world.trainer, "feedback", filed.plan_id, **facts
    )


def test_an_answer_without_words_is_a_sentence_at_that_answer(client, world, pop):
    first = say(world.version, world.trainer)
    facts = {"version": 1, "answers": first.pk, "text": " "}
    for person in (world.participant, world.trainer):
        text = sent(client, person, "feedback", pop.pk, **facts)
        assert f'href="#reactie-{pop.pk}-{first.pk}-text"' in text
    assert Feedback.objects.count() == 1


def test_what_one_does_not_see_cannot_be_answered(client, world, pop, gop):
    hidden = say(world.version, world.trainer)
    client.force_login(world.member)
    data = {"version": 1, "answers": hidden.pk, "text": "Ha!"}
    assert client.post(at("feedback", gop.pk), data).status_code == 404
    assert client.post(at("feedback", pop.pk), data).status_code == 404


def test_a_section_that_was_left_empty_gets_its_remark_under_the_whole_plan(client, world, pop):
    assert "volhouden" not in POP
    say(world.version, world.trainer, section="volhouden", text="Wat helpt je?")
    assert "Wat helpt je?" in page(client, world.trainer, "detail", pop.pk)
