"""Le résumé du matin et l'achèvement : l'avis dû, l'avis en retard, le rapport à établir ;
faits, ils n'y sont plus.
"""

from datetime import timedelta

import pytest

from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.contrat.achevement.tests.test_rapport import etablir
from beffroi.contrat.marches.models import Marche
from beffroi.personnes.rappels.ports import ce_qui_attend
from beffroi.personnes.rappels.services import texte_du_resume

pytestmark = pytest.mark.django_db
TRENTE_JOURS = timedelta(days=30)
AVIS, RAPPORT = "Avis d'attribution : à publier", "Établir le rapport de présentation"


def resume(conclu, *, le):
    return texte_du_resume(ce_qui_attend(conclu.martine, le=le))


@pytest.mark.article("CCP", "R. 2183-1")
@pytest.mark.parametrize(
    ("jours", "quand"),
    [
        (0, "Avant le 1er mars 2027"),
        (30, "Avant le 1er mars 2027"),
        (31, "En retard : dû le 1er mars 2027"),
    ],
)
def test_l_avis_du_se_dit_jusqu_a_son_dernier_jour_puis_en_retard(procedure_conclue, jours, quand):
    texte = resume(procedure_conclue, le=SIGNE_LE + timedelta(days=jours))

    assert AVIS in texte and quand in texte


def test_l_avis_parti_ne_se_rappelle_plus(procedure_conclue):
    procedure_conclue.envoyer(procedure_conclue.ecrire())

    assert AVIS not in resume(procedure_conclue, le=SIGNE_LE + TRENTE_JOURS)


@pytest.mark.article("CCP", "R. 2184-1")
def test_le_rapport_exige_se_rappelle_jusqu_a_ce_qu_il_soit_etabli(procedure_conclue):
    apres = SIGNE_LE + timedelta(days=2)
    texte = resume(procedure_conclue, le=apres)
    assert RAPPORT in texte and "Contrat signé le 30 janvier 2027" in texte

    etablir(procedure_conclue)
    assert RAPPORT not in resume(procedure_conclue, le=apres)


def en(conclu, procedure, **contrat):
    """La même procédure, nommée autrement ; elle est relue par la liste."""
    type(conclu.consultation).toutes.filter(pk=conclu.consultation.pk).update(
        type_de_procedure=procedure
    )
    Marche.toutes.filter(pk=conclu.marche.pk).update(procedure=procedure, **contrat)


def test_au_dessous_du_seuil_rien_n_est_rappele(procedure_conclue):
    en(procedure_conclue, "procedure_adaptee_ouverte")
    texte = resume(procedure_conclue, le=SIGNE_LE + TRENTE_JOURS)

    assert RAPPORT not in texte and AVIS not in texte and "Transmettre ou notifier" in texte


@pytest.mark.article("CCP", "R. 3125-6")
def test_une_concession_a_quarante_huit_jours_apres_sa_notification(procedure_conclue):
    en(procedure_conclue, "concession_au_dessus_du_seuil", nature="concession")
    assert AVIS not in resume(procedure_conclue, le=SIGNE_LE + timedelta(days=3))
    en(
        procedure_conclue,
        "concession_au_dessus_du_seuil",
        etat="notifie",
        notifie_le=SIGNE_LE.date() + timedelta(days=3),
    )
    texte = resume(procedure_conclue, le=SIGNE_LE + timedelta(days=51))

    assert AVIS in texte and "Avant le 22 mars 2027" in texte
