"""What the pages of plans look up, and who is sent away."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from participants.enrolments.models import Enrolment
from participants.plans import actions, own, reading


def seen(request, pk):
    """The plan as this person sees it; 404 for who does not."""
    return get_object_or_404(reading.as_seen_by(request.user), pk=pk)


def writable(user, kind, enrolment):
    """The plan, begun or not, of this enrolment; 404 when it is not seen, 403 for others."""
    if kind not in own.TITLES:
        raise Http404
    enrolments = Enrolment.objects.visible_to(user).select_related("cohort")
    found = get_object_or_404(enrolments, pk=enrolment)
    plan = actions.plan_of(found if kind == own.POP else found.cohort)
    refuse_non_member(plan, user)
    return plan


def refuse_non_member(plan, user):
    if not plan.members().filter(participant=user).exists():
        raise PermissionDenied


def own_key(plan, user):
    """Where this plan stands on the own page of ``user``."""
    if not plan.is_group:
        return f"{own.POP}-{plan.enrolment_id}"
    enrolment = plan.cohort.enrolments.owned_by(user).first()
    return f"{own.GOP}-{enrolment.pk}"


def back(key):
    """To a plan on the own page."""
    return redirect(f"{reverse('plans:mine')}#{key}")
