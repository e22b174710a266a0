"""What templates ask of a form: where an error links to, and how a field is drawn."""

from django import template
from django.forms import CheckboxInput

register = template.Library()


@register.filter
def error_links(forms):
    """(id of the control or "", message) for every error of a form, or of a list of forms."""
    each = [forms] if hasattr(forms, "fields") else list(forms)
    return [line for form in each for line in _error_lines(form)]


@register.filter
def things_left(lines):
    """The title above the errors, counted: "Nog 2 dingen, dan staat het"."""
    return f"Nog {len(lines)} {'ding' if len(lines) == 1 else 'dingen'}, dan staat het"


@register.filter
def unfinished(form):
    """Stands first in the title of a page whose form has errors: who listens hears it at once."""
    return "Nog niet klaar: " if getattr(form, "errors", None) else ""


@register.filter
def is_single_checkbox(field):
    """A box that is ticked or not: its label stands beside it, and it is never "not required"."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def control_id(field):
    """The id to jump to: of the control itself, or of the first choice of a group."""
    if not field.auto_id:
        return ""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


def _error_lines(form):
    for message in form.non_field_errors():
        yield "", message
    # In the order of the page, not in that of finding out.
    for name in form.fields:
        for message in form.errors.get(name, []):
            yield control_id(form[name]), message
