"""The pages of who reads along; see also test_pages."""

from participants.models import Event
from participants.plans import actions
from tests.factories import EnrolmentFactory, FinalInterviewFactory, RoleFactory
from tests.participants.plans.scene import POP, at, group, page, queries, sent, upload


def test_the_list_counts_what_waits_and_puts_it_first(client, world, pop):
    other = EnrolmentFactory(cohort=world.cohort, participant__name="Anna Aalders")
    done = actions.add_version(
        actions.plan_of(other), by=other.participant, sections=POP, share=True
    )
    actions.complete(done.plan, by=world.trainer)
    text = page(client, world.trainer)
    assert "1 plan wacht op jou" in text and "Nog niet gelezen" in text
    assert text.index("Noor Bakker") < text.index("Anna Aalders")
    page(client, world.trainer, "detail", pop.pk)
    text = page(client, world.trainer)
    assert "Nog niet gelezen" not in text and "Vandaag binnengekomen" in text


def test_the_list_says_that_a_participant_answered(client, world, pop):
    actions.give_feedback(world.version, by=world.trainer, text="Wanneer?", asks_for_more=True)
    text = page(client, world.trainer)
    assert "wacht op jou" not in text and "Vult aan" in text
    actions.give_feedback(world.version, by=world.participant, text="In mei.")
    assert "Reageerde" in page(client, world.trainer)


def test_the_list_is_filtered_by_cohort_and_state(client, world, pop):
    elsewhere = group()
    RoleFactory(user=world.trainer, cohort=elsewhere.cohort)
    client.force_login(world.trainer)
    text = client.get(at("list"), {"cohort": elsewhere.cohort.pk}).content.decode()
    assert "Noor Bakker" not in text
    text = client.get(at("list"), {"cohort": world.cohort.pk, "status": "shared"}).content.decode()
    assert "Noor Bakker" in text


def test_a_trainer_reads_the_latest_version_beside_the_one_before(client, world, pop):
    parts = {"goed": "Ik luister heel goed.", "rol": "Ik denk mee.", "leren": POP["leren"]}
    actions.add_version(pop, by=world.participant, sections=parts, share=True)
    text = page(client, world.trainer, "detail", pop.pk)
    assert "Versie 2 naast versie 1" in text and "Maak versie 2 compleet" in text
    for word in ("Veranderd", "Nieuw", "Niet veranderd"):
        assert f">{word}</span>" in text
    assert '[erbij: </span>heel <span class="ams-visually-hidden">] </span></ins>' in text
    assert text.index("Wat gaat goed?") < text.index("Wat wil ik leren?") < text.index("Mijn rol")
    assert text.count(POP["leren"]) == 1  # what is the same stands there once


def test_what_was_taken_out_is_said_in_a_word(client, world, pop):
    actions.add_version(pop, by=world.participant, sections={"goed": POP["goed"]}, share=True)
    text = page(client, world.trainer, "detail", pop.pk)
    assert ">Weggehaald</span>" in text
    assert f"[weg: </span>{POP['leren']}" in text


def test_a_file_after_a_plan_on_screen_takes_nothing_out(client, world, pop):
    actions.add_version(pop, by=world.participant, upload=upload(), share=True)
    text = page(client, world.trainer, "detail", pop.pk)
    assert "Mijn POP.pdf" in text and "Eerder gedeeld" in text
    assert "Weggehaald" not in text and "doorgestreept" not in text


def test_a_third_version_leads_to_the_first_one_with_a_link(client, world, pop):
    for text in ("Twee", "Drie"):
        actions.add_version(pop, by=world.participant, sections={"goed": text}, share=True)
    text = page(client, world.trainer, "detail", pop.pk)
    assert "Eerder gedeeld" in text and at("version", world.version.pk) in text
    assert "Ik luister goed." not in text
    Event.objects.reads().get(subject=f"planversion:{pop.versions.latest().pk}")
    assert not Event.objects.reads().filter(subject=f"planversion:{world.version.pk}").exists()
    assert "Ik luister goed." in page(client, world.trainer, "version", world.version.pk)
    assert Event.objects.reads().filter(subject=f"planversion:{world.version.pk}").exists()


def test_reading_a_pop_is_noted_for_its_owner_and_a_gop_is_not(client, world, pop, gop):
    page(client, world.trainer, "detail", pop.pk)
    page(client, world.trainer, "detail", gop.pk)
    page(client, world.participant)
    read = Event.objects.reads().get()
    assert (read.actor, read.enrolment) == (world.trainer, world.enrolment)
    assert read.subject == f"planversion:{world.version.pk}"


def test_opening_a_file_is_noted_and_ones_own_is_not(client, world):
    version = actions.add_version(
        actions.plan_of(world.enrolment), by=world.participant, upload=upload(), share=True
    )
    for person in (world.participant, world.coordinator):
        client.force_login(person)
        assert client.get(at("file", version.pk)).status_code == 200
    assert Event.objects.reads().get().actor == world.coordinator


def test_a_request_about_an_older_version_is_refused_and_what_was_typed_stays(client, world, pop):
    asked = {"version": 1, "text": "Wanneer is het klaar?", "asks_for_more": "on"}
    actions.add_version(pop, by=world.participant, sections=POP, share=True)
    text = sent(client, world.trainer, "feedback", pop.pk, **asked)
    assert "Er is intussen een nieuwere versie" in text
    assert "Wanneer is het klaar?" in text
    assert not world.version.feedback.exists()


def test_remarks_about_a_version_that_one_does_not_see_go_nowhere(client, world, pop):
    actions.add_version(pop, by=world.participant, sections=POP)
    client.force_login(world.trainer)
    answer = client.post(at("feedback", pop.pk), {"version": 2, "text": "Ha!"})
    assert answer.status_code == 404


def test_completing_is_only_for_what_was_read(client, world, pop):
    client.force_login(world.trainer)
    asked = client.get(at("complete", pop.pk), {"versie": 1}).content.decode()
    assert "Is het POP van Noor Bakker compleet?" in asked
    assert 'name="version" value="1"' in " ".join(asked.split())
    actions.add_version(pop, by=world.participant, sections=POP, share=True)
    text = sent(client, world.trainer, "complete", pop.pk, version=1)
    assert "Er is intussen een nieuwere versie" in text
    text = sent(client, world.trainer, "complete", pop.pk, version=2)
    assert "Het POP van Noor Bakker is compleet." in text


def test_reopening_a_gop_tells_how_many_stand_behind_it(client, world, complete_gop):
    actions.endorse(complete_gop, by=world.member)
    text = page(client, world.coordinator, "reopen", complete_gop.pk)
    assert "Nu staat 1 mens achter dit plan." in text
    actions.endorse(complete_gop, by=world.participant)
    text = sent(client, world.coordinator, "reopen", complete_gop.pk, endorsements=1)
    assert "Er staan net meer of minder mensen achter het plan" in text
    text = sent(client, world.coordinator, "reopen", complete_gop.pk, endorsements=2)
    assert "is weer open" in text


def test_a_pop_is_not_reopened_after_a_passed_interview(client, world, pop):
    actions.complete(pop, by=world.trainer)
    FinalInterviewFactory(enrolment=world.enrolment, passed=True)
    text = sent(client, world.trainer, "reopen", pop.pk, endorsements=0)
    assert "Het eindgesprek is behaald" in text


def test_staff_choose_who_endorsed_on_paper_from_those_who_did_not_yet(client, world, complete_gop):
    actions.endorse(complete_gop, by=world.participant)
    choice = page(client, world.trainer, "paper", complete_gop.pk)
    assert "Sami Visser" in choice and "Noor Bakker" not in choice
    facts = {"enrolment": world.member_enrolment.pk}
    text = sent(client, world.trainer, "paper", complete_gop.pk, **facts)
    assert "Sami Visser staat achter dit plan, op papier." in text
    assert "Noor Bakker" in text and "<b>2 van 2</b>" in text


def test_staff_take_an_endorsement_from_paper_back(client, world, complete_gop):
    actions.record_paper_endorsement(complete_gop, world.member_enrolment, by=world.trainer)
    key = complete_gop.pk, world.member_enrolment.pk
    assert at("unpaper", *key) in page(client, world.trainer, "detail", complete_gop.pk)
    assert "Sami Visser weghalen?" in page(client, world.trainer, "unpaper", *key)
    text = sent(client, world.trainer, "unpaper", *key)
    assert "<b>0 van 2</b>" in text
    decision = Event.objects.decisions().get(act="plan_paper_endorsement_withdrawn")
    assert (decision.actor, decision.enrolment) == (world.trainer, world.member_enrolment)
    assert "staat er niet meer" in sent(client, world.trainer, "unpaper", *key)


def test_the_list_asks_as_much_for_one_plan_as_for_three(client, world, pop):
    client.force_login(world.trainer)
    one = queries(client, at("list"))
    for _turn in range(2):
        other = EnrolmentFactory(cohort=world.cohort)
        plan = actions.plan_of(other)
        actions.add_version(plan, by=other.participant, sections=POP, share=True)
    assert queries(client, at("list")) == one


def test_the_page_of_a_plan_asks_as_much_for_one_remark_as_for_three(client, world, pop):
    actions.add_goal(pop, by=world.participant, what="Grenzen")
    version = actions.share(pop, by=world.participant)

    def say(section):
        first = actions.give_feedback(version, by=world.trainer, text="Mooi.", section=section)
        actions.give_feedback(version, by=world.participant, text="Dank.", answers=first)

    say("goed")
    client.force_login(world.trainer)
    one = queries(client, at("detail", pop.pk))
    say("leren"), say("doelen")
    actions.add_goal(pop, by=world.participant, what="Vragen")
    actions.share(pop, by=world.participant)
    assert queries(client, at("detail", pop.pk)) == one


def test_an_assessor_reads_the_gop_without_names_or_buttons(client, world, complete_gop):
    actions.endorse(complete_gop, by=world.participant)
    text = page(client, world.assessor, "detail", complete_gop.pk)
    assert "Ieder buurtteam weet ons te vinden." in text
    for word in ("Wie staat erachter", "Open het plan weer", "Instemming op papier"):
        assert word not in text
