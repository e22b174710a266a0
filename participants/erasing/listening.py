"""What erasing hears of the database, and what of its own belongs to nobody."""

from django.apps import apps

from leerlijn.guards import stand
from participants.erasing.guards import GUARDS
from participants.erasing.models import Keeping
from participants.mydata.registry import kept_out

stand(apps.get_app_config("participants"), GUARDS)
kept_out(Keeping, "how long things of a whole cohort are kept; about nobody who takes part")
