"""Le kit de l'autorité, son moteur et son cache, une fois par fichier de tests."""

from formats.avis.tests.autorite import cache, kit, ouvrier  # noqa: F401
