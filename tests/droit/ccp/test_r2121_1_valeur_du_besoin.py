"""CCP, art. R. 2121-1 à R. 2121-8 : ce que l'on additionne avant de regarder un seuil."""

from decimal import Decimal

import pytest

from tests.droit.besoins import articles, besoin, lots, propose

pytestmark = pytest.mark.article("CCP", "R. 2121-1")


def test_les_lots_comptent_ensemble():
    proposition = propose(50_000, lots=lots(40_000, 30_000))

    assert proposition.valeur.montant == 70_000
    assert "CCP, art. R. 2121-1" in articles(proposition.valeur.pourquoi)


@pytest.mark.article("CCP", "R. 2121-6")
def test_les_achats_semblables_de_l_annee_s_ajoutent_et_font_changer_de_regime():
    seul = propose(45_000)
    avec_les_autres = propose(45_000, achats_semblables_ht=Decimal(15_000))

    assert (seul.procedure.valeur, avec_les_autres.procedure.valeur) == (
        "sans_publicite",
        "procedure_adaptee_ouverte",
    )
    assert "CCP, art. R. 2121-6" in articles(avec_les_autres.valeur.pourquoi)


@pytest.mark.article("CCP", "R. 2121-5")
def test_les_autres_marches_de_la_meme_operation_de_travaux_s_ajoutent():
    proposition = propose(60_000, prestation="travaux", achats_semblables_ht=Decimal(40_000))

    assert proposition.procedure.valeur == "procedure_adaptee_ouverte"
    assert "CCP, art. R. 2121-5" in articles(proposition.valeur.pourquoi)


@pytest.mark.article("CCP", "R. 2121-6")
def test_sans_achat_semblable_declare_une_personne_verifie():
    assert any("aucun achat semblable" in reserve.texte for reserve in propose(45_000).reserves)


@pytest.mark.article("CCP", "R. 2121-7")
def test_un_besoin_regulier_s_estime_sur_douze_mois():
    assert "CCP, art. R. 2121-7" in articles(propose(45_000).valeur.pourquoi)


@pytest.mark.article("CCP", "R. 2121-4")
def test_on_ne_coupe_pas_un_achat():
    assert "CCP, art. R. 2121-4" in articles(propose(45_000).valeur.pourquoi)


@pytest.mark.article("CCP", "R. 2121-3")
def test_la_valeur_se_mesure_le_jour_de_l_avis():
    assert "CCP, art. R. 2121-3" in articles(propose(45_000).valeur.pourquoi)


@pytest.mark.article("CCP", "R. 2121-8")
def test_un_accord_cadre_sans_maximum_est_repute_formalise():
    proposition = propose(10_000, accord_cadre=True, accord_cadre_sans_maximum=True)

    assert proposition.procedure.valeur == "appel_offres_ouvert"
    assert "CCP, art. R. 2121-8" in articles(proposition.valeur.pourquoi)


@pytest.mark.article("CCP", "R. 3121-1")
def test_une_concession_vaut_son_chiffre_d_affaires():
    assert "CCP, art. R. 3121-1" in articles(propose(45_000, contrat="concession").valeur.pourquoi)


def test_un_montant_negatif_n_est_pas_une_estimation():
    with pytest.raises(ValueError, match="jamais négatif"):
        besoin(-1)
