"""« À faire » d'une entreprise : ses pièces à renouveler."""

from datetime import timedelta

import pytest

from beffroi.faces.portail import a_faire
from beffroi.personnes.pieces.tests.gestes import ajouter, membre, un_fichier
from beffroi.socle.fondations.horloge import maintenant
from droit.pieces_de_candidature import Sorte

pytestmark = pytest.mark.django_db


@pytest.fixture
def sophie():
    return membre()


def dites(personne) -> list[tuple[str, str, bool]]:
    return [
        (tache.titre, tache.detail, tache.presse)
        for tache in a_faire.taches_de(personne, le=maintenant())
    ]


def dans(jours: int):
    return (maintenant() + timedelta(days=jours)).date()


@pytest.mark.parametrize(("jours", "presse"), [(29, False), (5, True), (0, True), (-40, True)])
def test_une_piece_qui_finit_est_a_renouveler(sophie, jours, presse):
    ajouter(sophie, un_fichier(fin=dans(jours)), sorte=Sorte.DECENNALE)

    assert dites(sophie.utilisateur) == [
        ("Renouveler une pièce", "Attestation d'assurance décennale", presse)
    ]


@pytest.mark.parametrize("jours", [32, None])
def test_une_piece_encore_bonne_n_attend_personne(sophie, jours):
    ajouter(sophie, un_fichier(fin=None if jours is None else dans(jours)))

    assert dites(sophie.utilisateur) == []


def test_un_collegue_a_confirmer_ne_sait_rien_des_pieces(sophie):
    ajouter(sophie, un_fichier(fin=dans(2)))

    assert dites(membre("Kévin Masson").utilisateur) == []
