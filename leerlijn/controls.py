"""The controls of forms that Django draws with templates of a line, drawn without them.

A page of forty lines has some two hundred, and each choice of a select asked for two templates.
What comes out is the same, and anything that Django draws with another template stays with it.
"""

from itertools import chain

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

FOLDER = "django/forms/widgets/"


def _input(widget):
    value = widget["value"]
    given = "" if value is None else format_html(' value="{}"', value)
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        given,
        flatatt(widget["attrs"]),
    )


def _textarea(widget):
    # A browser leaves out the new line that follows a <textarea>: one that was typed must stay.
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        flatatt(widget["attrs"]),
        widget["value"] or "",
    )


def _select(widget):
    return format_html(
        '<select name="{}"{}>{}</select>',
        widget["name"],
        flatatt(widget["attrs"]),
        _groups([(name, options) for name, options, _index in widget["optgroups"]]),
    )


def _groups(groups):
    if not any(name for name, _options in groups):  # of most controls: each choice by itself
        return _options(chain.from_iterable(options for _name, options in groups))
    return format_html_join("", "{}", ((_group(*group),) for group in groups))


def _group(name, options):
    inside = _options(options)
    return format_html('<optgroup label="{}">{}</optgroup>', name, inside) if name else inside


def _options(options):
    each = ((option["value"], _chosen(option["attrs"]), option["label"]) for option in options)
    return format_html_join("", '<option value="{}"{}>{}</option>', each)


def _chosen(attrs):
    return flatatt(attrs) if attrs else ""  # most choices were not made


INPUTS = "checkbox date datetime email hidden number password search tel text time url".split()
DRAWN = {
    **{f"{FOLDER}{name}.html": _input for name in INPUTS},
    f"{FOLDER}textarea.html": _textarea,
    f"{FOLDER}select.html": _select,
}
