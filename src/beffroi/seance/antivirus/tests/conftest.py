"""Un coffre neuf par test, comme pour la séance ; et la même commune."""

from beffroi.seance.ouverture.tests.conftest import coffre_de_test, commune, scene

__all__ = ["coffre_de_test", "commune", "scene"]
