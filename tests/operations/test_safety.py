"""A site for development does not serve real people."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands, load_command_class
from django.db import DatabaseError

from leerlijn import demo, safety
from tests.factories import UserFactory


@pytest.mark.django_db
def test_debug_beside_real_people_is_refused(settings):
    settings.DEBUG = True
    UserFactory()
    with pytest.raises(ImproperlyConfigured, match="DEBUG is on"):
        safety.refuse_danger()


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["tick", "db_worker"])
def test_with_debug_nothing_is_done_for_real_people_in_the_background_either(settings, command):
    settings.DEBUG = True
    UserFactory()
    with pytest.raises(ImproperlyConfigured, match="DEBUG is on"):
        load_command_class(get_commands()[command], command).handle()


@pytest.mark.django_db
def test_debug_with_the_people_of_the_demo_starts(settings):
    settings.DEBUG = True
    UserFactory(is_demo=True)
    safety.refuse_danger()


@pytest.mark.django_db
def test_without_debug_nothing_is_asked(settings, django_assert_num_queries):
    UserFactory()
    with django_assert_num_queries(0):
        safety.refuse_danger()


def test_before_the_first_migrate_a_site_starts(settings, monkeypatch):
    def no_table():
        raise DatabaseError("no such table")

    settings.DEBUG = True
    monkeypatch.setattr(demo, "real_people", no_table)
    safety.refuse_danger()
