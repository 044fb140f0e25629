"""« À faire » suit une procédure en deux temps, sans rien dire des offres avant leur heure."""

from datetime import timedelta

import pytest

from beffroi.choix.selection.tests.scene import DECISION_LE, LIMITE_DES_OFFRES
from beffroi.faces.portail.a_faire import taches_de

pytestmark = pytest.mark.django_db
APRES = LIMITE_DES_OFFRES + timedelta(seconds=1)


def titres(personne, le):
    return [tache.titre for tache in taches_de(personne, le=le)]


def test_a_faire_suit_la_procedure_sans_rien_dire_des_offres(restreint):
    assert "Décider des candidatures, puis inviter" in titres(restreint.martine, DECISION_LE)
    restreint.decider()
    tour = restreint.inviter()

    avant = titres(restreint.martine, LIMITE_DES_OFFRES)
    restreint.offrir(restreint.invitation(tour))

    assert titres(restreint.martine, LIMITE_DES_OFFRES) == avant
    assert "Ouvrir les offres" in titres(restreint.martine, APRES)
