from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from leerlijn import demo


def refuse_danger():
    """Raise ImproperlyConfigured where a site for development would serve real people.

    Asked by what goes on serving them: the web, the worker and ``tick``.

    With DEBUG on, an error shows what was in memory to whoever caused it, and any key will do.
    With DEBUG off the settings ask for a strong key themselves, so then nothing is asked here.
    """
    if settings.DEBUG and _real_people_are_here():
        raise ImproperlyConfigured(
            "Leerlijn does not start: DEBUG is on, and there are real people in the database."
            " Set DEBUG=no and the variables of .env.example."
        )


def _real_people_are_here():
    try:
        return demo.real_people().exists()
    except DatabaseError:
        return False  # before the first migrate there is nobody
