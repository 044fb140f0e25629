"""Les écrans montrés dans les statistiques du centre : combien, combien de temps."""

from datetime import timedelta

import pytest

from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.service.pilotage import queries
from beffroi.service.teleassistance.services import partages
from beffroi.service.teleassistance.tests.theatre import consentir, martine, rejoindre, samir
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db


def mesurer():
    return queries.assistance(LUNDI.year, le=LUNDI).ecrans


def test_un_accord_que_personne_ne_rejoint_n_est_pas_un_partage():
    consentir(martine())
    assert mesurer().nombre == 0


def test_un_ecran_montre_compte_et_sa_duree_quand_il_finit():
    partage = rejoindre(consentir(martine()), samir())
    partage = partages.montrer(partage=partage, maintenant=LUNDI)
    pendant = mesurer()
    fini = LUNDI + timedelta(minutes=12)
    partages.terminer(partage=partage, cote="personne", par=PLATEFORME, maintenant=fini)

    assert (pendant.nombre, pendant.mediane) == (1, None)
    assert mesurer().mediane == timedelta(minutes=12)
