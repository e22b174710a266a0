"""All our tags and filters; a template builtin, so pages load nothing."""

from django import template

from leerlijn.templatetags import dates, figures, forms, pictures, pieces, standing

register = template.Library()

for library in (dates, figures, forms, pictures, pieces, standing):
    register.filters.update(library.register.filters)
    register.tags.update(library.register.tags)
