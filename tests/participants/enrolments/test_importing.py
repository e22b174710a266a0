import datetime as dt
import io
import unicodedata
import zipfile

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook

from participants.enrolments import importing, inviting
from participants.mailing.models import Posting
from participants.models import Enrolment, Event, User
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = (
    "Naam;E-mail;Telefoon;Vanaf\n"
    "Łukasz van 't Hoff;lukasz@leerlijn.example;06 0000 0000;3-2-2025\n"
    "Ayşe-Nur İnce;ayse@leerlijn.example;;\n"
)


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def coordinator(cohort):
    return RoleFactory(coordinator=True, cohort=cohort).user


@pytest.fixture
def taken_in(cohort, coordinator):
    """Imports text or bytes and returns the names by day on which they begin."""

    def take_in(content):
        content = content.encode() if isinstance(content, str) else content
        importing.run(importing.plan(content, cohort, by=coordinator), by=coordinator)
        rows = cohort.enrolments.select_related("participant")
        return {row.participant.name: row.starts_on for row in rows}

    return take_in


@pytest.fixture
def problems(cohort, coordinator):
    def problems(content):
        return importing.plan(content.encode(), cohort, by=coordinator).problems

    return problems


def test_a_list_becomes_accounts_and_enrolments(taken_in, cohort, coordinator):
    assert taken_in(LIST) == {
        "Łukasz van 't Hoff": dt.date(2025, 2, 3),
        "Ayşe-Nur İnce": cohort.starts_on,
    }
    person = User.objects.get(email="lukasz@leerlijn.example")
    assert person.phone == "06 0000 0000"
    assert not person.has_usable_password()
    enrolment = person.enrolments.get()
    assert (enrolment.status, enrolment.decided_by) == (Enrolment.Status.ACTIVE, coordinator)
    assert Event.objects.decisions().filter(act="enrolled", actor=coordinator).count() == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_way_an_office_saved_it_does_not_matter(taken_in, encoding, delimiter):
    text = delimiter.join(["NAAM", "E-mailadres"]) + "\r\n"
    text += delimiter.join(["Zoë Groß", "zoe@leerlijn.example"]) + "\r\n\r\n"
    assert list(taken_in(text.encode(encoding))) == ["Zoë Groß"]


def test_an_excel_file_is_read_with_real_dates_and_numbers(taken_in):
    book = Workbook()
    book.active.append(["Voornaam", "Tussenvoegsel", "Achternaam", "e-mail", "Mobiel", "vanaf"])
    book.active.append(
        ["Thị Diễm", None, "Nguyễn", "d@leerlijn.example", 612345678, dt.datetime(2025, 3, 1)]
    )
    book.active.append(["Piet", "van 't", "Hof", "piet@leerlijn.example", None, "2025-03-02"])
    file = io.BytesIO()
    book.save(file)
    assert taken_in(file.getvalue()) == {
        "Thị Diễm Nguyễn": dt.date(2025, 3, 1),
        "Piet van 't Hof": dt.date(2025, 3, 2),
    }
    assert User.objects.get(email="d@leerlijn.example").phone == "0612345678"


def test_names_are_kept_composed_and_on_one_line(taken_in):
    name = unicodedata.normalize("NFD", "Renée  Šimková")
    assert list(taken_in(f"naam,email\n{name},r@leerlijn.example\n")) == ["Renée Šimková"]


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\x07"])
def test_a_name_with_a_hidden_character_is_refused_with_its_code(problems, hidden):
    [(number, sentence)] = problems(f"naam,email\nJo{hidden}p,j@leerlijn.example\n")
    assert number == 2
    assert f"U+{ord(hidden):04X}" in sentence


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";j@leerlijn.example;;", "Vul de naam in"),
        ("Jo;;;", "geen e-mailadres"),
        ("Jo;jo bij huis;;", "is geen e-mailadres"),
        ("Jo;j@leerlijn.example;bel maar;", "geen telefoonnummer"),
        ("Jo;j@leerlijn.example;;31-2-2025", "geen datum"),
        ("Jo;j@leerlijn.example;;morgen", "geen datum"),
        ("Jo;j@leerlijn.example;;1-1-2031", "ligt niet in de lichting"),
    ],
)
def test_each_row_that_cannot_go_in_says_why(problems, row, said):
    [(number, sentence)] = problems(f"naam;email;telefoon;vanaf\n\n{row}\n")
    assert (number, said in sentence) == (3, True)


def test_all_problems_are_told_at_once_and_nothing_is_added(cohort, coordinator):
    content = f"{LIST}Jo;;\nKim;kim;\n".encode()
    planned = importing.plan(content, cohort, by=coordinator)
    assert [number for number, _sentence in planned.problems] == [4, 5]
    with pytest.raises(ValidationError, match="niets toegevoegd"):
        importing.run(planned, by=coordinator)
    assert not cohort.enrolments.exists()
    assert not User.objects.filter(email="lukasz@leerlijn.example").exists()


def test_somebody_who_stands_in_the_list_twice_is_named_with_both_rows(problems):
    [(number, sentence)] = problems(f"{LIST}Lukas;LUKASZ@leerlijn.example;;\n")
    assert (number, "regel 2" in sentence) == (4, True)


def test_a_known_account_is_enrolled_and_keeps_its_name(taken_in):
    UserFactory(email="Ayse@Leerlijn.example", name="Ayşe İnce")
    assert "Ayşe İnce" in taken_in(LIST)
    assert User.objects.filter(email__iexact="ayse@leerlijn.example").count() == 1


def test_a_second_time_changes_nothing(taken_in, cohort, coordinator):
    first = taken_in(LIST)
    events = Event.objects.count()
    planned = importing.plan(LIST.encode(), cohort, by=coordinator)
    assert (planned.new, len(planned.unchanged)) == ([], 2)
    assert taken_in(LIST) == first
    assert Event.objects.count() == events


def test_who_waits_for_a_decision_is_not_let_in_by_the_list(problems, cohort):
    person = UserFactory(email="lukasz@leerlijn.example")
    EnrolmentFactory(cohort=cohort, participant=person, applied=True)
    [(number, sentence)] = problems(LIST)
    assert (number, "aanmeldingen" in sentence) == (2, True)


def test_coordinators_do_not_add_themselves(problems, coordinator):
    [(_number, sentence)] = problems(f"naam;email\nIk;{coordinator.email}\n")
    assert "Dit ben jij zelf" in sentence


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b";;;\n;;;\n", "empty_file"),
        (b"Jan;jan@leerlijn.example\n", "headings_missing"),
        ("naam;email\nJo;j@x.nl\n".encode("utf-16"), "unreadable"),
        (b"naam;email\n" + b"x;y\n" * 1001, "too_many_rows"),
        (b"PK\x03\x04 and then nothing", "damaged"),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(cohort, coordinator, content, code):
    with pytest.raises(ValidationError) as refusal:
        importing.plan(content, cohort, by=coordinator)
    assert refusal.value.code == code


def packed(parts, flags=0):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    content = bytearray(file.getvalue())
    content[6] |= flags  # of the first part, and of its place in the list
    content[content.rindex(b"PK\x01\x02") + 8] |= flags
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "code", "advice"),
    [
        (packed({"xl/sheet.xml": b"0" * 40_000_000}), "too_much_inside", "opnieuw als CSV"),
        (packed({"xl/sheet.xml": b"0"})[:-9], "damaged", "opnieuw als CSV"),
        (packed({"xl/sheet.xml": b"0"}, flags=1), "encrypted", "zonder wachtwoord"),
        (b"naam;email\n" + b" " * 5 * 1024 * 1024, "too_large", "opnieuw als CSV"),
    ],
    ids=["bomb", "damaged", "locked", "too large"],
)
def test_a_file_that_is_refused_gets_advice_for_a_list(cohort, coordinator, content, code, advice):
    with pytest.raises(ValidationError, match=advice) as refusal:
        importing.plan(content, cohort, by=coordinator)
    assert refusal.value.code == code
    assert "PDF" not in refusal.value.message


def test_people_with_one_name_in_the_file_and_the_cohort_are_counted_once(cohort, coordinator):
    for address in ("sara@leerlijn.example", "vries@leerlijn.example"):
        person = UserFactory(name="Sara de Vries", email=address)
        EnrolmentFactory(cohort=cohort, participant=person)
    text = "naam;email\nSARA DE VRIES;SARA@leerlijn.example\nSara Smit;smit@leerlijn.example\n"
    [same] = importing.plan(text.encode(), cohort, by=coordinator).namesakes
    assert str(same).startswith("2 mensen heten S")
    assert sorted(same.addresses) == ["sara@leerlijn.example", "vries@leerlijn.example"]


def test_headings_that_we_do_not_keep_are_named(cohort, coordinator):
    content = b"naam;email;achtergrond\nJo;jo@leerlijn.example;iets\n"
    assert importing.plan(content, cohort, by=coordinator).ignored == ["achtergrond"]


def test_only_coordinators_of_the_cohort_import(cohort):
    trainer = RoleFactory(cohort=cohort).user
    elsewhere = RoleFactory(coordinator=True, cohort=CohortFactory()).user
    for somebody in (trainer, elsewhere):
        with pytest.raises(PermissionDenied):
            importing.plan(LIST.encode(), cohort, by=somebody)


# The command


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lijst.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def command(file, cohort, by, **options):
    out = io.StringIO()
    call_command(
        "import_participants", str(file), cohort=cohort.pk, by=by.email, stdout=out, **options
    )
    return out.getvalue()


def test_the_command_imports_once(file, cohort, coordinator):
    assert "2 mensen komen erbij" in command(file, cohort, coordinator)
    assert "0 mensen komen erbij, 2 stonden er al" in command(file, cohort, coordinator)
    assert cohort.enrolments.count() == 2


def test_a_dry_run_only_tells(file, cohort, coordinator):
    assert "2 mensen komen erbij" in command(file, cohort, coordinator, dry_run=True)
    assert not cohort.enrolments.exists()


def test_the_command_names_people_with_one_name(file, cohort, coordinator):
    file.write_text("naam;email\nJo;jo@leerlijn.example\nJo;jo2@leerlijn.example\n")
    out = command(file, cohort, coordinator, dry_run=True)
    assert (
        "2 mensen heten Jo. Kijk of dat klopt. (jo@leerlijn.example, jo2@leerlijn.example)" in out
    )


def test_the_command_refuses_a_list_with_problems_and_names_the_rows(file, cohort, coordinator):
    file.write_text(LIST + "Jo;;\n")
    err = io.StringIO()
    with pytest.raises(CommandError, match="niets toegevoegd"):
        command(file, cohort, coordinator, stderr=err)
    assert err.getvalue().startswith("Regel 4:")
    assert not cohort.enrolments.exists()


def test_the_command_refuses_who_does_not_coordinate(file, cohort):
    with pytest.raises(CommandError, match="geen coördinator"):
        command(file, cohort, RoleFactory(cohort=cohort).user)


def test_the_command_says_what_is_not_there(file, cohort, coordinator, tmp_path):
    with pytest.raises(CommandError, match="niet te lezen"):
        command(tmp_path / "weg.csv", cohort, coordinator)
    with pytest.raises(CommandError, match="geen account"):
        command(file, cohort, UserFactory.build(email="niemand@leerlijn.example"))
    with pytest.raises(CommandError, match="geen lichting"):
        command(file, CohortFactory.build(pk=99), coordinator)


# Who may be somebody we know, and the mail


@pytest.fixture
def office(client, coordinator):
    client.force_login(coordinator)
    return client


def chosen(office, cohort, content):
    file = SimpleUploadedFile("lijst.csv", content.encode())
    return office.post(f"/lichtingen/{cohort.pk}/importeren/", {"file": file})


def test_who_has_the_name_of_somebody_we_know_goes_in_after_a_look(office, cohort, coordinator):
    known = EnrolmentFactory(participant__name="Ayşe-Nur İnce")  # of another cohort
    RoleFactory(kind="coordinator", user=coordinator, cohort=known.cohort)
    response = chosen(office, cohort, LIST)
    assert known.participant.email in response.content.decode()
    sent = {"list": response.context["list"]}
    again = office.post(f"/lichtingen/{cohort.pk}/importeren/", sent)
    assert "Kijk eerst of iemand er dubbel in staat." in again.content.decode()
    assert not cohort.enrolments.exists()
    sent = {"list": again.context["list"], "different": "yes"}
    assert office.post(f"/lichtingen/{cohort.pk}/importeren/", sent).status_code == 302
    assert cohort.enrolments.count() == 2


def test_a_namesake_that_the_coordinator_does_not_see_is_not_told(cohort):
    EnrolmentFactory(participant__name="Ayşe-Nur İnce")
    own = RoleFactory(kind="coordinator", cohort=cohort).user
    assert importing.plan(LIST.encode(), cohort, by=own).namesakes == []


@time_machine.travel("2025-02-20 12:00 +0100", tick=False)
def test_the_invitation_goes_once_a_day_to_who_never_logged_in(taken_in, cohort, coordinator):
    taken_in(LIST)
    assert Posting.objects.filter(kind="welcome").count() == 2
    assert inviting.invite_again(cohort, by=coordinator) == 0  # had it today
    User.objects.filter(email="ayse@leerlijn.example").update(last_login=timezone.now())
    with time_machine.travel("2025-02-21 12:00 +0100", tick=False):
        assert inviting.invite_again(cohort, by=coordinator) == 1
        assert inviting.invite_again(cohort, by=coordinator) == 0
    assert Event.objects.filter(act="invited_again", actor=coordinator).count() == 1
    with time_machine.travel("2030-02-21 12:00 +0100", tick=False):
        assert inviting.invite_again(cohort, by=coordinator) == 0  # over


@time_machine.travel("2025-02-20 12:00 +0100", tick=False)
def test_the_page_sends_the_invitation_again(office, cohort):
    address = f"/lichtingen/{cohort.pk}/importeren/"
    assert "nog nooit ingelogd" not in office.get(address).content.decode()
    EnrolmentFactory(cohort=cohort)
    assert "nog nooit ingelogd" in office.get(address).content.decode()
    response = office.post(f"/lichtingen/{cohort.pk}/uitnodigen/", follow=True)
    assert "1 mens krijgt de mail opnieuw." in response.content.decode()


def test_only_coordinators_invite_again(cohort):
    with pytest.raises(PermissionDenied):
        inviting.invite_again(cohort, by=RoleFactory(cohort=cohort).user)


def test_an_empty_file_says_what_to_do(office, cohort):
    assert "Kies een bestand met namen erin." in chosen(office, cohort, "").content.decode()
