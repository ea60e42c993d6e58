"""Entry point of the web server (WSGI: the views are synchronous)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "localaction.platform.config.settings")
application = get_wsgi_application()
