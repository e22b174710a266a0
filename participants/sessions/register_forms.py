"""The register as a page: one small form for each person, and the version that was looked at."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.enrolments import namesakes
from participants.enrolments.models import Enrolment
from participants.sessions import register
from participants.sessions.models import Attendance
from participants.sessions.register import CaughtUp, Mark

Status = Attendance.Status
NO_VERSION = -1
TYPED = ("status", "minutes", "caught_up_what", "caught_up_on")


class RowForm(forms.Form):
    """What is known of one person. "Afgemeld" is a tick beside "niet er": a row stays short."""

    status = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Status.PRESENT, gettext_lazy("Er")),
            (Status.PARTLY, gettext_lazy("Deels")),
            (Status.ABSENT, gettext_lazy("Niet")),
        ],
    )
    active = forms.BooleanField(label=gettext_lazy("Deed actief mee"), required=False, initial=True)
    excused = forms.BooleanField(label=gettext_lazy("Afgemeld"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Hoeveel minuten?"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ll-short"}),
        error_messages={
            "invalid": gettext_lazy("Vul een heel getal in, bijvoorbeeld 60."),
            "min_value": gettext_lazy("Vul meer dan 0 minuten in, bijvoorbeeld 60."),
        },
    )
    caught_up_what = forms.CharField(
        label=gettext_lazy("Wat is er ingehaald?"), required=False, max_length=240
    )
    caught_up_on = forms.DateField(label=gettext_lazy("Op welke dag?"), required=False)

    def __init__(self, *args, row, longest, kept=None, **kwargs):
        self.row, self.longest, self.saved_meanwhile = row, longest, ""
        self.prefix = f"p{row.enrolment.pk}"
        initial = _as_typed(row.mark) if kept is None else self._typed_before(kept)
        super().__init__(*args, prefix=self.prefix, initial=initial, **kwargs)

    def clean(self):
        facts = super().clean()
        if facts.get("status") == Status.PARTLY:
            self._ask_minutes(facts.get("minutes"))
        else:
            self.errors.pop("minutes", None)  # not shown, so nobody could mend it
        self._ask_catching_up(facts)
        return facts

    def mark(self):
        """What was filled in, as a Mark; minutes only of who was there partly, else the preset."""
        facts = self.cleaned_data
        status = facts["status"] or None
        if status == Status.ABSENT and facts["excused"]:
            status = Status.EXCUSED
        caught_up = None
        if facts["caught_up_on"]:
            caught_up = CaughtUp(facts["caught_up_what"], facts["caught_up_on"])
        return Mark(
            enrolment=self.row.enrolment.pk,
            status=status,
            active=facts["active"],
            minutes=facts["minutes"] if status == Status.PARTLY else self._kept_minutes(status),
            caught_up=caught_up,
        )

    def _typed_before(self, kept):
        """What stood here when it was left; people who came on the list since then are as saved."""
        if self.add_prefix("minutes") not in kept:
            return _as_typed(self.row.mark)
        ticks = ("active", "excused")
        texts = {name: kept.get(self.add_prefix(name), "") for name in TYPED}
        return texts | {name: self.add_prefix(name) in kept for name in ticks}

    @property
    def is_opened(self):
        """Whether the part behind the name is shown at once: it says something, or asks it."""
        names = ["caught_up_what", "caught_up_on"]
        silent = self["status"].value() == Status.PRESENT and not self["active"].value()
        return silent or any(self[name].value() or self[name].errors for name in names)

    def _kept_minutes(self, status):
        """Who stays "er" keeps the minutes that another door may have given; None: the preset."""
        saved = self.row.mark
        return saved.minutes if status == saved.status == Status.PRESENT else None

    def _ask_minutes(self, minutes):
        if "minutes" in self.errors:
            return
        if not minutes:
            sentence = _("Vul in hoeveel minuten %(name)s er was.") % {"name": self.row.name}
            self.add_error("minutes", sentence)
        elif minutes > self.longest:
            sentence = _("De bijeenkomst duurde %d minuten. Vul niet meer in.") % self.longest
            self.add_error("minutes", sentence)

    def _ask_catching_up(self, facts):
        what, on = facts.get("caught_up_what"), facts.get("caught_up_on")
        if on and not what:
            self.add_error("caught_up_what", _("Schrijf op wat er is ingehaald."))
        if what and not on and "caught_up_on" not in self.errors:
            self.add_error("caught_up_on", _("Vul in op welke dag dit is ingehaald."))
        if on and on > timezone.localdate():
            self.add_error("caught_up_on", _("Deze dag ligt nog voor ons. Kies vandaag of eerder."))


class RegisterForm:
    """The forms of all people whom ``user`` may mark at ``session``.

    ``kept`` is what was typed before and never sent. ``everyone`` presets "er" for who has no
    row yet, except in a pause; nothing is saved.
    """

    def __init__(self, session, user, data=None, *, kept=None, everyone=False):
        self.session, self.data = session, data
        based_on = data if data is not None else kept
        self.version = session.register_version if based_on is None else _version(based_on)
        self.rows = [
            RowForm(data, row=_preset(row) if everyone else row, longest=session.minutes, kept=kept)
            for row in register.rows(session, user)
        ]
        people = [form.row.enrolment.participant for form in self.rows]
        self.namesakes = namesakes.shared(people, Enrolment.objects.visible_to(user))

    def is_valid(self):
        return all([row.is_valid() for row in self.rows])

    def marks(self):
        return [row.mark() for row in self.rows]

    @property
    def version_read(self):
        """The version of the register on which what was typed is based."""
        return _version(self.data)

    def compare(self):
        """After a ``changed``: tell beside each row what the other saved, where it differs.

        What was typed is based on that version from now on.
        """
        self.version = self.session.register_version
        for form in self.rows:
            saved = form.row.mark
            if saved.status and _in_words(saved) != _in_words(_filled(form.mark(), self.session)):
                form.saved_meanwhile = _("%(who)s bewaarde: %(what)s") % {
                    "who": form.row.recorded_by.first_name,
                    "what": _in_words(saved),
                }


def with_everyone(session, user, data):
    """``data`` with "er" for everybody about whom it says nothing yet, except in a pause."""
    filled = data.copy()
    for row in register.rows(session, user):
        name = f"p{row.enrolment.pk}-status"
        if not row.is_paused and not filled.get(name):
            filled[name] = Status.PRESENT
    return filled


def _version(typed):
    """The version that ``typed`` is about."""
    sent = typed.get("version", "")
    # Longer than any version: no number that a column can hold.
    return int(sent) if sent.isdecimal() and len(sent) < 10 else NO_VERSION


def _as_typed(mark):
    """The fields that show ``mark``."""
    if mark.status is None:
        return {}
    away = mark.status in (Status.ABSENT, Status.EXCUSED)
    return {
        "status": Status.ABSENT if away else mark.status,
        "excused": mark.status == Status.EXCUSED,
        "active": mark.active or away,
        "minutes": mark.minutes if mark.status == Status.PARTLY else None,
        "caught_up_what": mark.caught_up.what if mark.caught_up else "",
        "caught_up_on": mark.caught_up.on if mark.caught_up else None,
    }


def _preset(row):
    if row.mark.status or row.is_paused:
        return row
    return register.Row(row.enrolment, Mark(row.enrolment.pk, Status.PRESENT, active=True))


def _filled(mark, session):
    """``mark`` with the minutes that saving it would give."""
    whole = mark.status == Status.PRESENT and mark.minutes is None
    minutes = session.minutes if whole else mark.minutes or 0
    return Mark(mark.enrolment, mark.status, mark.active, minutes, mark.caught_up)


def _in_words(mark):
    """A mark in a few words, for who compares two."""
    if mark.status is None:
        return ""
    parts = [str(Status(mark.status).label)]
    if mark.status in Attendance.THERE:
        parts.append(_("%d minuten") % mark.minutes)
        if not mark.active:
            parts.append(_("deed niet actief mee"))
    if mark.caught_up:
        parts.append(_("ingehaald: %s") % mark.caught_up.what)
    return ", ".join(parts)
