"""D'une décision à la remise en concurrence :
les titulaires retenus sont consultés sans rien retaper.
"""

import copy
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from beffroi.choix.attribution.services import OffreChoisie, Remplacement
from beffroi.choix.attribution.tests.scene import DECISION_LE, envoyer, offres_ouvertes, relire_tout
from beffroi.contrat.engagements.tests.scene import conclu, deux, recu
from beffroi.contrat.marches import fiche, queries, suspension
from beffroi.contrat.marches.services import naissance, signature
from beffroi.contrat.marches.tests import gestes
from beffroi.contrat.remises_en_concurrence import ecrans
from beffroi.contrat.remises_en_concurrence.queries import faits_de

pytestmark = pytest.mark.django_db
LE = DECISION_LE + timedelta(hours=1)
TERMES = replace(
    gestes.TERMES, nature="accord_cadre", maximum=Decimal(90_000), forme_de_prix="unitaire"
)
AUTRES = (Decimal("38000.00"), "Une astreinte.")


@pytest.fixture
def ouvert(commune):
    return offres_ouvertes(copy.deepcopy(commune))


def retenir(ouvert, suivante, **options):
    autres = (OffreChoisie(ouvert.plis[suivante], *AUTRES),)
    decision = ouvert.attribuer(autres=autres, titulaires_prevus=2, **options)
    relire_tout(ouvert)
    envoyer(ouvert)
    return decision


def ouvrir_le_contrat(ouvert, **termes):
    return naissance.ouvrir(
        consultation=ouvert.consultation,
        lot=None,
        termes=replace(TERMES, **termes),
        par=ouvert.martine.acteur,
        maintenant=LE,
    )


def test_les_titulaires_retenus_sont_consultes_sans_rien_retaper(ouvert):
    retenir(ouvert, 1)
    marche = conclu(ouvrir_le_contrat(ouvert))
    for engagement in deux(marche):
        recu(engagement)
    marche.refresh_from_db()

    sirets = [pli.equipe.identifiant for pli in ouvert.plis[:2]]
    dite = fiche.fiche(marche, le=LE + timedelta(days=3))
    assert [t.id for t in dite.titulaires] == sirets
    assert (dite.type_groupement_operateurs, dite.techniques) == (
        "Pas de groupement",
        ("Accord-cadre",),
    )
    assert [t.siret for t in queries.representants_de(marche)] == sirets
    assert faits_de(marche).titulaires == 2
    assert ecrans.adresses_connues(marche) == {
        pli.equipe.identifiant: pli.depose_par.courriel for pli in ouvert.plis[:2]
    }


def test_un_titulaire_remplace_le_contrat_d_avant_ne_se_signe_plus(ouvert):
    premiere = retenir(ouvert, 1)
    marche = ouvrir_le_contrat(ouvert)
    assert suspension.est_celui_de_l_offre_retenue(marche, le=LE)
    retenir(
        ouvert,
        2,
        remplacement=Remplacement(premiere.reference, "defaillance", "Ses preuves manquent."),
    )
    assert not suspension.est_celui_de_l_offre_retenue(marche, le=LE)
    signature.abandonner(
        marche=marche, motif="Un titulaire a changé.", par=gestes.PLATEFORME, maintenant=LE
    )

    nouveau = ouvrir_le_contrat(ouvert, numero="2026-015")

    sirets = [ouvert.plis[0].equipe.identifiant, ouvert.plis[2].equipe.identifiant]
    assert [t.siret for t in queries.titulaires_de(nouveau)] == sirets
    assert suspension.peut_signer(nouveau, le=LE).favorable
