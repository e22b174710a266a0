import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from certificates import actions
from certificates.models import Certificate
from participants.models import Enrolment
from tests.factories import RoleFactory, ready_enrolment
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(db):
    enrolment = ready_enrolment(participant__name="Marisol Martina")
    ready_enrolment(cohort=enrolment.cohort, participant__name="Marisol Martina")
    ready_enrolment(cohort=enrolment.cohort, without=["pop"])
    return enrolment.cohort


def issue(cohort, by, *options, capsys):
    call_command("issue_certificates", "--cohort", cohort.pk, "--by", by.email, *options)
    return capsys.readouterr().out.strip()


def test_the_command_issues_to_all_who_are_ready_and_can_be_repeated(cohort, coordinator, capsys):
    assert issue(cohort, coordinator, capsys=capsys) == "2 gemaakt, 1 nog niet klaar"
    assert issue(cohort, coordinator, capsys=capsys) == "0 gemaakt, 1 nog niet klaar"
    assert Certificate.objects.count() == 2


def test_who_was_revoked_gets_no_new_certificate_from_a_batch(cohort, coordinator, capsys):
    issue(cohort, coordinator, capsys=capsys)
    revoked = Certificate.objects.first()
    actions.revoke(revoked, by=coordinator, reason="Te vroeg gemaakt")
    said = issue(cohort, coordinator, "--dry-run", capsys=capsys)
    assert said == "0 klaar, 1 nog niet klaar\n1 overgeslagen: eerder ingetrokken"
    assert issue(cohort, coordinator, capsys=capsys).startswith("0 gemaakt")
    assert Certificate.objects.valid().count() == 1
    assert actions.issue(revoked.enrolment, by=coordinator).status == "valid"


def test_a_dry_run_counts_and_makes_nothing(cohort, coordinator, capsys):
    ready_enrolment(cohort=cohort, participant__name="Noor 漢")
    said = issue(cohort, coordinator, "--dry-run", capsys=capsys)
    assert said.startswith("2 klaar, 1 nog niet klaar\n")
    assert "U+6F22" in said
    assert not Certificate.objects.exists()


def test_a_name_that_cannot_be_printed_is_told_and_stops_nobody(cohort, coordinator, capsys):
    ready_enrolment(cohort=cohort, participant__name="Noor 漢")
    said = issue(cohort, coordinator, capsys=capsys)
    assert said.startswith("2 gemaakt, 1 nog niet klaar\n")
    assert "U+6F22" in said
    assert Certificate.objects.count() == 2


def test_who_gets_no_certificate_after_all_is_told_by_the_command(
    cohort, coordinator, capsys, monkeypatch
):
    barred = Enrolment.objects.filter(cohort=cohort).first()
    issue_all = actions.issue_all

    def refusing(enrolments, **asked):
        if enrolments.filter(pk=barred.pk).exists():
            raise ValidationError("Deze persoon staat net op pauze.")
        return issue_all(enrolments, **asked)

    monkeypatch.setattr(actions, "issue_all", refusing)
    said = issue(cohort, coordinator, capsys=capsys)
    assert said == "1 gemaakt, 1 nog niet klaar\nDeze persoon staat net op pauze."


@pytest.mark.parametrize("command", ["issue_certificates", "export_certificates"])
def test_only_a_coordinator_of_the_cohort_is_obeyed(cohort, command, tmp_path):
    output = ["--output", str(tmp_path / "uit.zip")] if command.startswith("export") else []
    for by in (RoleFactory(cohort=cohort).user, RoleFactory(kind="coordinator").user):
        with pytest.raises(CommandError, match="geen coördinator"):
            call_command(command, "--cohort", cohort.pk, "--by", by.email, *output)
    assert not Certificate.objects.exists()
    assert not list(tmp_path.iterdir())


def test_unknown_cohorts_and_people_are_named(cohort, coordinator):
    with pytest.raises(CommandError, match="geen lichting 999"):
        call_command("issue_certificates", "--cohort", 999, "--by", coordinator.email)
    with pytest.raises(CommandError, match="niemand@leerlijn.example"):
        call_command(
            "issue_certificates", "--cohort", cohort.pk, "--by", "niemand@leerlijn.example"
        )


def export(cohort, by, output):
    call_command(
        "export_certificates", "--cohort", cohort.pk, "--by", by.email, "--output", str(output)
    )


def test_the_export_writes_as_many_files_as_there_are_valid_certificates(
    cohort, coordinator, tmp_path
):
    actions.issue_all(Enrolment.objects.filter(cohort=cohort), by=coordinator)
    output = tmp_path / "uit.zip"
    export(cohort, coordinator, output)
    names = zipfile.ZipFile(output).namelist()
    assert len([name for name in names if name.endswith(".pdf")]) == 2
    assert output.stat().st_mode & 0o077 == 0
    export(cohort, coordinator, tmp_path / "uit.PDF")
    assert (tmp_path / "uit.PDF").read_bytes().startswith(b"%PDF-")
    assert {path.name for path in tmp_path.iterdir()} == {"uit.zip", "uit.PDF"}


def test_an_export_that_cannot_be_leaves_no_file(cohort, coordinator, tmp_path):
    for name in ("uit.txt", "uit.zip", "er/is/geen/map/uit.zip"):
        with pytest.raises(CommandError):
            export(cohort, coordinator, tmp_path / name)
    actions.issue_all(Enrolment.objects.filter(cohort=cohort), by=coordinator)
    with pytest.raises(CommandError, match="niet te schrijven"):
        export(cohort, coordinator, tmp_path / "er/is/geen/map/uit.zip")
    assert not list(tmp_path.iterdir())


def test_verifying_prints_the_state_of_the_very_bytes(coordinator, tmp_path, capsys):
    certificate = actions.issue(ready_enrolment(), by=coordinator)
    file = tmp_path / "certificaat.pdf"
    file.write_bytes(bytes(certificate.document.pdf))
    call_command("verify_certificate", str(file))
    told = f"{certificate.number}: valid (geldig)\nHandtekening: geen"
    assert capsys.readouterr().out.strip() == told
    actions.revoke(certificate, by=coordinator, reason="Te vroeg")
    call_command("verify_certificate", str(file))
    assert "revoked" in capsys.readouterr().out


def test_verifying_other_bytes_or_no_file_ends_with_status_one(tmp_path):
    CertificateFactory()
    file = tmp_path / "ander.pdf"
    file.write_bytes(b"%PDF-1.4 niet van ons")
    for path in (file, tmp_path / "weg.pdf"):
        with pytest.raises(CommandError) as refusal:
            call_command("verify_certificate", str(path))
        assert refusal.value.returncode == 1
