"""What erasing does to what of the participants belongs to a person; reading declares it."""

from participants.erasing.rules import enrolments, nobody, people

__all__ = ["enrolments", "nobody", "people"]
