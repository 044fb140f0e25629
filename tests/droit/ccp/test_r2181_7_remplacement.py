"""CCP, art. R. 2144-7, R. 2152-7, R. 2181-7 et R. 2185-1 :
choisir, remplacer, renoncer, et dire pourquoi.
"""

from decimal import Decimal

import pytest

from beffroi.choix.attribution.rules.decisions import (
    CAUSES,
    MONTANT_MAXIMAL,
    RENONCIATIONS,
    Choix,
    FaitsDuLot,
    Fondement,
    choix_motive,
    peut_decider,
    peut_renoncer,
    peut_valider,
)

PRISE = FaitsDuLot(etat="depouillee", decision="Attribué à X", actuelle="AT-1", vue="AT-1")
PARTIE = FaitsDuLot(
    etat="attribuee", decision="Attribué à X", actuelle="AT-1", vue="AT-1", lettres_parties=True
)


@pytest.mark.article("CCP", "R. 2152-7")
def test_une_autre_que_la_mieux_classee_se_motive():
    choix = Choix(montant=Decimal(10), motif="Meilleure", rang=2)

    assert not choix_motive(choix).favorable
    assert choix_motive(
        Choix(Decimal(10), "Meilleure", rang=2, motif_de_l_ecart="La première se retire.")
    ).favorable


@pytest.mark.article("CCP", "R. 2152-7")
def test_deux_premieres_ex_aequo_se_choisissent_sans_ecart():
    assert choix_motive(Choix(Decimal(10), "Tirage au sort prévu au règlement", rang=1)).favorable


@pytest.mark.article("CCP", "L. 2152-1")
def test_une_offre_eliminee_ne_se_retient_pas():
    assert not choix_motive(Choix(Decimal(10), "Meilleure", eliminee="irrégulière")).favorable


@pytest.mark.article("CCP", "R. 2144-7")
@pytest.mark.article("CCP", "R. 2181-7")
@pytest.mark.parametrize(
    ("faits", "cause", "permis"),
    [
        (PRISE, "correction", True),
        (PARTIE, "correction", False),
        (PARTIE, "defaillance", True),
        (PARTIE, "empechement", True),
        (PARTIE, "renonciation", True),
        (PRISE, "", False),
    ],
)
def test_ce_qui_est_parti_ne_se_corrige_plus_mais_se_remplace(faits, cause, permis):
    assert peut_decider(faits, cause=cause, motif="Ses preuves manquent.").favorable is permis


@pytest.mark.article("CCP", "R. 2181-7")
def test_l_offre_suivante_est_celle_qu_on_attend_apres_une_defaillance():
    assert choix_motive(Choix(Decimal(10), "Deuxième offre", rang=2, attendu=2)).favorable


@pytest.mark.article("CCP", "R. 2185-1")
@pytest.mark.article("CCP", "R. 2122-2")
@pytest.mark.parametrize(
    ("fondement", "motif", "offres", "permis"),
    [
        ("interet_general", "Le budget est réduit.", 3, True),
        ("interet_general", " ", 3, False),
        ("aucune_offre", "Personne n'a répondu.", 0, True),
        ("aucune_offre", "Personne n'a répondu.", 1, False),
        ("irregulieres", "Toutes sont incomplètes.", 2, True),
        ("irregulieres", "Toutes sont incomplètes.", 0, False),
        ("autre", "Sans raison connue.", 2, False),
    ],
)
def test_on_renonce_pour_un_fondement_connu_et_on_dit_pourquoi(fondement, motif, offres, permis):
    assert peut_renoncer(fondement=fondement, motif=motif, offres=offres).favorable is permis


def test_avant_l_ouverture_on_ne_decide_de_rien():
    assert not peut_decider(FaitsDuLot(etat="close")).favorable


def test_a_deux_qui_propose_ne_valide_pas():
    assert not peut_valider(a_deux=True, proposee_par="U-1", par="U-1").favorable
    assert peut_valider(a_deux=True, proposee_par="U-1", par="U-2").favorable


def test_sans_la_double_validation_qui_propose_attribue():
    assert peut_valider(a_deux=False, proposee_par="U-1", par="U-1").favorable


@pytest.mark.article("CCP", "R. 2152-7")
@pytest.mark.parametrize("motif", ["", " "])
def test_un_choix_et_son_remplacement_ont_un_motif(motif):
    assert not choix_motive(Choix(Decimal(10), motif, rang=1)).favorable
    assert not peut_decider(PRISE, cause="correction", motif=motif).favorable


@pytest.mark.article("CCP", "R. 2152-7")
def test_sans_classement_le_choix_n_a_pas_d_ecart_a_dire():
    assert choix_motive(Choix(Decimal(10), "Seule offre", rang=None)).favorable


@pytest.mark.article("CCP", "R. 2152-7")
def test_la_troisieme_prise_a_la_place_de_la_deuxieme_se_motive():
    (motif,) = choix_motive(
        Choix(Decimal(10), "Meilleure", rang=3, attendu=2, motif_de_l_ecart=" ")
    ).motifs

    assert motif.texte == "Cette offre est classée 3e : dites pourquoi ce n'est pas la 2e."


@pytest.mark.parametrize(
    ("montant", "permis"),
    [
        (None, False),
        (Decimal(-1), False),
        (Decimal(0), False),
        (Decimal("0.01"), True),
        (MONTANT_MAXIMAL - Decimal("0.01"), True),
        (MONTANT_MAXIMAL, False),
        (Decimal("NaN"), False),
        (Decimal("Infinity"), False),
    ],
)
def test_un_montant_attribue_est_positif_et_vraisemblable(montant, permis):
    assert choix_motive(Choix(montant, "Meilleure", rang=1)).favorable is permis


def test_une_decision_prise_entre_temps_ne_s_ecrase_pas():
    premiere = FaitsDuLot(etat="depouillee")
    vue_vide = FaitsDuLot(etat="depouillee", decision="Attribué à X", actuelle="AT-1", vue="")
    retiree = FaitsDuLot(etat="depouillee", vue="AT-1")

    assert peut_decider(premiere).favorable
    assert (
        "Attribué à X" in peut_decider(vue_vide, cause="correction", motif="Oubli.").motifs[0].texte
    )
    assert "retirée" in peut_decider(retiree, cause="correction", motif="Oubli.").motifs[0].texte


@pytest.mark.parametrize("etat", ["publiee", "close", "en_ouverture", "infructueuse", "sans_suite"])
def test_on_ne_decide_qu_entre_l_ouverture_et_la_fin(etat):
    assert not peut_decider(FaitsDuLot(etat=etat)).favorable
    assert peut_decider(FaitsDuLot(etat="attribuee")).favorable


@pytest.mark.article("CCP", "R. 2185-1")
@pytest.mark.article("CCP", "R. 2122-2")
@pytest.mark.article("CCP", "R. 2124-3")
@pytest.mark.parametrize(
    ("fondement", "infructueux", "article"),
    [
        (Fondement.AUCUNE_OFFRE, True, "R. 2122-2"),
        (Fondement.INAPPROPRIEES, True, "R. 2122-2"),
        (Fondement.IRREGULIERES, True, "R. 2124-3"),
        (Fondement.INTERET_GENERAL, False, "R. 2185-1"),
    ],
)
def test_chaque_renonciation_dit_comment_recommencer(fondement, infructueux, article):
    dite = RENONCIATIONS[fondement]

    assert (dite.infructueux, dite.suite.source.numero) == (infructueux, article)


@pytest.mark.article("CCP", "R. 2122-2")
def test_des_offres_inappropriees_supposent_des_offres():
    assert not peut_renoncer(fondement="inappropriees", motif="Sans rapport.", offres=0).favorable
    assert peut_renoncer(fondement="inappropriees", motif="Sans rapport.", offres=1).favorable


@pytest.mark.article("CCP", "R. 2144-7")
@pytest.mark.article("CCP", "R. 2181-7")
@pytest.mark.article("CCP", "R. 2185-1")
def test_chaque_cause_de_remplacement_cite_son_article():
    assert {cause.value: article and article.numero for cause, (_, article) in CAUSES.items()} == {
        "correction": None,
        "defaillance": "R. 2144-7",
        "empechement": "R. 2181-7",
        "renonciation": "R. 2185-1",
    }


@pytest.mark.article("CCP", "L. 2152-1")
@pytest.mark.article("CCP", "R. 2181-1")
@pytest.mark.article("CCP", "R. 2185-2")
def test_chaque_refus_cite_l_article_qui_le_fonde():
    def sources(decision):
        return [motif.source and motif.source.numero for motif in decision.motifs]

    assert sources(choix_motive(Choix(Decimal(10), "", rang=2, eliminee="irrégulière"))) == [
        "R. 2181-1",
        "L. 2152-1",
        "R. 2152-7",
    ]
    assert sources(peut_decider(PARTIE, cause="correction", motif="")) == ["R. 2144-7", "R. 2181-1"]
    assert sources(peut_renoncer(fondement="aucune_offre", motif="", offres=1)) == [
        "R. 2185-2",
        "R. 2122-2",
    ]
    assert sources(peut_renoncer(fondement="", motif="", offres=1)) == ["R. 2185-1"]
    assert "la première" in choix_motive(Choix(Decimal(10), "Meilleure", rang=2)).motifs[0].texte
