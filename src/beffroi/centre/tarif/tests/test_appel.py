"""Le volume qui décide, les dates de l'appel, les choix datés :
à chaque valeur de chaque paramètre.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from beffroi.centre.tarif.rules import dates, parametres
from beffroi.centre.tarif.rules.contribution import Demande, calculer
from beffroi.centre.tarif.rules.grille import TrancheTarifaire, peut_etre_adoptee, tarif_de_l_annexe
from beffroi.centre.tarif.rules.parametres import Choix, Parametres
from beffroi.centre.tarif.rules.volume import (
    annee_comptee,
    annee_de_l_appel,
    exercice_decide,
    volume_retenu,
)

BASES = ["n_moins_1", "n_estime_regularise", "n_constate_appele_n_plus_1"]


@pytest.mark.parametrize(("base", "annee"), list(zip(BASES, [2026, 2027, 2027], strict=True)))
def test_l_annee_comptee_est_celle_que_l_exploitant_a_choisie(base, annee):
    assert annee_comptee(2027, Parametres(base_volume=base)) == annee


@pytest.mark.parametrize(("base", "annee"), list(zip(BASES, [2027, 2027, 2028], strict=True)))
def test_l_exercice_s_appelle_en_janvier_de_l_annee_ou_de_la_suivante(base, annee):
    assert annee_de_l_appel(2027, Parametres(base_volume=base)) == annee


@pytest.mark.parametrize("base", BASES)
def test_une_annee_decide_de_l_exercice_qui_la_compte(base):
    choix = Parametres(base_volume=base)

    assert annee_comptee(exercice_decide(2026, choix), choix) == 2026


def retenu(estime=60, *, premiere=True, **choix):
    volume = volume_retenu(
        2027,
        compte=12,
        estime=estime,
        est_la_premiere_annee=premiere,
        parametres=Parametres(**choix),
    )
    return volume.nombre, volume.source, volume.a_regulariser


@pytest.mark.parametrize(
    ("choix", "attendu"),
    [
        ("estimation", (60, "estime", False)),
        ("t1", (0, "t1", False)),
        ("regularisation", (60, "estime", True)),
    ],
)
def test_la_premiere_annee_suit_l_estimation_la_premiere_tranche_ou_se_regularise(choix, attendu):
    assert retenu(premiere_annee=choix) == attendu


def test_sans_estimation_la_premiere_annee_est_en_premiere_tranche():
    assert retenu(None) == (0, "t1", False)


def test_la_deuxieme_annee_prend_le_compte_partiel_tel_qu_il_est():
    assert retenu(premiere=False) == (12, "compte", False)


def test_estimee_puis_regularisee_l_annee_prend_l_estimation_et_le_dit():
    assert retenu(premiere=False, base_volume="n_estime_regularise") == (60, "estime", True)


def test_constatee_l_annee_prend_son_propre_compte_meme_la_premiere():
    assert retenu(base_volume="n_constate_appele_n_plus_1") == (12, "compte", False)


@pytest.mark.parametrize(
    ("jour", "favorable"), [(date(2027, 1, 1), False), (date(2027, 1, 2), True)]
)
def test_l_appel_s_ouvre_le_2_janvier(jour, favorable):
    assert dates.peut_ouvrir(2027, aujourd_hui=jour).favorable is favorable


def test_l_appel_part_le_31_janvier_au_plus_tard_et_une_adhesion_dans_les_trente_jours():
    assert dates.envoi_au_plus_tard(2027) == date(2027, 1, 31)
    assert dates.appel_au_plus_tard(date(2027, 7, 1)) == date(2027, 7, 31)


@pytest.mark.article("CCP", "R. 2192-10")
@pytest.mark.article("CCP", "R. 2521-2")
def test_l_appel_se_paie_dans_les_trente_jours_de_sa_reception():
    assert dates.echeance(date(2027, 1, 31)) == date(2027, 3, 2)


@pytest.mark.parametrize(
    ("emis", "jour", "favorable"),
    [
        (date(2027, 1, 2), date(2027, 2, 1), True),
        (date(2027, 1, 2), date(2027, 2, 2), False),
        (date(2027, 3, 10), date(2027, 4, 9), True),
        (date(2027, 3, 10), date(2027, 4, 10), False),
        (None, date(2027, 3, 9), True),
    ],
)
def test_un_compte_notifie_le_2_janvier_se_conteste_jusqu_a_trente_jours_apres_l_emission(
    emis, jour, favorable
):
    assert (
        dates.peut_contester(notifie=date(2027, 1, 2), emis=emis, aujourd_hui=jour).favorable
        is favorable
    )


def test_un_compte_qui_n_est_pas_notifie_ne_se_conteste_pas_encore():
    assert not dates.peut_contester(notifie=None, emis=None, aujourd_hui=date(2027, 1, 1)).favorable


# ---------------------------------------------------------------- choix datés


def test_un_choix_vaut_a_partir_de_son_jour_et_le_dernier_l_emporte():
    choix = [
        Choix("prorata", "mois_entame", date(2026, 1, 1)),
        Choix("prorata", "jours", date(2028, 1, 1)),
        Choix("prorata", "mois_entame", date(2028, 1, 1)),
    ]

    valeurs = [
        parametres.en_vigueur(choix, date(annee, 1, 1)).prorata for annee in (2025, 2026, 2028)
    ]
    assert valeurs == ["jours", "mois_entame", "mois_entame"]


def test_chaque_parametre_a_sa_question_et_sa_valeur_d_office_en_est_une_reponse():
    d_office = parametres.en_valeurs(parametres.D_OFFICE)

    assert tuple(parametres.QUESTIONS) == parametres.CLES
    assert all(
        parametres.peut_etre_choisi(cle, valeur).favorable for cle, valeur in d_office.items()
    )


@pytest.mark.parametrize("cle, valeur", [("prorata", "semaines"), ("couleur", "rouge")])
def test_une_reponse_inconnue_est_refusee_en_une_phrase(cle, valeur):
    assert not parametres.peut_etre_choisi(cle, valeur).favorable
    with pytest.raises(ValueError, match="«"):
        parametres.depuis_des_valeurs({cle: valeur})


# ---------------------------------------------------------------- grille, départ


@pytest.mark.parametrize(
    ("deliberee_le", "effet", "favorable"),
    [
        (date(2024, 12, 10), date(2025, 1, 1), True),
        (date(2025, 1, 1), date(2025, 1, 1), False),
        (date(2024, 12, 10), date(2025, 2, 1), False),
    ],
)
def test_une_grille_prend_effet_le_1er_janvier_qui_suit_sa_deliberation(
    deliberee_le, effet, favorable
):
    decision = peut_etre_adoptee(tarif_de_l_annexe(), deliberee_le=deliberee_le, effet=effet)

    assert decision.favorable is favorable


def test_un_trou_dans_la_categorie_gratuite_est_dit_aussi():
    trouee = replace(tarif_de_l_annexe(), jusqu_au_seuil=(TrancheTarifaire(1, 0, 9, Decimal(0)),))

    decision = peut_etre_adoptee(trouee, deliberee_le=date(2024, 12, 10), effet=date(2025, 1, 1))
    assert decision.motifs[0].texte.startswith("350 agents ou moins : ")


@pytest.mark.parametrize(("impaye", "avoir"), [(False, Decimal("126.03")), (True, Decimal(0))])
def test_qui_part_pour_impaye_n_a_pas_d_avoir(impaye, avoir):
    demande = Demande(420, 60, 2026, fin=date(2026, 9, 30), fin_pour_impaye=impaye)

    assert calculer(demande).avoir == avoir


def test_une_autre_grille_a_ses_propres_bornes_et_son_propre_seuil():
    tarif = replace(
        tarif_de_l_annexe(), au_dela=(TrancheTarifaire(1, 0, None, Decimal(700)),), seuil=200
    )

    assert calculer(Demande(201, 9_999, 2027), tarif=tarif).montant == 700
    assert calculer(Demande(199, 9_999, 2027), tarif=tarif).montant == 0
