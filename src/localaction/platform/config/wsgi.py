"""Entry point of the web server (WSGI: the views are synchronous)."""

import os

from django.core.wsgi import get_wsgi_application

from localaction.engine.packs.editions import frameworks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "localaction.platform.config.settings")
application = get_wsgi_application()
frameworks()  # a worker reads the packs before it takes its first request, so that no visitor waits for it
