"""What the rules of house.yml must see, and what they must leave alone. Never run."""


class Doors:
    # ruleid: everybodys-rows
    rows = Enrolment.objects.all()
    # ruleid: everybodys-rows
    field = RelatedField(queryset=User.objects.all())
    # ruleid: everybodys-rows
    two = VisibleField(first(User.objects.all()))
    # ok: everybodys-rows
    visible = VisibleField(queryset=User.objects.all())
    # ok: everybodys-rows
    asked = rows.all()


def what_a_request_says(request):
    # ruleid: unread-conditions
    return rows.filter(**request.GET)


def what_a_caller_says(asked):
    # ruleid: unread-conditions
    return Q(**asked)


def what_a_caller_says_beside_ours(asked):
    # ruleid: unread-conditions
    return rows.exclude(a=1, **asked.dict())


def what_a_request_says_later(request):
    asked = dict(request.GET)
    # ruleid: unread-conditions
    return rows.get(**asked)


def what_another_function_wrote(asked):
    def ours():
        asked = {"kind": 1}
        return asked

    # ruleid: unread-conditions
    return models.Q(**asked)


def keys_of_ours(path, keys):
    # ok: unread-conditions
    return rows.filter(**{f"{path}__in": keys})


def keys_written_here(content):
    same = {"kind": content}
    # ok: unread-conditions
    return rows.filter(**same)


def keys_written_here_for_each(paths):
    same = {f"{path}__in": [] for path in paths}
    # ok: unread-conditions
    return rows.filter(**same)


def keys_it_was_called_with(**facts):
    # ok: unread-conditions
    return rows.filter(**facts)


def no_question(values):
    # ok: unread-conditions
    rows.update(**values)


def drawn(text):
    # ruleid: markup-by-hand
    mark_safe(text)
    # ruleid: markup-by-hand
    safestring.mark_safe(text)
    # ruleid: markup-by-hand
    SafeString(text)
    # ruleid: markup-by-hand
    safestring.SafeText(text)
    # ok: markup-by-hand
    format_html("<b>{}</b>", text)


class Everything:
    # ruleid: every-field
    fields = "__all__"


class AllBut:
    # ruleid: every-field
    exclude = ["password"]


class Named:
    # ok: every-field
    fields = ["name"]
    # ok: every-field
    others = rows.exclude(pk=1)


def moments():
    # ruleid: clock-without-a-zone
    dt.datetime.now()
    # ruleid: clock-without-a-zone
    datetime.now()
    # ruleid: clock-without-a-zone
    datetime.utcnow()
    # ruleid: clock-without-a-zone
    dt.date.today()
    # ruleid: clock-without-a-zone
    datetime.today()
    # ruleid: clock-without-a-zone
    dt.datetime.utcfromtimestamp(0)
    # ok: clock-without-a-zone
    timezone.now()
    # ok: clock-without-a-zone
    dt.datetime.now(dt.UTC)
    # ok: clock-without-a-zone
    timezone.localdate()


def said(user, posting, entry):
    # ruleid: people-in-the-log
    log.info("made", who=user.name)
    # ruleid: people-in-the-log
    log.warning("no", to=posting.user.email)
    # ruleid: people-in-the-log
    logger.error("%s", entry.description)
    # ruleid: people-in-the-log
    log.info(f"{user.first_name} came in")
    # ruleid: people-in-the-log
    log.info("made", who=user.get_full_name())
    # ok: people-in-the-log
    log.info("made", user=user.pk)
    # ok: people-in-the-log
    print(user.name)
