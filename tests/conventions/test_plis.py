"""Une commune bloquée reçoit et ouvre encore ses plis ;
seule une consultation nouvelle se refuse (rulings 27 et 28).
"""

import hashlib
from datetime import date, timedelta

import pytest

from beffroi.achat.consultations.rules.fiche import Fiche
from beffroi.achat.consultations.services import creer_consultation
from beffroi.centre.adherents.tests.gestes import adherent
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.impayes.models import Defaut
from beffroi.centre.impayes.services.blocage import bloquer
from beffroi.reponse.depots.models import Pli
from beffroi.seance.coffre import coffre
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal import chainage
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
AVANT = LIMITE - timedelta(days=3)


@pytest.fixture
def scene(db, monkeypatch):
    tenu = coffre.CoffreEnMemoire()
    monkeypatch.setattr(coffre, "en_memoire", lambda: tenu)
    monkeypatch.setattr(
        chainage, "jeton_local", lambda texte, *, le: hashlib.sha256(texte.encode()).digest()
    )
    return factories.scene()


def bloquer_la_commune(scene) -> None:
    """Un blocage notifié trois jours avant l'heure limite d'une consultation publiée."""
    organisme, gestionnaire = scene.consultation.organisme, scene.personne("martine")
    commune = adherent(organisme.siret[:9], organisme.nom, siret=organisme.siret)
    type(commune).objects.filter(pk=commune.pk).update(organisme=organisme)
    exercice = Exercice.objects.create(annee=2026, ouvert_par=gestionnaire, ouvert_le=AVANT)
    contribution = Contribution.objects.create(
        exercice=exercice,
        adherent=commune,
        nom=organisme.nom,
        siret=organisme.siret,
        volume=3,
        creees=3,
        comptees=3,
        debut=date(2026, 1, 1),
        agents=420,
        tranche=1,
        montant=250,
        numero=1,
        emise_le=AVANT,
    )
    defaut = Defaut.objects.create(
        contribution=contribution,
        etat="bloquee",
        echeance=date(2026, 9, 1),
        relancee_le=date(2026, 10, 2),
        en_demeure_le=date(2026, 11, 2),
        bloquee_le=AVANT.date(),
        ouvert_le=AVANT,
    )
    defaut.contribution.adherent.refresh_from_db()
    bloquer(defaut, par=PLATEFORME, maintenant=AVANT)
    organisme.refresh_from_db()


def test_bloquee_la_commune_recoit_encore_des_reponses_et_les_ouvre(scene):
    scene.repond(le=AVANT - timedelta(hours=1))
    bloquer_la_commune(scene)
    scene.repond(qui="zoe", chez="zingueurs", le=LIMITE - timedelta(hours=2))

    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)

    assert Pli.objects.filter(consultation=scene.consultation).count() == 2
    assert not seance.ouvertures.exclude(etat="ouverte").exists()
    assert {ouverture.pli_id for ouverture in seance.ouvertures.all()} == set(
        Pli.objects.values_list("pk", flat=True)
    )


def test_bloquee_une_consultation_nouvelle_se_refuse_et_dit_qui_appeler(scene):
    bloquer_la_commune(scene)

    with pytest.raises(RegleEnfreinte, match="appelez le centre de gestion : 0"):
        creer_consultation(
            organisme=scene.consultation.organisme,
            redigee_par=scene.personne("martine"),
            fiche=Fiche(titre="Une autre toiture", objet="Refaire", nature="travaux"),
            maintenant=LIMITE,
        )
