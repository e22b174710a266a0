"""What setting up hears of the database."""

from django.apps import apps

from leerlijn.guards import stand
from participants.setup.guards import GUARDS

stand(apps.get_app_config("participants"), GUARDS)
