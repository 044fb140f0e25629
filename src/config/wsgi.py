"""Le point d'entrée du serveur web."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

from django.core.wsgi import get_wsgi_application

from beffroi.socle.fondations.chargement import sans_ramassage

with sans_ramassage():
    application = get_wsgi_application()
