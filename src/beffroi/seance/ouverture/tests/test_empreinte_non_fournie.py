"""Une réponse finie d'un autre poste : l'empreinte en clair n'y est pas.

Cela se dit, et n'accuse personne.
"""

import pytest

from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import SEANCE_LE
from demo import reponses
from demo.cles import CAPACITE

FOURNIE_AILLEURS = "Acte d'engagement – été.pdf"
PHRASE = f"« {FOURNIE_AILLEURS} » : empreinte non fournie. Il a été scellé sur un autre poste."


@pytest.fixture
def ouverture(scene, monkeypatch):
    """L'enveloppe d'offre, ouverte ;
    son manifeste ignore l'empreinte, puis la racine, d'un des deux fichiers.
    """
    composer = reponses.composer_le_manifeste

    def sans_une_empreinte(*arguments):
        manifeste = composer(*arguments)
        for fichier in manifeste["fichiers"]:
            if fichier["nom"] == FOURNIE_AILLEURS:
                fichier |= {"sha256": None, "racine": None, "sha256_scelle": None}
        return manifeste

    monkeypatch.setattr(reponses, "composer_le_manifeste", sans_une_empreinte)
    scene.repond(candidature={})
    seance = factories.seance_ouverte(scene)
    return services.ouvrir_enveloppe_suivante(
        seance=seance, rang=1, capacite=CAPACITE, par=seance.presidee_par, maintenant=SEANCE_LE
    )


def test_le_fichier_s_ouvre_et_reste_conforme(ouverture):
    assert {fichier.nom: fichier.conforme for fichier in ouverture.fichiers.all()} == {
        FOURNIE_AILLEURS: True,
        "prix.ods": True,
    }
    assert ouverture.anomalies == []
    assert ouverture.precisions == [PHRASE]
