import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerlijn.settings")

application = get_wsgi_application()

# Models can be asked only from here on.
from leerlijn.safety import refuse_danger  # noqa: E402

refuse_danger()
