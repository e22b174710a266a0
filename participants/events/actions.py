"""Write down what happened, inside the transaction in which it happens."""

from participants.events.models import Event


def subject_of(thing):
    """How an event names ``thing``: its model and key, never its text."""
    return f"{thing._meta.model_name}:{thing.pk}"


def decided(act, things, *, by, reason=""):
    """One decision row per thing, as one insert. ``things`` may be one or many.

    Each thing may carry an ``enrolment``; a thing that is an enrolment is its own.
    """
    rows = things if isinstance(things, (list, tuple)) else [things]
    Event.objects.bulk_create(
        Event(
            kind=Event.Kind.DECISION,
            act=act,
            actor=by,
            enrolment_id=_enrolment_id(thing),
            subject=subject_of(thing),
            reason=reason,
        )
        for thing in rows
    )


def was_read(things, *, by):
    """Note that ``by`` opened ``things``, one or many, of others (domain: reads are logged)."""
    rows = things if isinstance(things, (list, tuple)) else [things]
    Event.objects.bulk_create(
        Event(
            kind=Event.Kind.READ,
            act="read",
            actor=by,
            enrolment_id=_enrolment_id(thing),
            subject=subject_of(thing),
        )
        for thing in rows
    )


def logged_in(user):
    """Note that ``user`` came in (domain: logins are kept 1 year)."""
    Event.objects.create(
        kind=Event.Kind.LOGIN, act="logged_in", actor=user, subject=subject_of(user)
    )


def _enrolment_id(thing):
    if thing._meta.model_name == "enrolment":
        return thing.pk
    return getattr(thing, "enrolment_id", None)
