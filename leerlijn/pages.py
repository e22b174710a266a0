"""Pages that only tell something: privacy, accessibility, help. Anyone may read them."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView


def page(template):
    """A view that shows one template to anyone."""
    return login_not_required(TemplateView.as_view(template_name=template))


@cache_control(public=True, max_age=24 * 60 * 60)
@login_not_required
def favicon(request):
    """The icon for who asks at the address of old, as bookmarks and mail programs do."""
    return redirect(static("leerlijn/favicon.svg"))


urlpatterns = [
    path("favicon.ico", favicon, name="favicon"),
    path("hulp/", page("help.html"), name="help"),
    path("privacy/", page("privacy.html"), name="privacy"),
    path("toegankelijkheid/", page("accessibility.html"), name="accessibility"),
]
