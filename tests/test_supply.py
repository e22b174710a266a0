"""What we run on: no version with a hole that we know of, and a list of all of it."""

import datetime as dt
import importlib.util
import json
import re
import tomllib

import pytest
from django.conf import settings
from packaging.version import Version

from tests.test_locks import LOCKS, packages

FOLDER = settings.BASE_DIR / "requirements"
FLOORS = tomllib.loads((FOLDER / "floors.toml").read_text())["floor"]


def locked(lock):
    """{package: version} of a lock."""
    pins = (re.match(r"([\w.-]+)(?:\[.*?\])?==([^ ;\\]+)", part) for part in packages(lock))
    return {pin[1].lower(): Version(pin[2]) for pin in pins}


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_holds_a_version_with_a_hole_that_is_known(lock):
    below = [
        f"{floor['package']} {found} is below {floor['from']}: {floor['reason']}"
        for floor in FLOORS
        if (found := locked(lock).get(floor["package"])) and found < Version(floor["from"])
    ]
    assert below == []


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor["package"])
def test_a_floor_says_since_when_and_why_and_is_of_something_that_we_run(floor):
    assert set(floor) == {"package", "from", "since", "reason"}
    assert dt.date(2020, 1, 1) < floor["since"] <= dt.date.today()
    assert re.search(r"CVE-\d{4}-\d+|GHSA-|PYSEC-", floor["reason"])
    assert floor["package"] in locked("requirements/base.txt")


def test_a_version_below_its_floor_is_seen():
    assert Version("5.2.9") < Version("5.2.18")  # as text it would be above
    assert locked("requirements/base.txt")["django"] > Version("5.2.9")


def test_the_bill_names_all_that_is_locked_and_nothing_else():
    spec = importlib.util.spec_from_file_location("sbom", FOLDER / "sbom.py")
    sbom = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sbom)
    assert sbom.BILL.read_text() == sbom.text(), "run make lock"
    components = json.loads(sbom.BILL.read_text())["components"]
    of_python = {one["name"].lower() for one in components if one["purl"].startswith("pkg:pypi/")}
    assert of_python == set(locked("requirements/base.txt"))
    assert "pkg:npm/%40amsterdam/design-system-css@4.5.0" in {one["purl"] for one in components}
    assert all(one["hashes"] for one in components)
