"""The pages about who looked: one's own, and the one for who watches over it."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from participants.accounts.models import Role
from participants.mydata import looking

A_PAGE = 50
WATCHERS = {Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR}


@never_cache
@require_GET
def own(request):
    """Who of staff opened something of the reader, by day, the latest on top."""
    page = Paginator(looking.reads_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "days": looking.by_day(request.user, page),
        "lists": looking.lists_with(request.user),
    }
    return render(request, "participants/mydata/looked.html", context)


@never_cache
@require_GET
def watch(request):
    """What staff opened in one week, and what stands out. ``?week=`` a day of another week."""
    if not WATCHERS & request.user.role_kinds:
        raise PermissionDenied
    monday = looking.monday_of(_day(request.GET.get("week", "")))
    after = monday + dt.timedelta(days=7)
    context = {
        "monday": monday,
        "sunday": monday + dt.timedelta(days=6),
        "before": monday - dt.timedelta(days=7),
        "after": after if after <= timezone.localdate() else None,
        "watched": looking.week(request.user, monday),
        "many": looking.MANY_PEOPLE,
        "times": looking.TIMES_MORE,
    }
    return render(request, "participants/mydata/watch.html", context)


def _day(asked):
    try:
        day = parse_date(asked) if asked else timezone.localdate()
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= timezone.localdate().year:
        raise Http404
    return day
