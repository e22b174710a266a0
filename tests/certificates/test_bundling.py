"""A large file that is made in the background: whole or not there, private, gone after a day."""

import datetime as dt
import io
import os
import time
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from certificates import exports
from certificates.ceremonies import actions, bundling, tasks
from certificates.ceremonies.models import Bundle
from participants import longwork
from participants.longwork import Shelf
from participants.models import Event
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory
from tests.factories.ceremonies import BundleFactory
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    cohort = CohortFactory()
    for _person in range(3):
        CertificateFactory(enrolment=EnrolmentFactory(cohort=cohort))
    return cohort


def fresh(bundle):
    return Bundle.objects.get(pk=bundle.pk)


def test_the_file_is_whole_private_and_counted(cohort, coordinator):
    bundle = fresh(actions.bundle(cohort, "zip", by=coordinator))
    assert (bundle.done, bundle.total, bundle.refusal) == (3, 3, "")
    with bundling.opened(bundle) as file:
        assert len(zipfile.ZipFile(file).namelist()) == 4
    [path] = bundling.folder().iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert bundling.folder().stat().st_mode & 0o077 == 0
    assert Event.objects.filter(act="certificate_exported", actor=coordinator).count() == 3


@pytest.mark.parametrize(("kind", "done"), [("zip", 2), ("both", 4)])
def test_half_way_no_more_is_done_than_there_is_in_the_file(
    cohort, coordinator, monkeypatch, kind, done
):
    """A ZIP has two pieces for each certificate, a file to print one."""
    bundle = BundleFactory(cohort=cohort, asked_by=coordinator, kind=kind, total=9)

    def dying(*given, **asked):
        yield from [b"piece"] * 4
        raise SystemExit

    monkeypatch.setattr(exports, "pieces", dying)
    monkeypatch.setattr(longwork, "STEP", 4)
    with pytest.raises(SystemExit):
        bundling.carry_out(bundle.pk)
    assert fresh(bundle).done == done


@pytest.mark.parametrize("kind", ["both", "fronts"])
def test_a_print_file_is_a_bundle_too(cohort, coordinator, kind):
    with bundling.opened(fresh(actions.bundle(cohort, kind, by=coordinator))) as file:
        assert file.read(5) == b"%PDF-"


def test_asked_twice_while_it_is_made_it_is_one(cohort, coordinator):
    first = BundleFactory(cohort=cohort, asked_by=coordinator, alive_at=timezone.now())
    assert actions.bundle(cohort, "zip", by=coordinator) == first
    other = RoleFactory(coordinator=True).user
    assert actions.bundle(cohort, "zip", by=other) != first


def test_who_may_not_take_them_out_gets_no_bundle(cohort, coordinator):
    with pytest.raises(PermissionDenied):
        actions.bundle(cohort, "zip", by=RoleFactory(cohort=cohort).user)
    with pytest.raises(ValidationError) as refusal:
        actions.bundle(CohortFactory(), "zip", by=coordinator)
    assert refusal.value.code == "nothing_to_export"
    assert not Bundle.objects.exists()


def test_who_lost_the_right_meanwhile_gets_a_sentence_and_no_file(cohort, coordinator):
    bundle = BundleFactory(cohort=cohort, asked_by=coordinator)
    coordinator.roles.all().delete()
    bundling.carry_out(bundle.pk)
    assert "geen coördinator meer" in fresh(bundle).refusal
    assert not list(bundling.folder().iterdir())


def test_a_file_that_was_half_written_is_written_again(cohort, coordinator, monkeypatch):
    bundle = BundleFactory(cohort=cohort, asked_by=coordinator, total=3)

    def dying(*given, **asked):
        yield b"half"
        raise SystemExit

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(exports, "pieces", dying)
        bundling.carry_out(bundle.pk)
    assert bundling.opened(fresh(bundle)) is None
    bundling.carry_out(bundle.pk)
    assert not fresh(bundle).finished_at  # the first may still be at it
    Bundle.objects.update(alive_at=timezone.now() - dt.timedelta(minutes=2))
    assert tasks.take_up() == 1
    with bundling.opened(fresh(bundle)) as file:
        assert zipfile.ZipFile(io.BytesIO(file.read())).testzip() is None


def test_a_disk_that_is_full_is_told_and_tried_no_more(cohort, coordinator, monkeypatch):
    bundle = BundleFactory(cohort=cohort, asked_by=coordinator)

    def full(*given):
        raise OSError("No space left on device")

    monkeypatch.setattr(Shelf, "written", full)
    with pytest.raises(OSError, match="No space"):
        bundling.carry_out(bundle.pk)
    assert "kon niet worden bewaard" in fresh(bundle).refusal


def test_after_its_day_nothing_of_it_is_left(cohort, coordinator):
    bundle = fresh(actions.bundle(cohort, "zip", by=coordinator))
    stray = bundling.folder() / "stray"
    stray.write_bytes(b"of a worker that was killed")
    long_ago = time.time() - 2 * 60 * 60
    for file in bundling.folder().iterdir():
        os.utime(file, (long_ago, long_ago))
    assert bundling.sweep() == 0
    assert [file.name for file in bundling.folder().iterdir()] == [bundle.path]
    Bundle.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert bundling.opened(fresh(bundle)) is None
    assert bundling.sweep() == 1
    assert not list(bundling.folder().iterdir())


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"kind": "rar"}, "a_bundle_is_of_a_kind_that_we_make"),
        ({"total": 0}, "a_bundle_holds_no_more_than_was_asked"),
        ({"total": 1, "done": 2}, "a_bundle_holds_no_more_than_was_asked"),
        ({"path": "half"}, "a_bundle_has_a_file_once_it_is_whole"),
    ],
)
def test_the_database_refuses_what_no_bundle_is(facts, rule):
    with pytest.raises(IntegrityError, match=rule):
        BundleFactory(**facts)
