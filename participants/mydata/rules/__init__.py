"""What of the participants belongs to a person; reading these modules declares it."""

from participants.mydata.rules import (
    enrolment,
    files,
    hours,
    interview,
    learning,
    messages,
    nobody,
    who,
)

__all__ = ["enrolment", "files", "hours", "interview", "learning", "messages", "nobody", "who"]
