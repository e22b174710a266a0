"""What the tests of the pieces share."""

from django.template import engines


def draw(source, **context):
    return engines["django"].from_string(source).render(context)


def line(**facts):
    return {
        "key": "study",
        "label": "Studie",
        "unit": "minutes",
        "required": 3600,
        "achieved": 0,
        "submitted": 0,
        "met": False,
        "exempted": False,
        "started": False,
        "explanation": "Nog 60 uur nodig.",
        "waiting_on": "participant",
    } | facts
