"""CCP, art. R. 2151-4 (et R. 3122-8) :
quand le dossier change, le délai se prolonge, à proportion.
"""

from datetime import UTC, datetime, timedelta

import pytest

from beffroi.achat.consultations.rules.procedures import procedure
from beffroi.achat.dossiers.rules.prolongation import (
    COMPLEMENT,
    CONSEILLEE,
    DUE,
    IMPORTANT,
    INUTILE,
    NEGLIGEABLE,
    Delai,
    est_tardif,
    peut_se_passer_de_prolongation,
    prolongation_appelee,
)

LIMITE = datetime(2026, 11, 26, 11, 0, tzinfo=UTC)  # jeudi, midi à Paris
AOO = Delai(LIMITE, procedure("appel_offres_ouvert"))
MAPA = Delai(LIMITE, procedure("procedure_adaptee_ouverte"))
SIX_JOURS_AVANT = datetime(
    2026, 11, 20, 22, 30, tzinfo=UTC
)  # 23 h 30 à Paris, le dernier jour pour répondre
LE_LENDEMAIN = SIX_JOURS_AVANT + timedelta(hours=1)
pytestmark = pytest.mark.article("CCP", "R. 2151-4")


def appelee(portee, delai=AOO, le=LE_LENDEMAIN):
    return prolongation_appelee(portee, delai=delai, maintenant=le)


@pytest.mark.parametrize("delai", [AOO, MAPA])
@pytest.mark.parametrize("le", [LIMITE - timedelta(days=30), LIMITE - timedelta(hours=1)])
def test_un_changement_important_prolonge_toujours_le_delai(delai, le):
    assert appelee(IMPORTANT, delai, le).verdict == DUE


@pytest.mark.article("CCP", "R. 2132-6")
def test_une_reponse_donnee_six_jours_avant_n_oblige_a_rien():
    assert appelee(COMPLEMENT, le=SIX_JOURS_AVANT).verdict == INUTILE


@pytest.mark.article("CCP", "R. 2132-6")
def test_une_reponse_donnee_cinq_jours_avant_prolonge_le_delai():
    assert appelee(COMPLEMENT).verdict == DUE


@pytest.mark.article("CCP", "R. 2132-6")
def test_un_delai_ecourte_pour_urgence_laisse_repondre_quatre_jours_avant():
    ecourte = Delai(LIMITE, procedure("appel_offres_ouvert"), ecourte=True)

    assert not est_tardif(ecourte, maintenant=LE_LENDEMAIN)
    assert est_tardif(ecourte, maintenant=LE_LENDEMAIN + timedelta(days=2))


def test_une_procedure_adaptee_n_a_pas_ce_delai_et_s_en_inspire():
    assert appelee(COMPLEMENT, MAPA).verdict == CONSEILLEE


def test_un_changement_negligeable_n_oblige_jamais_mais_se_signale_pres_de_la_limite():
    assert appelee(NEGLIGEABLE).verdict == CONSEILLEE
    assert appelee(NEGLIGEABLE, le=SIX_JOURS_AVANT).verdict == INUTILE


@pytest.mark.article("CCP", "R. 3122-8")
def test_une_concession_suit_son_propre_article():
    concession = Delai(LIMITE, procedure("concession_au_dessus_du_seuil"))

    assert "3122-8" in str(appelee(IMPORTANT, concession).pourquoi.source)


@pytest.mark.parametrize("portee", [IMPORTANT, COMPLEMENT, NEGLIGEABLE])
def test_la_limite_proposee_laisse_le_temps_de_lire_a_l_heure_deja_annoncee(portee):
    proposee = appelee(portee).jusqu_au

    assert proposee > LIMITE
    assert (proposee.hour, proposee.minute) == (LIMITE.hour, LIMITE.minute)
    assert not est_tardif(Delai(proposee, AOO.procedure), maintenant=LE_LENDEMAIN)


def test_ne_pas_prolonger_quand_il_le_faut_se_motive():
    due = appelee(IMPORTANT)

    def peut(**choix):
        return peut_se_passer_de_prolongation(appelee=due, **choix).favorable

    assert not peut(prolongee=False, motif=" ")
    assert peut(prolongee=False, motif="Aucune réponse n'en dépend.")
    assert peut(prolongee=True, motif="")
