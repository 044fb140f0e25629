"""La procédure des archives, telle que le contexte la prépare."""

import pytest


@pytest.fixture
def conclu(procedure_a_archiver):
    return procedure_a_archiver
