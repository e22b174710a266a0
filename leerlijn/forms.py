"""How every form of the site is drawn; named in settings as FORM_RENDERER.

Forms stay plain Django: the renderer gives each control its class, a day or a time the
control of the browser, and an empty field a sentence that says what to do.
"""

from functools import cache

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.forms.widgets import DateTimeBaseInput, Input

from leerlijn import controls

CLASSES = (
    (forms.RadioSelect, ""),
    (forms.CheckboxInput, ""),
    (forms.HiddenInput, ""),
    (forms.FileInput, "ams-file-input"),
    (DateTimeBaseInput, "ams-date-input"),
    (forms.Textarea, "ams-text-area"),
    (forms.Select, "ams-select"),
    (Input, "ams-text-input"),
)

# Only these very classes: the admin has its own calendars on subclasses of them.
NATIVE = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
}

DATE = "Vul een datum in, bijvoorbeeld 4-11-2026."
TIME = "Vul een tijd in, bijvoorbeeld 15:00."
MOMENT = "Vul een datum en een tijd in, bijvoorbeeld 4-11-2026 15:00."
NUMBER = "Vul een getal in, bijvoorbeeld 12."
EMAIL = "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."
CHOICE = "Kies een van de mogelijkheden."

# First match counts; "required" is for an empty control, "invalid" for what cannot be read.
SENTENCES = (
    (forms.DateTimeField, {"required": MOMENT, "invalid": MOMENT}),
    (forms.DateField, {"required": DATE, "invalid": DATE}),
    (forms.TimeField, {"required": TIME, "invalid": TIME}),
    (forms.IntegerField, {"required": NUMBER, "invalid": NUMBER}),
    (forms.EmailField, {"required": EMAIL, "invalid": EMAIL}),
    (forms.FileField, {"required": "Kies een bestand.", "empty": "Dit bestand is leeg."}),
    (forms.BooleanField, {"required": "Zet een vinkje als dit klopt."}),
    (forms.ChoiceField, {"required": "Maak een keuze bij “{label}”.", "invalid_choice": CHOICE}),
    (forms.Field, {"required": "Vul iets in bij “{label}”."}),
)


class Field(forms.BoundField):
    """A field that knows its control's class and says in plain words what is missing."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        # The form has its own copy of the field and its control, so this stays with the form.
        if type(field.widget) in NATIVE:
            field.widget.input_type, field.widget.format = NATIVE[type(field.widget)]
        field.error_messages.update(self._sentences())

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        classes = [_class_of(widget), _width_of(widget), widget.attrs.get("class")]
        if any(classes):
            attrs["class"] = " ".join(filter(None, classes))
        attrs["placeholder"] = False  # a hint stands above the control, where it stays
        # Browsers call an empty required control invalid before anyone typed; we say it in words.
        attrs["required"] = False
        return attrs

    def _sentences(self):
        """Our sentences for the codes that the field leaves to Django."""
        ours = next(said for kind, said in SENTENCES if isinstance(self.field, kind))
        theirs = _default_sentences(type(self.field))
        return {
            code: sentence.format(label=str(self.label).rstrip("?:."))
            for code, sentence in ours.items()
            if self.field.error_messages.get(code) is theirs.get(code)
        }


class Renderer(TemplatesSetting):
    """Draws forms with templates/django/forms/ and with our fields."""

    bound_field_class = Field

    def render(self, template_name, context, request=None):
        if template_name == ErrorList.template_name and not context["errors"]:
            return ""  # of nearly every field
        if draw := controls.DRAWN.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)


@cache
def _default_sentences(kind):
    said = {}
    for ancestor in reversed(kind.__mro__):
        said.update(vars(ancestor).get("default_error_messages", {}))
    return said


def _class_of(widget):
    return next((name for kind, name in CLASSES if isinstance(widget, kind)), "")


def _width_of(widget):
    """As wide as the form, but for a day, a tick or what says itself to be short."""
    if isinstance(widget, DateTimeBaseInput):
        return "ll-short"
    short = "ll-short" in widget.attrs.get("class", "")
    return "" if short or not _class_of(widget) else "ll-wide"
