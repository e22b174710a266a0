import datetime as dt
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core import signals
from django.core.files import uploadedfile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.db import IntegrityError, OperationalError, connection
from django.test import RequestFactory
from django.utils import timezone

from certificates import actions, brought, checking, holding, lookups, uploads
from certificates.models import CertificateLookup
from leerlijn.templatetags.dates import long_date
from tests.factories import ready_enrolment
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db


def page_of(client, certificate):
    return client.get(f"/controle/{certificate.code}/")


def ask(client, number, hand_code, **how):
    return client.post("/controle/", {"number": number, "hand_code": hand_code}, **how)


def bring(client, content):
    return client.post("/controle/bestand/", {"file": SimpleUploadedFile("a.pdf", content)})


@pytest.fixture
def issued(coordinator):
    return actions.issue(ready_enrolment(participant__name="Marisol Martina"), by=coordinator)


# Four answers


def test_a_valid_certificate_says_what_was_earned(client, issued):
    page = page_of(client, issued).content.decode()
    for earned in ("ll-answer--valid", "Marisol Martina", "Leerlijn", issued.number):
        assert earned in page
    assert long_date(issued.award_date) in page


def test_the_holder_decides_how_much_is_said(client, issued):
    much = ("60 uur", "6 januari 2025 tot en met 11 juli 2025", "eindgesprek")
    page = page_of(client, issued).content.decode()
    assert all(said in page for said in much)
    holding.show(issued, "short", by=issued.enrolment.participant)
    page = page_of(client, issued).content.decode()
    assert not any(said in page for said in much)
    assert "De eigenaar koos ervoor" in " ".join(page.split())


def test_a_replaced_certificate_leads_to_the_new_one(client, issued, coordinator):
    new = actions.correct(issued, by=coordinator, name="Marisol M. Martina")
    page = page_of(client, issued).content.decode()
    assert "ll-answer--replaced" in page
    assert f"/controle/{new.code}/" in page
    assert new.number in page
    assert "Marisol Martina" not in page
    assert "ll-answer--valid" in page_of(client, new).content.decode()


def test_a_revoked_certificate_says_when_but_never_why_or_whose(client, issued, coordinator):
    with time_machine.travel("2027-09-14 23:30+02:00", tick=False):
        actions.revoke(issued, by=coordinator, reason="Kanarie")
        page = page_of(client, issued).content.decode()
    assert "ll-answer--revoked" in page
    assert "14 september 2027" in page
    assert "Kanarie" not in page
    assert "Marisol" not in page


def test_an_unknown_code_is_not_found_and_says_nothing_of_anybody(client, issued):
    response = client.get("/controle/dit-is-geen-code/")
    assert response.status_code == 404
    assert "ll-answer--unknown" in response.content.decode()
    assert "Marisol" not in response.content.decode()


def test_the_four_answers_have_four_shapes(client, coordinator):
    shapes = set()
    revoked, valid = CertificateFactory(revoked=True), CertificateFactory(name="Jo")
    replaced = CertificateFactory(name="Joo")
    actions.correct(replaced, by=coordinator, name="Jo")
    for code in (revoked.code, valid.code, replaced.code, "onbekend"):
        page = client.get(f"/controle/{code}/").content.decode()
        shapes.add(page.split("<path", 2)[-1].split("/>")[0] + page.split("ll-answer--")[1][:9])
    assert len(shapes) == 4


# Discretion


ANSWERS = {
    "code": "/controle/{code}/",
    "unknown": "/controle/x/",
    "form": "/controle/",
    "file": "/controle/bestand/",
    "json": "/api/v1/check/{code}/",
    "unknown json": "/api/v1/check/x/",
}


@pytest.mark.parametrize("address", ANSWERS.values(), ids=ANSWERS)
def test_check_pages_leave_no_trace(client, issued, address):
    response = client.get(address.format(code=issued.code))
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies


def test_a_name_is_told_to_who_has_the_code_and_to_nobody_else(client, issued):
    addresses = [
        "/controle/",
        f"/controle/{issued.number}/",
        f"/controle/{issued.hand_code}/",
        f"/controle/{issued.code.swapcase()}/",
        f"/controle/{issued.code[:-1]}/",
        f"/controle/?search=Marisol&number={issued.number}",
        f"/certificaten/{issued.number}/",
        f"/certificaten/{issued.number}/pdf/",
    ]
    for address in addresses:
        assert "Marisol" not in client.get(address).content.decode(), address
    assert "Marisol" in page_of(client, issued).content.decode()


def test_before_the_award_date_nobody_knows_it_by_any_road(client, coordinator):
    with time_machine.travel("2027-07-07 23:59+02:00", tick=False):
        early = actions.issue(ready_enrolment(), by=coordinator, award_date=dt.date(2027, 7, 8))
        assert page_of(client, early).status_code == 404
        assert ask(client, early.number, early.hand_code).status_code == 404
        assert bring(client, bytes(early.document.pdf)).status_code == 404
    with time_machine.travel("2027-07-08 00:01+02:00", tick=False):
        assert page_of(client, early).status_code == 200


# Number and hand code


@pytest.mark.parametrize(
    "spoken",
    ["{number}", " {lower} ", "{digits}", "{spaced}"],
    ids=["as is", "low", "bare", "apart"],
)
def test_number_and_hand_code_forgive_spaces_dashes_and_lower_case(client, issued, spoken):
    number, code = issued.number, issued.hand_code
    forms = {
        "number": number,
        "lower": number.lower(),
        "digits": number.replace("-", ""),
        "spaced": number.replace("-", " "),
    }
    by_ear = f" {code[:4]}-{code[4:8]} {code[8:]}".lower()
    response = ask(client, spoken.format(**forms), by_ear)
    assert response.url == f"/controle/{issued.code}/"


def test_a_number_alone_reveals_nothing(client, issued):
    wrong = ask(client, issued.number, "ZZZZ ZZZZ ZZZZ")
    unknown = ask(client, "LL-1999-9999", "ZZZZ ZZZZ ZZZZ")
    assert wrong.status_code == unknown.status_code == 404
    told = wrong.content.decode().replace(issued.number, "LL-1999-9999")
    assert told == unknown.content.decode()


def test_an_empty_form_says_what_to_fill_in(client):
    page = ask(client, "", "").content.decode()
    assert "Vul het nummer in" in page
    assert "Vul de 12 tekens in" in page


def test_a_hand_code_belongs_to_its_own_number(issued):
    other = CertificateFactory()
    assert checking.by_hand(issued.number, other.hand_code) is None


# The file


def test_the_very_file_is_recognised_with_its_state(client, issued, coordinator):
    paper = bytes(issued.document.pdf)
    page = " ".join(bring(client, paper).content.decode().split())
    assert "Dit is het echte papier" in page
    assert "ll-answer--valid" in page
    actions.revoke(issued, by=coordinator, reason="Te vroeg")
    assert "ll-answer--revoked" in bring(client, paper).content.decode()


def test_a_file_that_differs_by_one_byte_is_not_in_the_register(client, issued):
    response = bring(client, bytes(issued.document.pdf) + b"\n")
    assert "Dit bestand is aangepast" in response.content.decode()
    assert "Marisol" not in response.content.decode()


def test_an_old_file_names_its_successor(client, issued, coordinator):
    paper = bytes(issued.document.pdf)
    new = actions.correct(issued, by=coordinator, name="Marisol M. Martina")
    page = " ".join(bring(client, paper).content.decode().split())
    assert f"Dit is vervangen door {new.number}" in page


def test_a_file_that_only_names_a_number_is_unknown_whether_that_number_exists_or_not(client):
    certificate = CertificateFactory()
    pages = []
    for number in (certificate.number, "LL-1999-9999"):
        response = bring(client, b"%PDF-1.7 Nummer " + number.encode())
        assert response.status_code == 404
        pages.append(response.content)
    assert pages[0] == pages[1]
    assert "Dit is geen certificaat van ons" in pages[0].decode()


BOMB = b"%PDF-1.7\nstream\n" + zlib.compress(bytes(30_000_000), 9)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Dit bestand is leeg"),
        (b"MZ geen pdf", "Dit is geen pdf"),
        (b"%PDF-" + bytes(uploads.MOST_BYTES), "Dit bestand is te groot"),
        (b"%PDF-1.7 /Encrypt 3 0 R", "Dit is geen certificaat van ons"),
        (BOMB, "Dit is geen certificaat van ons"),
        (b"%PDF-1.7\n" + b"stream\n" * 100_000, "Dit is geen certificaat van ons"),
    ],
    ids=["empty", "no pdf", "huge", "locked", "bomb", "many streams"],
)
def test_a_strange_file_gets_a_clear_sentence(client, content, said):
    assert said in bring(client, content).content.decode()


def test_a_bomb_unpacks_no_further_than_needed():
    assert sum(map(len, brought._parts(BOMB * 40))) < 12_000_000


def test_a_file_never_touches_the_disk(client, monkeypatch):
    monkeypatch.setattr(uploadedfile.TemporaryUploadedFile, "__init__", None)
    assert bring(client, b"%PDF-" + bytes(3_000_000)).status_code == 404


def test_reloading_the_answer_to_a_file_leads_to_the_form(client):
    assert client.get("/controle/bestand/").url == "/controle/"


def test_bringing_no_file_says_what_to_do(client):
    page = client.post("/controle/bestand/").content.decode()
    assert "Kies het pdf-bestand" in page


DOORS = pytest.mark.parametrize("door", ["/controle/{}/", "/api/v1/check/{}/"])


@DOORS
def test_the_answer_takes_one_question_and_does_not_wait_for_the_count(
    door, django_assert_num_queries, monkeypatch
):
    """As a server does it; the client of the tests closes an answer before it gives it."""
    monkeypatch.setattr(signals.request_finished, "send", lambda **facts: None)
    certificate = CertificateFactory()
    for looks in (1, 2):
        with django_assert_num_queries(1):
            asked = RequestFactory().get(door.format(certificate.code))
            answer = WSGIHandler().get_response(asked)
        assert certificate.name in answer.content.decode()
        assert sum(CertificateLookup.objects.values_list("count", flat=True)) == looks - 1
        answer.close()
        assert CertificateLookup.objects.get().count == looks


# How often


def test_a_look_is_counted_by_page_and_api_with_nothing_about_who_looked(client):
    certificate = CertificateFactory()
    page_of(client, certificate)
    ask(client, certificate.number, certificate.hand_code, follow=True)
    client.get(f"/api/v1/check/{certificate.code}/")
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        page_of(client, certificate)
    rows = CertificateLookup.objects.order_by("day").values_list("count", flat=True)
    assert list(rows) == [3, 1]
    columns = {field.name for field in CertificateLookup._meta.concrete_fields}
    assert columns == {"id", "certificate", "day", "count"}


@pytest.mark.django_db(transaction=True)
@DOORS
def test_a_database_that_is_too_busy_to_count_still_answers(client, door):
    certificate = CertificateFactory()

    def busy(execute, sql, params, many, context):
        if "certificates_certificatelookup" in sql:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(busy):
        answer = client.get(door.format(certificate.code))
    assert certificate.name in answer.content.decode()
    assert not CertificateLookup.objects.exists()
    client.get(door.format(certificate.code))
    assert CertificateLookup.objects.get().count == 1


def test_looks_of_the_holder_and_at_unknown_codes_are_not_counted(client):
    certificate = CertificateFactory()
    for door in ("/controle/bestaat-niet/", "/api/v1/check/bestaat-niet/"):
        assert client.get(door).status_code == 404
    client.force_login(certificate.enrolment.participant)
    page_of(client, certificate)
    assert not CertificateLookup.objects.exists()
    client.force_login(CertificateFactory().enrolment.participant)
    page_of(client, certificate)
    assert CertificateLookup.objects.get().count == 1


def test_lookups_of_a_day_are_one_row():
    certificate = CertificateFactory()
    day = timezone.localdate()
    CertificateLookup.objects.create(certificate=certificate, day=day, count=1)
    with pytest.raises(IntegrityError, match="lookups_of_a_day|UNIQUE"):
        CertificateLookup.objects.create(certificate=certificate, day=day, count=1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_hundred_looks_at_one_moment_are_all_counted():
    certificate = CertificateFactory()

    def look(_turn):
        lookups.counted(certificate.pk)
        connection.close()

    with ThreadPoolExecutor(20) as guests:
        list(guests.map(look, range(100)))
    assert CertificateLookup.objects.get().count == 100
