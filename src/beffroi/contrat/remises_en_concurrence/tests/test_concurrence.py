"""Deux titulaires déposent, deux agents ouvrent le marché subséquent au même instant :
rien ne se perd, rien ne se double.
"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from beffroi.choix.attribution import services as attribution
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import naissance
from beffroi.contrat.marches.tests import gestes
from beffroi.contrat.remises_en_concurrence.tests import scene
from beffroi.reponse.depots.models import Pli
from beffroi.seance.coffre import coffre
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE
from demo.seances import depouiller
from tests.moteurs.ensemble import ensemble, sauter_sans_verrou_de_ligne, sortes

pytestmark = pytest.mark.django_db(transaction=True)
APRES = LIMITE + timedelta(days=3)


@pytest.fixture
def troupe(monkeypatch):
    sauter_sans_verrou_de_ligne()
    tenu = coffre.CoffreEnMemoire()
    monkeypatch.setattr(coffre, "en_memoire", lambda: tenu)
    return factories.scene(lots=()).troupe


@pytest.fixture
def partie(troupe):
    """La demande envoyée aux deux titulaires."""
    return scene.envoyer(troupe, scene.remise(troupe, scene.accord_cadre(troupe)))


def offrir(partie, troupe, qui, chez):
    return lambda: scene.offrir(partie, troupe, qui=qui, chez=chez, le=LIMITE - timedelta(hours=1))


def test_deux_titulaires_deposent_ensemble_puis_un_seul_contrat_s_ouvre(partie, troupe):
    rendus = ensemble(
        offrir(partie, troupe, "sophie", "faitage"), offrir(partie, troupe, "zoe", "zingueurs")
    )
    assert sortes(rendus) == ["Pli", "Pli"]
    assert len({pli.ecriture for pli in Pli.objects.filter(consultation=partie)}) == 2

    martine = troupe.personnes["martine"]
    depouiller(partie, troupe, preside="helene", avec="bernard", le=LIMITE + timedelta(hours=6))
    partie.refresh_from_db()
    choisi = Pli.objects.filter(consultation=partie).first()
    projet = attribution.ProjetDAttribution(
        pli=choisi, montant=Decimal(12_400), motif="92 points sur 100."
    )
    attribution.attribuer(
        consultation=partie, lot=None, projet=projet, par=martine, maintenant=APRES
    )

    def ouvrir(numero):
        termes = replace(gestes.TERMES, numero=numero)
        return lambda: naissance.ouvrir(
            consultation=partie, lot=None, termes=termes, par=martine.acteur, maintenant=APRES
        )

    assert sortes(ensemble(ouvrir("2026-MS1"), ouvrir("2026-MS2"))) == ["ConflitEtat", "Marche"]
    assert Marche.toutes.filter(consultation=partie).count() == 1
