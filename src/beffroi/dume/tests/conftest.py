"""La commune, son coffre et le stockage, comme au dépôt et à l'ouverture."""

from beffroi.depots.tests.conftest import _stockage_a_part  # noqa: F401
from beffroi.ouverture.tests.conftest import coffre_de_test, commune, scene  # noqa: F401
