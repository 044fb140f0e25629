"""Mille personnes suivent :
l'acte qui leur annonce ne s'allonge pas, nul n'est oublié, nul ne reçoit deux fois.
"""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.personnes.abonnements import services
from beffroi.personnes.abonnements.models import Nouvelle, Suivi
from beffroi.personnes.abonnements.services import SUIVIS_PAR_LOT
from beffroi.personnes.abonnements.tests.gestes import SUJET, annoncer
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel, Tache
from beffroi.socle.fondations.taches import vider_la_file

pytestmark = pytest.mark.django_db
FOULE = 2 * SUIVIS_PAR_LOT + 10
REQUETES_PAR_LOT = 1


def suivre(rangs):
    for rang in rangs:
        services.suivre(courriel=f"suivi{rang}@example.org", sujet=SUJET, maintenant=maintenant())


def requetes(faire):
    with CaptureQueriesContext(connection) as lues:
        faire()
    return len(lues)


def recus():
    return Counter(
        Courriel.objects.filter(sujet="Le dossier a changé").values_list("destinataire", flat=True)
    )


def test_au_dela_d_un_lot_l_acte_n_inscrit_que_le_travail():
    suivre(range(SUIVIS_PAR_LOT + 1))
    deux_lots = requetes(lambda: annoncer(cle="v2"))
    suivre(range(SUIVIS_PAR_LOT + 1, FOULE))
    trois_lots = requetes(lambda: annoncer(cle="v3"))

    assert trois_lots - deux_lots == REQUETES_PAR_LOT
    assert not Courriel.objects.exists()


def test_chacun_recoit_ce_que_l_acte_a_dit_une_fois():
    suivre(range(FOULE))
    assert annoncer() == FOULE
    vider_la_file()
    Tache.objects.update(etat=Tache.Etat.PRETE)
    vider_la_file()

    assert recus() == {f"suivi{rang}@example.org": 1 for rang in range(FOULE)}
    assert not Courriel.objects.filter(envoye_le=None).exists()
    assert all(
        texte.startswith("Le CCTP est remplacé.\n")
        for texte in Courriel.objects.values_list("texte", flat=True)
    )


def test_qui_se_retire_ou_refuse_entre_l_acte_et_l_ouvrier_ne_recoit_rien():
    suivre(range(FOULE))
    annoncer()
    services.arreter(suivis=list(Suivi.objects.filter(adresse__courriel="suivi7@example.org")))
    services.noter_le_refus(courriel="suivi8@example.org", le=maintenant())
    vider_la_file()

    assert not {"suivi7@example.org", "suivi8@example.org"} & recus().keys()
    assert len(recus()) == FOULE - 2


@pytest.mark.moteurs
def test_dans_une_foule_le_suivi_quotidien_attend_le_resume():
    suivre(range(FOULE))
    Suivi.objects.filter(adresse__courriel="suivi7@example.org").update(
        cadence=Suivi.Cadence.QUOTIDIEN
    )
    annoncer()
    vider_la_file()

    assert "suivi7@example.org" not in recus()
    assert Nouvelle.objects.get().suivi.adresse.courriel == "suivi7@example.org"


@pytest.mark.moteurs
def test_un_acte_defait_n_annonce_rien_a_la_foule():
    from django.db import transaction

    suivre(range(FOULE))
    with pytest.raises(RuntimeError), transaction.atomic():
        annoncer()
        raise RuntimeError

    assert not Tache.objects.filter(chemin=services.annoncer_a_un_lot.module_path).exists()
