from collections.abc import Iterator

import pytest

from beffroi.faces.portail import a_faire


@pytest.fixture
def scene(scene_d_achat):
    return scene_d_achat


@pytest.fixture(autouse=True)
def aucune_source_n_oublie(monkeypatch) -> Iterator[None]:
    """Une liste que ses sources disent vide l'est vraiment : chaque scène le revérifie."""
    demander = a_faire.qui_ont_de_quoi

    def verifier(appels):
        ont_de_quoi = demander(appels)
        for appel in appels:
            if appel not in ont_de_quoi:
                assert list(appel.gestes()) == [], appel.liste.fonction
        return ont_de_quoi

    monkeypatch.setattr(a_faire, "qui_ont_de_quoi", verifier)
    yield
