"""How far somebody's work hours are on their way to the supervisor, beside a week of hours."""

from django import template

from participants.confirmations import states

register = template.Library()


@register.inclusion_tag("participants/confirmations/_week.html", takes_context=True)
def confirmation_week(context, monday):
    """What the supervisor said of the work of the reader in the week of ``monday`` (a date).

    All weeks of a page cost the three queries of the first one.
    """
    request = context["request"]
    if not hasattr(request, "_confirmation_weeks"):
        request._confirmation_weeks = states.weeks_of(request.user)
    return {
        "week": request._confirmation_weeks.get(monday),
        "back": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
