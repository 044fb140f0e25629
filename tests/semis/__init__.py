"""Une scène plantée une fois revient d'un coup dans la base du test suivant.

    from tests.semis import plante

    consultation = plante(("publiée", titre), lambda: publier(titre), le=maintenant)

    @pytest.fixture
    @semee
    def impayee(fanny): …

Les mêmes lignes, les mêmes objets au stockage, les mêmes suites à la validation, sans rejouer les
actes. Cela ne vaut que d'un point de départ connu : une base neuve, ou la fin exacte d'une autre
scène revenue de même (`veille`). Partout ailleurs, la scène se plante.
"""

from tests.semis.semis import plante, semee
from tests.semis.veille import veiller

__all__ = ["plante", "semee", "veiller"]
