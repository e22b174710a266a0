"""What is being typed, kept on the server for its owner alone (docs/adr: kept while typing).

A form says ``data-keep="<key>"``; the script of every page sends its fields. A view fills in
what was kept, and forgets it once it was sent well::

    form = PlanForm(request.POST or None, initial=kept.initial(request.user, "plan-12"))
    ...
    kept.forget(request.user, "plan-12")
"""

from participants.kept.keeping import fields, forget, initial, keep, sweep, when

__all__ = ["fields", "forget", "initial", "keep", "sweep", "when"]
