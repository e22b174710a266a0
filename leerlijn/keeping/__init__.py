"""Backups: all that people made, in one folder, and how it is put back (docs/adr/0036)."""

from leerlijn.keeping.folders import Refused, chosen
from leerlijn.keeping.making import make
from leerlijn.keeping.restoring import put_back

__all__ = ["Refused", "chosen", "make", "put_back"]
