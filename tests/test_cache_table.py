import pytest
from django.core.cache import caches
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection


@pytest.mark.django_db
def test_a_migrated_database_holds_the_cache_that_rate_limits_count_in(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache_of_this_test",
        }
    }
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert "cache_of_this_test" in connection.introspection.table_names()
    caches["default"].set("asked", 3)
    assert caches["default"].get("asked") == 3
