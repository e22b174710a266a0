"""What can be arranged, in one place; and finding the cohort that it is about."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from participants.accounts.models import Role
from participants.setup import copying
from participants.tracks.models import Cohort

ARRANGERS = {Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR}


@require_GET
def page(request):
    """Everything that coordinators and administrators set up, with where it is done."""
    if not ARRANGERS & request.user.role_kinds:
        raise PermissionDenied
    context = {
        "cohorts": Cohort.objects.coordinated_by(request.user).select_related("track"),
        "starts_cohorts": copying.starts_cohorts(request.user),
        "is_administrator": Role.Kind.ADMINISTRATOR in request.user.role_kinds,
    }
    return render(request, "participants/setup/page.html", context)


def found(user, pk):
    """A cohort where ``user`` is staff; raises Http404 for every other."""
    return get_object_or_404(Cohort.objects.staffed_by(user).select_related("track"), pk=pk)
