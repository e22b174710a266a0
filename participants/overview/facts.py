"""What we know of who is logged in, and the part that they keep up themselves."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from participants.accounts import actions
from participants.overview.forms import PhoneForm


def own(request):
    """Name, e-mail address and telephone of the reader; the telephone can be changed."""
    form = PhoneForm(request.POST or None, initial={"phone": request.user.phone})
    if form.is_valid():
        try:
            actions.change_phone(request.user, form.cleaned_data["phone"], by=request.user)
        except ValidationError as refusal:
            form.add_error("phone", refusal)
        else:
            messages.success(request, _said(request.user.phone))
            return redirect("overview:more")
    rows = [(_("Naam"), request.user.name), (_("E-mail"), request.user.email)]
    return render(request, "participants/overview/facts.html", {"form": form, "rows": rows})


def _said(phone):
    if phone:
        return _("Je telefoonnummer is nu %s.") % phone
    return _("Je telefoonnummer is weg.")
