"""« À faire » et les clés : l'essai qui bloque, l'ouverture qui approche, le geste d'un gardien."""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.faces.portail import a_faire
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles import services

LUNDI = datetime(2026, 11, 23, 9, tzinfo=UTC)
TITRE = "L'ouverture approche"


@pytest.fixture
def scene(db):
    return planter_la_scene(le=LUNDI)


def taches(personne, le, mot):
    return [tache for tache in a_faire.taches_de(personne, le=le) if mot in tache.titre]


def test_l_essai_d_un_brouillon_presse(scene):
    scene.completer(scene.brouillon(), essais=False)

    assert [tache.presse for tache in taches(scene.helene, LUNDI, "Essayer votre clé")] == [True]


def test_une_consultation_publiee_n_attend_plus_d_essai_pour_etre_publiee(scene):
    scene.publiee(date_limite_remise=LUNDI + timedelta(days=200))

    assert taches(scene.helene, LUNDI + timedelta(days=100), "Essayer votre clé") == []


def test_l_ouverture_approche_a_sept_jours_de_l_heure_limite(scene):
    scene.publiee()

    vues = [
        len(taches(scene.helene, scene.limite - timedelta(days=jours), TITRE))
        for jours in (8, 7, 2)
    ]

    assert vues == [0, 1, 1]


def test_elle_passe_devant_ce_qui_ferme_plus_tard(scene):
    scene.publiee()
    scene.brouillon("Autre", date_limite_remise=scene.limite + timedelta(days=1))
    premiere = a_faire.taches_de(scene.martine, le=scene.limite - timedelta(days=2))[0]

    assert premiere.titre == TITRE
    assert premiere.url.endswith("/suivre/")


def test_une_cle_a_essayer_mene_a_l_essai(scene):
    consultation = scene.publiee()
    part = cles.part_de(scene.helene, consultation.cle_offre)
    services.renouveler_canari(part=part, par=scene.helene.acteur, maintenant=LUNDI)

    (tache,) = taches(scene.helene, scene.limite - timedelta(days=7), TITRE)

    assert (tache.presse, tache.url) == (True, f"/cles/canari/{part.reference}/")


def test_qui_n_ouvre_pas_n_est_pas_derange(scene):
    scene.publiee()
    gardien = cles.gardiens_en_fonction()[0]

    assert a_faire.taches_de(gardien.utilisateur, le=LUNDI) == []


def test_un_gardien_voit_son_essai_a_faire_puis_a_refaire(scene):
    gardien = cles.gardiens_en_fonction()[0]
    vieilli = taches(gardien.utilisateur, LUNDI + timedelta(days=91), "gardien")
    services.renouveler_canari_de_gardien(
        gardien=gardien, par=gardien.utilisateur.acteur, maintenant=LUNDI
    )

    neuf = taches(gardien.utilisateur, LUNDI, "gardien")

    assert [(t.titre, t.presse) for t in vieilli] == [("Refaire votre essai de gardien", False)]
    assert [(t.titre, t.presse) for t in neuf] == [("Faire votre essai de gardien", True)]
