"""All periodic work. Every job here may run at any moment and as often as one likes.

A job is a function without arguments that says in a few words what it did; "" for nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from certificates.ceremonies import bundling, making, tasks
from certificates.letterheads import sweeping
from leerlijn import clock
from leerlijn.keeping import restoring
from participants import kept, mailing, receipts
from participants.accounts import devices, lost_mailbox
from participants.bounces import actions as bounces
from participants.confirmations import asking
from participants.enrolments import applying
from participants.erasing import actions as erasing
from participants.erasing import retention
from participants.events.models import Event
from participants.exports import making as exporting
from participants.files import rereading, scanning, storing
from participants.messages import reminding
from participants.outgoing import digest

log = structlog.get_logger("leerlijn.tick")


@dataclass(frozen=True)
class Job:
    """One kind of periodic work, under the name by which the log calls it.

    What goes ``by_calendar`` sends or forgets once so much time has passed.
    """

    name: str
    work: Callable[[], str]
    by_calendar: bool = True


@dataclass(frozen=True)
class Outcome:
    """What became of a job in one run."""

    job: Job
    did: str = ""
    failed: bool = False


def run(jobs):
    """The Outcome of each of ``jobs``, one after another; one that fails stops no other.

    After the clock leapt ahead, what goes by the calendar waits for a day (leerlijn.clock).
    """
    is_believed = clock.is_believed()
    for job in jobs:
        if job.by_calendar and not is_believed:
            yield Outcome(job, "WAITS: the clock leapt ahead")
            continue
        try:
            did = job.work()
        except Exception:
            # nosemgrep: people-in-the-log - the name of a job
            log.exception("job_failed", job=job.name)
            yield Outcome(job, failed=True)
        else:
            # nosemgrep: people-in-the-log - the name of a job
            log.info("job_done", job=job.name, did=did)
            yield Outcome(job, did)


def forget_applications():
    unconfirmed, declined = applying.sweep()
    counted = {"unconfirmed": unconfirmed, "declined": declined}
    return ", ".join(f"{number} {what}" for what, number in counted.items() if number)


def ask_supervisors():
    asked = asking.send_due()
    return f"{asked} asked" if asked else ""


def send_the_post():
    sent, waiting, unsure = mailing.deliver_waiting()
    counted = {"sent": sent, "waiting": waiting, "unsure": unsure}
    return ", ".join(f"{number} {what}" for what, number in counted.items() if number)


def forget_what_was_typed():
    count = kept.sweep()
    return f"{count} forgotten" if count else ""


def forget_receipts():
    count = receipts.sweep()
    return f"{count} forgotten" if count else ""


def scan_uploads():
    clean, infected, waiting = scanning.scan_waiting()
    counted = {"clean": clean, "infected": infected, "waiting": waiting}
    return ", ".join(f"{number} {what}" for what, number in counted.items() if number)


def read_files_again():
    read, damaged = rereading.reread()
    told = f"{read} read" if read else ""
    return f"{told}, DAMAGED: {', '.join(map(str, damaged))}" if damaged else told


def forget_what_was_set_aside():
    count = restoring.sweep()
    return f"{count} forgotten" if count else ""


def forget_bounces():
    count = bounces.sweep()
    return f"{count} forgotten" if count else ""


def remove_stray_uploads():
    count = storing.sweep()
    return f"{count} removed" if count else ""


def forget_pictures():
    count = sweeping.sweep()
    return f"{count} forgotten" if count else ""


def go_on_with_certificates():
    counted = {"taken up": tasks.take_up(), "forgotten": bundling.sweep() + making.sweep()}
    return ", ".join(f"{number} {what}" for what, number in counted.items() if number)


def go_on_with_exports():
    counted = {"taken up": exporting.take_up(), "forgotten": exporting.sweep()}
    return ", ".join(f"{number} {what}" for what, number in counted.items() if number)


def remind_participants():
    made = reminding.send_due()
    return f"{made} reminded" if made else ""


def send_digests():
    made = digest.send_due()
    return f"{made} digests" if made else ""


def erase_people():
    count = erasing.carry_out_due()
    return f"{count} erased" if count else ""


def let_go():
    announced, gone = retention.run()
    counted = {"announced": announced, "gone": gone}
    return ", ".join(f"{number} {what}" for what, number in counted.items() if number)


def forget_reads():
    count = Event.objects.expire()
    return f"{count} forgotten" if count else ""


# Post goes last: what another job posts leaves in the same run.
JOBS = (
    Job("applications", forget_applications),
    Job("typed", forget_what_was_typed),
    Job("receipts", forget_receipts),
    Job("supervisors", ask_supervisors),
    Job("devices", devices.sweep),
    Job("cards", lost_mailbox.sweep),
    Job("viruses", scan_uploads, by_calendar=False),
    Job("uploads", remove_stray_uploads),
    Job("files", read_files_again, by_calendar=False),
    Job("set aside", forget_what_was_set_aside),
    Job("bounces", forget_bounces),
    Job("certificates", go_on_with_certificates, by_calendar=False),
    Job("pictures", forget_pictures),
    Job("exports", go_on_with_exports, by_calendar=False),
    Job("reminders", remind_participants),
    Job("digests", send_digests),
    Job("erasing", erase_people),
    Job("retention", let_go),
    Job("reads", forget_reads),
    Job("post", send_the_post, by_calendar=False),
)
