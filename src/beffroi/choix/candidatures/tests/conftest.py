"""La commune et son coffre, comme à l'ouverture."""

from beffroi.seance.ouverture.tests.conftest import coffre_de_test, commune, scene  # noqa: F401
