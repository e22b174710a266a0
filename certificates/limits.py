"""Who tries codes until one fits is stopped; who scans a real paper never is."""

from leerlijn.limits import one_unknown_too_many, seconds_left

__all__ = ["one_unknown_too_many", "seconds_left"]
