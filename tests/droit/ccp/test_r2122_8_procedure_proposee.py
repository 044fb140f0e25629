"""CCP, art. R. 2122-8, R. 2123-1, R. 2124-1 et suivants :
la procédure proposée, au seuil et au jour où il change.
"""

from datetime import date

import pytest

from droit.en_vigueur import Droit, DroitInconnu
from droit.regime import proposer
from droit.tables import ConfianceDansLaSource
from tests.droit.besoins import articles, besoin, propose

pytestmark = pytest.mark.article("CCP", "R. 2122-8")
DISPENSE, ADAPTEE, OUVERT = "sans_publicite", "procedure_adaptee_ouverte", "appel_offres_ouvert"


@pytest.mark.parametrize("montant,attendue", [(59_999, DISPENSE), (60_000, ADAPTEE)])
def test_un_service_se_passe_de_publicite_sous_60_000_euros(montant, attendue):
    assert propose(montant).procedure.valeur == attendue


@pytest.mark.parametrize("montant,attendue", [(99_999, DISPENSE), (100_000, ADAPTEE)])
def test_des_travaux_se_passent_de_publicite_sous_100_000_euros(montant, attendue):
    assert propose(montant, prestation="travaux").procedure.valeur == attendue


@pytest.mark.parametrize(
    "jour,attendue", [(date(2026, 3, 31), ADAPTEE), (date(2026, 4, 1), DISPENSE)]
)
def test_50_000_euros_de_fournitures_n_ont_plus_de_publicite_depuis_le_1er_avril_2026(
    jour, attendue
):
    assert propose(50_000, prestation="fournitures", jour=jour).procedure.valeur == attendue


def test_le_pourquoi_dit_l_article_le_seuil_et_depuis_quand():
    raison = propose(50_000).procedure.pourquoi[0]

    assert str(raison.motif.source) == "CCP, art. R. 2122-8"
    assert raison.en_vigueur == "60\u202f000 € HT depuis le 1er avril 2026"
    assert (raison.depuis, raison.confiance) == (
        date(2026, 4, 1),
        ConfianceDansLaSource.COMMENTAIRE,
    )


def test_avant_2026_la_dispense_de_travaux_n_est_pas_supposee():
    proposition = propose(50_000, prestation="travaux", jour=date(2025, 12, 31))

    assert proposition.procedure.valeur == ADAPTEE
    assert any("seuil.dispense.travaux" in reserve.texte for reserve in proposition.reserves)


def test_une_commune_peut_mettre_en_concurrence_sans_y_etre_tenue():
    alternative = propose(50_000).procedure.alternatives[0]

    assert alternative.valeurs == (ADAPTEE,)
    assert alternative.consequence.motif.texte == "Vous mettez en concurrence sans y être tenu."


@pytest.mark.article("CCP", "L. 2124-1")
@pytest.mark.article("CCP", "R. 2124-1")
@pytest.mark.parametrize(
    "montant,change,attendue",
    [
        (215_999, {}, ADAPTEE),
        (216_000, {}, OUVERT),
        (139_999, {"collectivite_territoriale": False}, ADAPTEE),
        (140_000, {"collectivite_territoriale": False}, OUVERT),
        (431_999, {"type_d_acheteur": "entité adjudicatrice"}, ADAPTEE),
        (432_000, {"type_d_acheteur": "entité adjudicatrice"}, OUVERT),
        (5_403_999, {"prestation": "travaux"}, ADAPTEE),
        (5_404_000, {"prestation": "travaux"}, OUVERT),
    ],
)
def test_la_procedure_est_formalisee_a_partir_du_seuil_de_l_acheteur(montant, change, attendue):
    assert propose(montant, **change).procedure.valeur == attendue


@pytest.mark.article("CCP", "R. 2124-1")
@pytest.mark.parametrize(
    "jour,attendue", [(date(2025, 12, 31), ADAPTEE), (date(2026, 1, 1), OUVERT)]
)
def test_218_000_euros_de_services_sont_formalises_depuis_le_1er_janvier_2026(jour, attendue):
    assert propose(218_000, jour=jour).procedure.valeur == attendue


@pytest.mark.article("CCP", "R. 2124-1")
@pytest.mark.parametrize(
    "jour,attendue", [(date(2025, 12, 31), ADAPTEE), (date(2026, 1, 1), OUVERT)]
)
def test_5_450_000_euros_de_travaux_sont_formalises_depuis_le_1er_janvier_2026(jour, attendue):
    assert propose(5_450_000, prestation="travaux", jour=jour).procedure.valeur == attendue


def test_le_changement_de_seuil_annonce_est_dit():
    bientot = propose(215_000, jour=date(2027, 10, 1))

    assert any("1er janvier 2028" in reserve.texte for reserve in bientot.reserves)


def test_un_seuil_qui_ne_change_que_dans_un_an_ne_se_dit_pas_encore():
    assert not any("Les seuils changent" in reserve.texte for reserve in propose(215_000).reserves)


def test_une_date_hors_des_tables_est_une_erreur_jamais_une_supposition():
    with pytest.raises(DroitInconnu):
        propose(218_000, jour=date(2028, 1, 1))


def test_le_besoin_et_les_tables_se_lisent_a_la_meme_date():
    with pytest.raises(ValueError, match="même date"):
        proposer(besoin(50_000), Droit.au(date(2026, 1, 1)))


@pytest.mark.article("CCP", "R. 2123-6")
def test_choisir_un_appel_d_offres_sous_le_seuil_oblige_a_le_suivre_entier():
    alternative = next(a for a in propose(100_000).procedure.alternatives if a.valeurs == (OUVERT,))
    choisie = propose(100_000, retenue=OUVERT)

    assert str(alternative.consequence.motif.source) == "CCP, art. R. 2123-6"
    assert choisie.publicite.valeurs == ("BOAMP", "JOUE", "profil")
    assert choisie.suspension.valeur == "11"


@pytest.mark.article("CCP", "R. 2123-4")
def test_une_procedure_adaptee_peut_etre_restreinte():
    sources = articles(
        alternative.consequence for alternative in propose(100_000).procedure.alternatives
    )

    assert sources[0] == "CCP, art. R. 2123-4"


@pytest.mark.article("CCP", "R. 2124-2")
def test_l_appel_d_offres_peut_etre_restreint():
    restreint = next(
        a
        for a in propose(300_000).procedure.alternatives
        if a.valeurs == ("appel_offres_restreint",)
    )

    assert str(restreint.consequence.motif.source) == "CCP, art. R. 2124-2"


@pytest.mark.article("CCP", "R. 2124-5")
@pytest.mark.article("CCP", "R. 2124-6")
@pytest.mark.parametrize(
    "type_d_acheteur,article",
    [("pouvoir adjudicateur", "R. 2124-5"), ("entité adjudicatrice", "R. 2124-6")],
)
def test_le_dialogue_competitif_a_ses_cas_ou_sa_liberte(type_d_acheteur, article):
    proposition = propose(500_000, type_d_acheteur=type_d_acheteur)
    dialogue = next(
        a for a in proposition.procedure.alternatives if a.valeurs == ("dialogue_competitif",)
    )

    assert str(dialogue.consequence.motif.source) == f"CCP, art. {article}"


@pytest.mark.article("CCP", "R. 2124-3")
def test_un_pouvoir_adjudicateur_ne_negocie_que_dans_un_des_six_cas():
    negociation = next(
        a
        for a in propose(300_000).procedure.alternatives
        if a.valeurs == ("procedure_avec_negociation",)
    )

    assert str(negociation.consequence.motif.source) == "CCP, art. R. 2124-3"


@pytest.mark.article("CCP", "R. 2124-4")
def test_une_entite_adjudicatrice_negocie_librement():
    proposition = propose(500_000, type_d_acheteur="entité adjudicatrice")
    sources = articles(
        alternative.consequence for alternative in proposition.procedure.alternatives
    )

    assert "CCP, art. R. 2124-4" in sources


@pytest.mark.article("CCP", "R. 2123-1")
def test_un_service_social_reste_en_procedure_adaptee_quel_que_soit_le_montant():
    proposition = propose(900_000, services_sociaux_ou_specifiques=True)

    assert proposition.procedure.valeur == ADAPTEE
    assert articles(proposition.procedure.pourquoi) == ["CCP, art. R. 2123-1, 3°"]


def test_une_procedure_pas_encore_servie_de_bout_en_bout_le_dit():
    assert any("n'est pas encore menée" in reserve.texte for reserve in propose(50_000).reserves)
    assert not any(
        "n'est pas encore menée" in reserve.texte for reserve in propose(70_000).reserves
    )
