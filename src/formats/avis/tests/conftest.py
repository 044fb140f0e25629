"""Le kit de l'autorité, pour tous les tests des avis."""

from formats.avis.tests.autorite import kit  # noqa: F401
