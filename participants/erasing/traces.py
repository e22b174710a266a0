"""What else holds a name: the log of the admin, files made to take along, tasks, sessions."""

import json

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from participants.accounts import devices
from participants.erasing import registry
from participants.exports.making import SHELF
from participants.exports.models import Export
from participants.messages.models import Message


def forget_log(rows):
    """The admin writes down how a row was called: of ``rows`` (a QuerySet) no more."""
    kind = ContentType.objects.get_for_model(rows.model)
    keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
    LogEntry.objects.filter(content_type=kind, object_id__in=keys).delete()


def messages_to(enrolments):
    """The keys of the messages that reached one of ``enrolments``."""
    found = Message.objects.filter(deliveries__enrolment__in=enrolments)
    return set(found.values_list("pk", flat=True))


def forget_unread(messages):
    """Take away those of ``messages`` (keys) that nobody has any more."""
    Message.objects.filter(pk__in=messages, deliveries=None).delete()


def forget_exports(cohorts, said=()):
    """Remove the files that were made of ``cohorts``, and searches for one of the words ``said``.

    That something was taken along, by whom and what for, stays written down.
    """
    exports = Export.objects.filter(cohort__in=cohorts)
    made = list(exports.with_file().values_list("path", flat=True))
    exports.with_file().update(path="")
    for export in exports:
        asked = f"{export.narrowed} {json.dumps(export.asked, ensure_ascii=False)}".casefold()
        if any(word.casefold() in asked for word in said):
            Export.objects.filter(pk=export.pk).update(narrowed="", asked={})
    transaction.on_commit(lambda: _remove_exports(made))
    for remove in registry.FILES:
        remove(cohorts)


def _remove_exports(names):
    for name in names:
        (SHELF.folder() / name).unlink(missing_ok=True)


def forget_tasks():
    """What a task that is over was given, answered, or failed with."""
    DBTaskResult.objects.finished().delete()


def end_sessions(user):
    """Every session of ``user``, and those of strangers that hold the address or what was typed."""
    devices.forget(user)
    owner = str(user.pk)
    for session in Session.objects.all().iterator():
        data = session.get_decoded()
        typed = data.get("typed") or {}
        theirs = owner in (data.get("_auth_user_id"), typed.get("owner"))
        if theirs or user.email.casefold() in json.dumps(data, default=str).casefold():
            session.delete()
