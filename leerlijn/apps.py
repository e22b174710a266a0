from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.db.models.signals import post_migrate, pre_save

from leerlijn.logs import frames_only
from leerlijn.middleware import stamp_session


def create_cache_table(using, **_):
    """Rate limits count in the cache, so a migrated database must be able to hold it."""
    call_command("createcachetable", database=using, verbosity=0)


class LeerlijnConfig(AppConfig):
    name = "leerlijn"

    def ready(self):
        # Django tells this only of apps that have models, and we have none.
        post_migrate.connect(create_cache_table, sender=apps.get_app_config("participants"))
        user_logged_in.connect(stamp_session)
        pre_save.connect(frames_only, sender="django_tasks_database.DBTaskResult")
