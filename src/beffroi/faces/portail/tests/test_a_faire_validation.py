"""« À faire », quand l'organisme publie à deux : qui valide, qui reprend."""

import pytest

from beffroi.achat.consultations import services
from beffroi.achat.consultations.tests.scene import agent
from beffroi.faces.portail.a_faire import taches_de

VALIDER, REPRENDRE, FINIR = (
    "Valider une consultation",
    "Reprendre une consultation rendue",
    "Finir de préparer une consultation",
)


@pytest.fixture
def soumise(scene):
    consultation = scene.completer(scene.brouillon())
    return services.soumettre_a_relecture(
        consultation=consultation, par=scene.martine, maintenant=scene.le
    )


def titres(personne, scene):
    return [tache.titre for tache in taches_de(personne, le=scene.le)]


def test_valider_attend_qui_peut_publier_et_n_a_pas_redige(scene, soumise):
    lectrice = agent("Yvette Cordier", scene.organisme, le=scene.le, roles=("lecteur",), cle=False)

    assert VALIDER in titres(scene.helene, scene)
    assert VALIDER not in titres(scene.martine, scene) + titres(lectrice, scene)


def test_rendue_elle_se_reprend_avec_sa_raison_et_ne_se_valide_plus(scene, soumise):
    services.reprendre_le_brouillon(
        consultation=soumise, par=scene.helene, motif="Le CCTP manque.", maintenant=scene.le
    )

    attendues = {tache.titre: tache for tache in taches_de(scene.martine, le=scene.le)}
    assert "Le CCTP manque." in attendues[REPRENDRE].detail and FINIR not in attendues
    assert VALIDER not in titres(scene.helene, scene)
