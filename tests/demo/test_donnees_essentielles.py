"""Les contrats de la démonstration : chaque état y est, et le fichier qu'ils font est juste."""

from datetime import datetime

import pytest

from beffroi.contrat.donnees_essentielles import fichiers, queries, services
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat, ImportDeContrats
from demo import donnees_essentielles
from demo.peuplement import peupler
from formats.dates import PARIS
from formats.decp import regles
from formats.decp.lecture import lire

LE = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)


@pytest.fixture
def troupe(db):
    troupe = peupler(le=datetime(2026, 1, 5, 9, 0, tzinfo=PARIS))
    donnees_essentielles.raconter(troupe, le=LE)
    return troupe


def test_chaque_etat_d_une_fiche_se_voit(troupe):
    publiees, attendent = (
        FicheDeContrat.objects.filter(publiee_le__isnull=vrai) for vrai in (False, True)
    )

    assert (publiees.count(), attendent.count()) == (33, 2)
    assert publiees.exclude(retenues={}).count() == publiees.filter(canal="pes").count() == 1
    assert sorted(
        len(services.apercu(depose).erreurs) for depose in ImportDeContrats.objects.all()
    ) == [0, 1]


def test_le_fichier_de_la_demonstration_est_sans_defaut(troupe):
    lecture = lire(b"".join(fichiers.decp_en_json(queries.du_fichier())))

    assert lecture.defauts == ()
    assert len(lecture.paquet.marches) + len(lecture.paquet.concessions) == 31
    assert [defaut for defaut in regles.verifier(lecture.paquet) if defaut.est_une_erreur] == []
