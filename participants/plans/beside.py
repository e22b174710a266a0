"""The page of who reads along: the latest version beside the one before, and what is said."""

from dataclasses import dataclass

from participants.files.models import StoredFile
from participants.plans import changes, threads
from participants.plans.forms import FeedbackForm
from participants.plans.remarks import LAST_PAGE


@dataclass
class Row:
    """One part of the plan: what changed, what was said about it, and a form to say more.

    The goals share one section: threads and form stand under the last of them.
    """

    change: changes.Change
    threads: list
    form: FeedbackForm | None


def page(plan, versions, sent=None):
    """What the page shows of ``versions`` (shared ones, newest first).

    ``sent``: a bound remark that could not be taken, shown in place of its empty form.
    """
    latest = versions[0] if versions else None
    previous = versions[1] if len(versions) > 1 else None
    said = threads.of(versions)
    forms = Forms(plan, latest, sent)
    for thread in said:
        thread.form = forms.reply(thread)
    rows = _rows(latest, previous, said, forms)
    in_rows = {id(thread) for row in rows for thread in row.threads}
    return {
        "latest": latest,
        "previous": previous,
        "rows": rows,
        "compared": any(row.change.before for row in rows),
        "earlier": changes.told(versions)[1:],
        "asked": latest is not None and threads.asks_for_more(latest),
        "threads": [thread for thread in said if id(thread) not in in_rows],
        "form": forms.about_all(),
        "sent": sent,
    }


def pages_of(version):
    """What a remark can choose from: a number of pages, LAST_PAGE when we cannot count them."""
    if version.file is None:
        return None
    countable = version.file.kind not in (StoredFile.Kind.DOCX, StoredFile.Kind.ODT)
    return version.pages if countable else LAST_PAGE


@dataclass
class Forms:
    """The forms on the page, none of them for who may only read."""

    plan: object
    latest: object
    sent: FeedbackForm | None

    def about_all(self):
        pages = pages_of(self.latest) if self.latest else None
        return self._form(may_ask=not self.plan.is_complete, pages=pages)

    def about(self, section):
        return self._form(section=section, may_ask=not self.plan.is_complete)

    def reply(self, thread):
        return self._form(thread.first.version, answers=thread.first.pk, may_ask=False)

    def _form(self, version=None, *, section="", answers=None, **options):
        version = version or self.latest
        if version is None or not self.plan.reviewable:
            return None
        key = FeedbackForm.key_of(self.plan.pk, section, answers)
        if self.sent is not None and self.sent.key == key:
            return self.sent
        first = {"version": version.number, "section": section, "answers": answers}
        return FeedbackForm(key=key, initial=first, **options)


def _rows(latest, previous, said, forms):
    if latest is None:
        return []
    found = changes.between(latest, previous if changes.comparable(latest, previous) else None)
    last_of = {change.section: change.key for change in found}
    here = [thread for thread in said if thread.first.version_id == latest.pk]
    return [
        Row(
            change,
            [one for one in here if is_last and one.first.section == change.section],
            forms.about(change.section) if is_last else None,
        )
        for change in found
        for is_last in [last_of[change.section] == change.key]
    ]
