"""Un appel d'offres ouvert en deux lots :
le premier s'attribue et se signe, le second reste sans attributaire.
"""

import pytest


@pytest.fixture
def conclu(procedure_conclue):
    return procedure_conclue
