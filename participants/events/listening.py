"""What events hear of the database."""

from django.apps import apps
from django.db.backends.signals import connection_created

from leerlijn.guards import stand
from participants.events.guards import GUARDS, forgets_nothing

stand(apps.get_app_config("participants"), GUARDS)
connection_created.connect(forgets_nothing)
