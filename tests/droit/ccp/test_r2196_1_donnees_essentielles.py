"""CCP, art. R. 2196-1 et R. 3131-1 :
quelles données publier, à partir de quel montant, dans quel délai.
"""

from datetime import date
from decimal import Decimal

import pytest

from beffroi.contrat.donnees_essentielles.rules import (
    RETENABLES,
    a_publier_avant,
    bornes_de_la_liste,
    est_du_fichier,
    peut_etre_corrigee,
    peut_recevoir_un_ajout,
    peut_retenir,
)
from tests.droit.bornes import INCONNUE, LECTURE, bascule

pytestmark = [pytest.mark.article("CCP", "R. 2196-1"), pytest.mark.article("CCP", "R. 3131-1")]


@pytest.mark.parametrize(
    ("cle", "valeur"),
    [
        ("seuil.donnees_essentielles", 40_000),
        ("seuil.donnees_essentielles.liste_annuelle", 25_000),
        ("donnees_essentielles.marche", 2),
        ("donnees_essentielles.modification", 2),
        ("donnees_essentielles.concession", "avant le début de l'exécution"),
        ("donnees_essentielles.concession.modification", 2),
        ("donnees_essentielles.schema", "2.0.3"),
        ("donnees_essentielles.numero", 16),
        ("donnees_essentielles.objet", 1000),
    ],
)
def test_la_valeur_est_connue_depuis_la_version_lue_et_pas_avant(cle, valeur):
    assert bascule(cle, LECTURE) == (INCONNUE, valeur)


@pytest.mark.article("CCP", "L. 2196-2")
def test_une_donnee_se_retient_en_disant_pourquoi_et_seulement_si_un_secret_peut_la_proteger():
    retenable = sorted(RETENABLES)[0]

    assert peut_retenir(champs=[retenable], motifs=["Secret des affaires."]).favorable
    assert not peut_retenir(champs=[retenable], motifs=[" "]).favorable
    assert not peut_retenir(champs=["id"], motifs=["Secret des affaires."]).favorable


@pytest.mark.parametrize(
    ("conclu_le", "montant", "avant"),
    [
        (date(2026, 11, 2), "40000", date(2027, 1, 2)),
        (date(2026, 12, 31), "40000", date(2027, 2, 28)),
        (date(2026, 11, 2), "39999.99", date(2027, 3, 31)),
        (date(2026, 11, 2), "25000", date(2027, 3, 31)),
        (date(2026, 11, 2), "24999.99", None),
    ],
)
def test_deux_mois_des_40_000_euros_le_premier_trimestre_des_25_000(conclu_le, montant, avant):
    assert (
        a_publier_avant(est_concession=False, conclu_le=conclu_le, montant=Decimal(montant))
        == avant
    )


def test_une_concession_se_publie_avant_son_execution_quel_que_soit_son_montant():
    debut = date(2027, 1, 1)
    dite = {"est_concession": True, "conclu_le": date(2026, 11, 2), "montant": Decimal(1)}

    assert a_publier_avant(**dite, debut_le=debut) == debut
    assert a_publier_avant(**dite) is None


def test_avant_ce_que_les_tables_ont_lu_aucune_date_ne_s_invente():
    assert (
        a_publier_avant(est_concession=False, conclu_le=date(2019, 1, 2), montant=Decimal(90_000))
        is None
    )
    assert bornes_de_la_liste(2019) is None


def test_la_liste_annuelle_va_de_25_000_compris_a_40_000_exclu():
    assert bornes_de_la_liste(2026) == (25_000, 40_000)


def test_une_fiche_publiee_ne_se_corrige_plus_mais_recoit_une_modification():
    assert not peut_etre_corrigee(publiee=True).favorable
    assert peut_etre_corrigee(publiee=False).favorable
    assert peut_recevoir_un_ajout(publiee=True).favorable
    assert not peut_recevoir_un_ajout(publiee=False).favorable


@pytest.mark.article("CCP", "L. 2196-2")
def test_chaque_donnee_retenue_a_sa_raison():
    assert not peut_retenir(
        champs=["montant", "titulaires"], motifs=["Secret des affaires.", ""]
    ).favorable
    assert not peut_retenir(champs=["montant", "objet"], motifs=["Secret.", "Secret."]).favorable
    assert peut_retenir(champs=[], motifs=[]).favorable


@pytest.mark.parametrize("exigee", ["montant", "titulaires", "lieuExecution"])
def test_sans_une_donnee_que_le_format_exige_la_fiche_sort_du_fichier(exigee):
    assert not est_du_fichier(canal="profil", retenues=[exigee])


def test_la_fiche_entre_au_fichier_par_ce_profil_seulement():
    assert est_du_fichier(canal="profil", retenues=[])
    assert est_du_fichier(canal="profil", retenues=["origineUE", "tauxAvance"])
    assert not est_du_fichier(canal="pes", retenues=[])


@pytest.mark.article("CCP", "L. 2196-2")
def test_ce_qui_peut_se_retenir_est_nomme_comme_dans_le_format_et_le_reste_se_publie_toujours():
    assert set(RETENABLES) == {
        "montant",
        "titulaires",
        "lieuExecution",
        "origineUE",
        "origineFrance",
        "tauxAvance",
        "actesSousTraitance",
    }
    for decision in (
        peut_retenir(champs=["id"], motifs=[]),
        peut_retenir(champs=["montant"], motifs=[""]),
    ):
        assert [motif.source.numero for motif in decision.motifs] == ["L. 2196-2"]


def test_corriger_ou_completer_trop_tard_cite_l_article():
    for decision in (peut_etre_corrigee(publiee=True), peut_recevoir_un_ajout(publiee=False)):
        assert [motif.source.numero for motif in decision.motifs] == ["R. 2196-1"]
