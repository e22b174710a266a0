"""The statement of hours (urenstaat) of a person: for themselves and for staff of the cohort."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from participants.enrolments.models import Enrolment
from participants.hours import statement
from participants.hours.forms import PeriodForm


@require_GET
def page(request, pk):
    """Choose a period; with ``?van=`` and ``?tot=`` the PDF itself."""
    people = Enrolment.objects.visible_to(request.user).admitted()
    enrolment = get_object_or_404(people.select_related("participant", "cohort__track"), pk=pk)
    first, last = statement.period_of(enrolment)
    form = PeriodForm(request.GET or None, initial={"van": first, "tot": last})
    if form.is_valid():
        return _pdf(enrolment, form.cleaned_data["van"], form.cleaned_data["tot"])
    is_own = enrolment.participant_id == request.user.pk
    context = {"form": form, "enrolment": enrolment, "is_own": is_own}
    return render(request, "participants/hours/statement.html", context)


def _pdf(enrolment, first, last):
    name = slugify(f"urenstaat {enrolment.printed_name} {first} {last}")
    response = HttpResponse(statement.pdf(enrolment, first, last), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
