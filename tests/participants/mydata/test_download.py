"""Everything of one person, and nothing of anybody else."""

import html.parser
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.events.actions import decided
from participants.files import storing
from participants.interviews.afterwards import Objection
from participants.models import Event, PlanVersion, StoredFile
from participants.mydata import actions, gathering, registry
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    FeedbackFactory,
    FinalInterviewFactory,
    GopFactory,
    HourEntryFactory,
    InterviewItemFactory,
    PlacementFactory,
    SeatFactory,
    TrainingChoiceFactory,
    UserFactory,
)
from tests.factories.certificates import CertificateFactory
from tests.participants.files import corpus
from tests.participants.mydata.scene import everything, unpacked

pytestmark = pytest.mark.django_db
# Keys that open something; they belong to nobody's papers.
SECRETS = ("GEHEIM-", "sessie-", "vergadering.example", "pbkdf2", "token_hash", '"digest"')


@pytest.fixture
def both():
    """Two people of one cohort, each with everything."""
    cohort = CohortFactory()
    gop = GopFactory(cohort=cohort)
    return everything(cohort, "Marisol", gop=gop), everything(cohort, "Kanarie", gop=gop)


@pytest.fixture
def mine(both):
    return both[0].participant


@pytest.fixture
def content(mine):
    return unpacked(actions.download(mine))


def test_nothing_of_another_person_is_in_it(content):
    for name, data in content.items():
        assert "kanarie" not in name.casefold()
        assert b"kanarie" not in data.lower(), name


def test_no_rating_of_one_assessor_and_no_key_is_in_it(content):
    texts = content["index.html"].decode() + content["gegevens.json"].decode()
    assert "Blind over" not in texts
    for secret in SECRETS:
        assert secret not in texts


def test_every_part_has_as_many_rows_as_the_database(content, mine):
    parts = json.loads(content["gegevens.json"])["parts"]
    expected = {part.key: part.rows(mine).count() for part in registry.PARTS.values()}
    assert {key: len(parts.get(key, [])) for key in expected} == expected
    # Of the talk of this scene nothing may be missing: a part without a row tests nothing.
    assert {key for key, count in expected.items() if not count} == {"participationstatement"}


def test_own_drafts_private_notes_and_what_was_typed_are_in_it(content):
    for text in ("Alleen voor mij: Marisol", "Reactie aan Marisol", "Nieuwe e-mailadressen"):
        assert text in content["index.html"].decode()
    told = json.loads(content["gegevens.json"])["parts"]
    assert told["keptinput"][0]["fields"] == {"text": "Marisol"}
    assert told["hourentry"][0]["status"] == "draft"
    assert told["hourentry"][0]["minutes"] == 60


def test_staff_are_named_with_their_role_and_never_by_their_address(content):
    told = content["gegevens.json"].decode()
    assert "Ellen Staf (coördinator)" in told
    addresses = {word for word in told.replace('"', " ").split() if "@" in word}
    assert {word for word in addresses if "marisol" not in word} == set()


def test_others_of_the_group_are_not_named(both):
    mine, other = both
    mine.pauses.update(requested_by=other.participant)
    (chapter,) = gathering.chapters(mine.participant, only="deelname")
    texts = {fact.text for _part, rows in chapter.parts for row in rows for fact in row}
    assert "iemand van je groep" in texts
    assert not any("Kanarie" in text for text in texts)


def test_files_go_along_under_names_that_differ(mine):
    for name in ("POP.pdf", "pop.PDF", "POP.pdf"):
        storing.store(SimpleUploadedFile(name, corpus.pdf()), by=mine)
    content = unpacked(actions.download(mine))
    names = sorted(name for name in content if name.casefold().startswith("bestanden/pop"))
    assert names == ["bestanden/POP (3).pdf", "bestanden/POP.pdf", "bestanden/pop (2).pdf"]
    assert len({name.casefold() for name in content}) == len(content)
    assert content["bestanden/POP.pdf"] == corpus.pdf()
    assert b"%PDF" in next(data for name, data in content.items() if "Certificaat" in name)


@pytest.mark.parametrize(("scan", "said"), [("waiting", "controleren"), ("infected", "virus")])
def test_a_file_that_is_not_clean_is_listed_and_stays_here(mine, scan, said):
    stored = storing.store(SimpleUploadedFile("ziek.pdf", corpus.pdf()), by=mine)
    StoredFile.objects.filter(pk=stored.pk).update(scan=scan)
    content = unpacked(actions.download(mine))
    assert "bestanden/ziek.pdf" not in content
    assert "ziek.pdf" in content["index.html"].decode()
    assert said in content["index.html"].decode()


def test_a_file_that_is_lost_does_not_cost_the_rest(mine, settings):
    lost = storing.store(SimpleUploadedFile("weg.pdf", corpus.pdf()), by=mine)
    (settings.MEDIA_ROOT / lost.path).unlink()
    content = unpacked(actions.download(mine))
    assert "niet vinden" in content["index.html"].decode()
    pieces = actions.download(mine)
    first = next(iter(mine.stored_files.all()))
    (settings.MEDIA_ROOT / first.path).unlink()  # after the list was made
    assert "index.html" in unpacked(pieces)


def test_papers_with_others_on_them_stay_out(content):
    names = " ".join(content)
    assert "Marisol.jpg" in names
    assert "lijst-" not in names and "slip-" not in names


def test_what_is_not_final_yet_is_not_told(both):
    mine = both[0]
    talk = FinalInterviewFactory(enrolment=mine, strengths="Nog te vroeg")
    InterviewItemFactory(interview=talk, joint_value="good", motivation="Nog te vroeg")
    CertificateFactory(enrolment=mine, awaited=True, revoked=True, name="Nog te vroeg")
    content = unpacked(actions.download(mine.participant))
    assert b"Nog te vroeg" not in content["index.html"] + content["gegevens.json"]


def test_a_certificate_is_a_surprise_until_the_day_it_is_awarded(both):
    mine = both[0]
    talk = mine.interviews.get()
    rows = [
        ("certificate_issued", CertificateFactory(enrolment=mine, awaited=True, revoked=True)),
        ("certificate_corrected", mine.certificates.earliest("pk")),
        ("interview_rated", talk),
        ("interview_finalised", talk),
    ]
    for act, thing in rows:
        decided(act, thing, by=mine.decided_by)
    (chapter,) = gathering.chapters(mine.participant, only="besluiten")
    told = {fact.text for _part, facts in chapter.parts for row in facts for fact in row}
    assert {"Certificaat verbeterd", "Eindgesprek vastgesteld"} <= told
    assert not {"Certificaat gemaakt", "Beoordelaar leverde in"} & told


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.styles, self.links, self.ids = [], [], set()

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        self.styles += [value for key, value in attributes if key == "style" or tag == "script"]
        self.ids.add(facts.get("id"))
        self.links += [facts[key] for key in ("href", "src") if key in facts]


def test_the_page_stands_alone(content):
    page = Page()
    page.feed(content["index.html"].decode())
    assert page.styles == []
    for link in page.links:
        target = link.removeprefix("#")
        assert target in page.ids if link.startswith("#") else not link.startswith(("/", "http"))
    assert "stijl.css" in content and "Marisol Voorbeeld" in content["index.html"].decode()


def test_what_somebody_typed_is_no_markup_in_it(mine):
    mine.name = "<script>alert(1)</script>"
    mine.save()
    assert b"<script>" not in unpacked(actions.download(mine))["index.html"]


def test_it_may_be_taken_a_few_times_an_hour_and_each_time_is_written_down(mine):
    for _ in range(actions.MOST_AN_HOUR):
        actions.download(mine)
    with pytest.raises(ValidationError) as refused:
        actions.download(mine)
    assert refused.value.code == "too_many_downloads"
    rows = Event.objects.decisions().filter(act="data_downloaded", actor=mine)
    assert rows.count() == actions.MOST_AN_HOUR


def test_as_many_queries_for_many_rows_as_for_few(both):
    mine = both[0]
    with CaptureQueriesContext(connection) as few:
        list(gathering.chapters(mine.participant))
    more(mine)
    with CaptureQueriesContext(connection) as many:
        list(gathering.chapters(mine.participant))
    assert len(many) == len(few)


def more(enrolment):
    """Two more of what there can be more than one of, by other people."""
    for number in (1, 2):
        HourEntryFactory(enrolment=enrolment, approved=True)
        AttendanceFactory(enrolment=enrolment)
        TrainingChoiceFactory(enrolment=enrolment)
        PlacementFactory(enrolment=enrolment, starts_on=f"2025-0{number + 1}-01")
        talk = FinalInterviewFactory(enrolment=enrolment, not_yet=True)
        item = InterviewItemFactory(interview=talk)
        objection = Objection.objects.create(
            interview=talk, text="x", made_by=enrolment.participant
        )
        objection.items.set([item])
        SeatFactory(interview=talk)
        version = PlanVersion.objects.get(plan__enrolment=enrolment)
        FeedbackFactory(version=version)
        decided("pause_confirmed", enrolment, by=UserFactory())
