"""Tests : rien ne sort de la machine, rien n'est lent sans raison."""

import os
import tempfile

os.environ.setdefault("BEFFROI_DONNEES", tempfile.mkdtemp(prefix="beffroi-test-"))
os.environ.setdefault("BEFFROI_SANS_HORODATAGE_QUALIFIE", "oui")
os.environ.setdefault("BEFFROI_HOTES", "localhost,127.0.0.1,testserver")

from config.settings.base import *  # noqa: F403

if DATABASES["default"]["ENGINE"] == "config.sqlite":  # noqa: F405
    # À plusieurs processus, pytest-django ne laisse en mémoire que ce qui se dit ainsi.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [nom for nom in MIDDLEWARE if "whitenoise" not in nom]  # noqa: F405
# Ce que chaque processus d'essais compare, d'une forme de requête préparée et d'un texte reçu, à
# ce qui se composerait : son premier usage, et deux autres.
REQUETES_VERIFIEES = 3
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
ADAPTATEURS = {**ADAPTATEURS, "coffre.Coffre": "beffroi.seance.coffre.coffre.en_memoire"}  # noqa: F405
