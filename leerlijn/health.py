"""For machines that watch the site: does this process live, and can it do its work?"""

import tempfile
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache as shared
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

TICKED = "ticked"


@require_safe
@never_cache
@login_not_required
def healthz(request):
    """Answer "ok": this process lives. It asks nothing of others, who may be down."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readyz(request):
    """Whether this process can serve people now: 200, else 503 with what is wrong.

    What is told of the worker and of ``tick`` is for whoever looks: pages work without them.
    """
    wrong = _first_wrong()
    if wrong:
        return JsonResponse({"ready": False, "wrong": wrong}, status=503)
    return JsonResponse({"ready": True, "worker": _worker(), "tick": {"seconds_ago": _ticked()}})


def ticked():
    """Remember that the periodic work was done just now."""
    shared.set(TICKED, timezone.now(), timeout=None)


def _first_wrong():
    """The name of the first thing that fails: the later ones may hang on it."""
    for name, works in CHECKS.items():
        try:
            well = works()
        except Exception:
            well = False  # whatever it is: the log of the thing itself tells more
        if not well:
            return name
    return None


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return True


def _migrations():
    return _wanted() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def _wanted():
    """The migrations of this version, which stay the same while the process lives."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _cache():
    now = timezone.now()
    shared.set("ready", now, timeout=60)
    return shared.get("ready") is not None


def _media():
    settings.MEDIA_ROOT.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as file:
        return file.write(b"\0" * 4096) == 4096


CHECKS = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "media": _media,
}


def _worker():
    """How many tasks are ready to be done, and for how long the first of them is: 0 when none."""
    ready = DBTaskResult.objects.ready()
    oldest = ready.aggregate(first=Min("enqueued_at"))["first"]
    return {"waiting": ready.count(), "oldest_seconds": _seconds_since(oldest) or 0}


def _ticked():
    return _seconds_since(shared.get(TICKED))


def _seconds_since(moment):
    return round((timezone.now() - moment).total_seconds()) if moment else None
