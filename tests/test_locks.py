"""Whoever installs from the locks gets these very files, from wherever they take packages."""

import json
import re

import pytest
from django.conf import settings

LOCKS = [f"requirements/{name}.txt" for name in ("base", "dev", "node", "semgrep")]


def packages(lock):
    """Per locked package its lines: the name and version, and then the hashes."""
    lines = (settings.BASE_DIR / lock).read_text()
    return [part for part in re.split(r"\n(?=\S)", lines) if part.strip()]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_hashed(lock):
    assert packages(lock)
    for package in packages(lock):
        assert re.match(r"[\w.\-\[\],]+==", package), package
        assert "--hash=sha256:" in package, package


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock):
    assert "://" not in (settings.BASE_DIR / lock).read_text()


def test_development_runs_on_the_versions_of_production():
    pins = [
        {package.split()[0] for package in packages(lock)}
        for lock in ("requirements/base.txt", "requirements/dev.txt")
    ]
    assert pins[0] <= pins[1]


def test_the_lock_of_npm_has_hashes_and_no_addresses_of_packages():
    lock = json.loads((settings.BASE_DIR / "package-lock.json").read_text())
    installed = [facts for place, facts in lock["packages"].items() if place]
    assert installed
    for package in installed:
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package
