"""Deux titulaires signent au même instant, lisent au même instant :
aucun ne se perd, le contrat n'avance qu'une fois.
"""

import pytest

from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.engagements.tests.scene import LE, conclu, deux, recu, signe
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services.contrats import Tenant, inscrire
from beffroi.contrat.marches.tests import gestes
from beffroi.socle.journal.models import Ecriture
from tests.moteurs.ensemble import ensemble, sauter_sans_verrou_de_ligne, sortes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marche():
    """Sans consultation : deux titulaires, un contrat à signer."""
    sauter_sans_verrou_de_ligne()
    organisme, _ = gestes.bomy(maintenant=LE)
    termes = gestes.replace(gestes.TERMES, nature="accord_cadre", maximum=gestes.Decimal(90_000))
    deux_d_entre_eux = [gestes.ATELIER, Tenant("99910002700013", "Zingueurs de la Lys")]
    return inscrire(
        organisme=organisme,
        termes=termes,
        titulaires=deux_d_entre_eux,
        par=gestes.PLATEFORME,
        maintenant=LE,
    )


def test_deux_titulaires_signent_ensemble_et_le_contrat_le_sait(marche):
    rendus = ensemble(*(lambda e=e: signe(e, "titulaire") for e in deux(marche)))

    assert sortes(rendus) == ["Engagement", "Engagement"]
    assert Marche.toutes.get(pk=marche.pk).signe_par_le_titulaire_le == LE.date()


def test_le_meme_titulaire_signe_deux_fois_ensemble_une_seule_compte(marche):
    premier, _ = deux(marche)
    rendus = ensemble(*(lambda: signe(premier, "titulaire") for _ in range(2)))

    assert sortes(rendus) == ["ConflitEtat", "Engagement"]


def test_l_acheteur_signe_les_deux_actes_ensemble_et_le_contrat_se_conclut_une_fois(marche):
    for engagement in deux(marche):
        signe(engagement, "titulaire")
    rendus = ensemble(*(lambda e=e: signe(e, "acheteur") for e in deux(marche)))

    assert sortes(rendus) == ["Engagement", "Engagement"]
    assert Ecriture.objects.filter(sujet=marche.reference, acte="marche.signer").count() == 1


def test_les_deux_dernieres_receptions_ensemble_le_contrat_prend_effet_une_fois(marche):
    conclu(marche)
    rendus = ensemble(*(lambda e=e: recu(e) for e in deux(marche)))

    assert sortes(rendus) == ["Engagement", "Engagement"]
    assert Ecriture.objects.filter(sujet=marche.reference, acte="marche.notifier").count() == 1
    assert not Engagement.objects.filter(recue_le=None).exists()
