"""CCP, art. R. 2132-2, R. 2182-1, R. 2196-1, R. 2152-7, L. 2112-2-1 et R. 2191-3 :
ce que le régime proposé entraîne.
"""

from datetime import date

import pytest

from tests.droit.besoins import AUJOURD_HUI, articles, propose

pytestmark = pytest.mark.article("CCP", "R. 2132-2")
CRITERE, CONDITION, SOCIALE = (
    "critere_environnemental",
    "condition_environnementale",
    "condition_sociale",
)


@pytest.mark.parametrize("montant,attendu", [(59_999, "conseille"), (60_000, "exige")])
def test_les_documents_sont_sur_le_profil_a_partir_de_60_000_euros(montant, attendu):
    assert propose(montant, retenue="procedure_adaptee_ouverte").dossier.valeur == attendu


@pytest.mark.parametrize(
    "jour,attendu", [(date(2026, 3, 31), "exige"), (date(2026, 4, 1), "conseille")]
)
def test_le_seuil_du_profil_est_passe_de_40_000_a_60_000_euros_le_1er_avril_2026(jour, attendu):
    assert propose(45_000, jour=jour, retenue="procedure_adaptee_ouverte").dossier.valeur == attendu


@pytest.mark.article("CCP", "R. 2182-1")
@pytest.mark.parametrize("montant,jours", [(215_999, "0"), (216_000, "11")])
def test_l_attente_avant_signature_ne_vaut_qu_en_procedure_formalisee(montant, jours):
    assert propose(montant).suspension.valeur == jours


@pytest.mark.article("CCP", "R. 2182-1")
def test_seize_jours_si_un_rejet_part_sur_papier():
    assert propose(216_000).suspension.alternatives[0].valeurs == ("16",)


@pytest.mark.article("CCP", "R. 2196-1")
@pytest.mark.parametrize(
    "montant,attendu",
    [
        (24_999, "non_exige"),
        (25_000, "liste_annuelle"),
        (39_999, "liste_annuelle"),
        (40_000, "completes"),
    ],
)
def test_les_donnees_essentielles_suivent_le_montant(montant, attendu):
    assert propose(montant).donnees_essentielles.valeur == attendu


@pytest.mark.article("CCP", "R. 2196-1")
def test_la_liste_annuelle_ne_vaut_que_sans_publicite():
    proposition = propose(30_000, retenue="procedure_adaptee_ouverte")

    assert proposition.donnees_essentielles.valeur == "non_exige"


@pytest.mark.article("CCP", "R. 2196-1")
def test_avant_la_lecture_du_texte_rien_n_est_suppose():
    assert propose(50_000, jour=date(2026, 3, 31)).donnees_essentielles.est_a_verifier


@pytest.mark.article("CCP", "R. 2152-7")
@pytest.mark.article("CCP", "L. 2112-2")
@pytest.mark.parametrize(
    "jour,demandes",
    [(date(2026, 8, 20), ("non_exige",)), (date(2026, 8, 21), (CRITERE, CONDITION))],
)
def test_l_environnement_entre_dans_le_marche_le_21_aout_2026(jour, demandes):
    assert propose(100_000, jour=jour).durabilite.valeurs == demandes


@pytest.mark.article("CCP", "L. 2112-2-1")
@pytest.mark.parametrize(
    "montant,demandes", [(215_999, (CRITERE, CONDITION)), (216_000, (CRITERE, CONDITION, SOCIALE))]
)
def test_la_condition_sociale_vaut_au_dessus_du_seuil_europeen(montant, demandes):
    assert propose(montant).durabilite.valeurs == demandes


@pytest.mark.article("CCP", "L. 2112-2-1")
@pytest.mark.parametrize("mois,nombre", [(5, 4), (6, 3)])
def test_des_travaux_de_moins_de_six_mois_ont_une_exception_de_plus(mois, nombre):
    proposition = propose(6_000_000, prestation="travaux", duree_en_mois=mois)

    assert len(proposition.durabilite.alternatives) == nombre


@pytest.mark.article("CCP", "L. 3114-2")
@pytest.mark.article("CCP", "R. 3124-4")
@pytest.mark.article("CCP", "L. 3114-2-1")
@pytest.mark.parametrize(
    "jour,demandes",
    [(date(2026, 8, 20), ("non_exige",)), (date(2026, 8, 21), (CRITERE, CONDITION, SOCIALE))],
)
def test_les_concessions_suivent_le_meme_jour(jour, demandes):
    assert propose(6_000_000, contrat="concession", jour=jour).durabilite.valeurs == demandes


@pytest.mark.article("CCP", "R. 2191-3")
@pytest.mark.parametrize(
    "montant,mois,attendu",
    [
        (50_000, 12, "non_exige"),
        (50_001, 12, "exige"),
        (50_001, 2, "non_exige"),
        (50_001, 3, "exige"),
    ],
)
def test_l_avance_est_due_au_dessus_de_50_000_euros_et_de_deux_mois(montant, mois, attendu):
    assert propose(montant, duree_en_mois=mois).avance.valeur == attendu


@pytest.mark.article("CCP", "R. 2191-3")
def test_sans_duree_l_avance_reste_a_verifier():
    assert propose(80_000, duree_en_mois=None).avance.est_a_verifier


@pytest.mark.article("CCP", "L. 2125-1")
@pytest.mark.parametrize("mois,alerte", [(48, False), (49, True)])
def test_un_accord_cadre_dure_quatre_ans_sauf_justification(mois, alerte):
    proposition = propose(80_000, accord_cadre=True, duree_en_mois=mois)

    assert any("dure 4 ans au plus" in reserve.texte for reserve in proposition.reserves) == alerte


@pytest.mark.parametrize("montant", [10_000, 50_000, 80_000, 150_000, 300_000, 6_000_000])
@pytest.mark.parametrize("prestation", ["travaux", "fournitures", "services"])
def test_chaque_valeur_proposee_dit_pourquoi_et_cite_un_texte(montant, prestation):
    proposition = propose(montant, prestation=prestation, jour=AUJOURD_HUI)

    sans_article = [
        choix.cle
        for choix in proposition.choix
        if not articles(choix.pourquoi) and not choix.est_a_verifier
    ]
    assert sans_article == []


@pytest.mark.article("CCP", "L. 2111-2")
@pytest.mark.parametrize("jour,dites", [(date(2026, 8, 20), False), (date(2026, 8, 21), True)])
def test_le_cahier_des_charges_tient_compte_du_developpement_durable_depuis_le_21_aout_2026(
    jour, dites
):
    assert (
        "CCP, art. L. 2111-2" in articles(propose(100_000, jour=jour).durabilite.pourquoi)
    ) is dites


@pytest.mark.article("CCP", "L. 2111-2")
def test_une_concession_n_est_pas_soumise_a_cet_article():
    proposition = propose(6_000_000, contrat="concession", type_d_acheteur="autorité concédante")

    assert "CCP, art. L. 2111-2" not in articles(proposition.durabilite.pourquoi)
