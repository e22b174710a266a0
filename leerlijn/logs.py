import re

import structlog

ALWAYS = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


# What a function held in hand when it failed: codes of links, names, words of people. Never that.
FRAMES = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
# Of a rule of the database the first line names the rule; the next ones tell what was in the row.
OF_THE_DATABASE = {
    "IntegrityError",
    "UniqueViolation",
    "CheckViolation",
    "ForeignKeyViolation",
    "NotNullViolation",
}


def without_words(exc_info):
    """What failed and where. What an error says may be a name, so of that nothing."""
    return [fault | _said(fault) for fault in FRAMES(exc_info)]


def _said(fault):
    lines = fault["exc_value"].splitlines() if fault["exc_type"] in OF_THE_DATABASE else []
    return {"exc_value": lines[0] if lines else "", "exc_notes": []}


TRACEBACKS = structlog.processors.ExceptionRenderer(without_words)
FRAME = re.compile(r'  File ".+", line [0-9]+, in |Traceback ')


def frames_only(sender, instance, **_):
    """Where a task failed, in its row; the class of the error has a field of its own there.

    A receiver: before such a row is saved.
    """
    lines = instance.traceback.splitlines()
    instance.traceback = "\n".join(line for line in lines if FRAME.match(line))


def without_addresses(record):
    """Django names the address of a request that failed; ours may hold a secret, so the route.

    A filter for a handler: it changes the line and keeps it.
    """
    request = getattr(record, "request", None)
    path = getattr(request, "path", None)
    if path and isinstance(record.args, tuple):
        match = getattr(request, "resolver_match", None)
        route = match.route if match else "?"
        record.args = tuple(
            arg.replace(path, route) if isinstance(arg, str) else arg for arg in record.args
        )
    return True


def configure(*, as_json):
    """Django's LOGGING: every line, of ours and of libraries, on standard error in one form."""
    structlog.configure(
        processors=[*ALWAYS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last = (
        [TRACEBACKS, structlog.processors.JSONRenderer()]
        if as_json
        else [structlog.dev.ConsoleRenderer(colors=False)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structlog": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": ALWAYS,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *last,
                ],
            }
        },
        "filters": {"routes": {"()": lambda: without_addresses}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "structlog",
                "filters": ["routes"],
            },
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # Django hangs its own handlers here; ours say it once.
            "django": {"handlers": [], "propagate": True, "level": "INFO"},
            # It writes whole addresses; our own line per request writes the route.
            # Without any handler Python itself would still print its warnings.
            "django.server": {"handlers": ["nowhere"], "propagate": False},
            "django.request": {"level": "ERROR"},
            # Says at every start that it started.
            "pikepdf": {"level": "WARNING"},
        },
    }
