"""CCP, art. R. 2144-7, R. 2152-7, R. 2181-7 et R. 2185-1 : choisir, remplacer, renoncer, et dire pourquoi."""

from decimal import Decimal

import pytest

from beffroi.attribution.rules.decisions import (
    Choix,
    FaitsDuLot,
    choix_motive,
    peut_decider,
    peut_renoncer,
    peut_valider,
)

PRISE = FaitsDuLot(etat="depouillee", decision="Attribué à X", actuelle="AT-1", vue="AT-1")
PARTIE = FaitsDuLot(etat="attribuee", decision="Attribué à X", actuelle="AT-1", vue="AT-1", lettres_parties=True)


@pytest.mark.article("CCP", "R. 2152-7")
def test_une_autre_que_la_mieux_classee_se_motive():
    choix = Choix(montant=Decimal(10), motif="Meilleure", rang=2)

    assert not choix_motive(choix).favorable
    assert choix_motive(Choix(Decimal(10), "Meilleure", rang=2, motif_de_l_ecart="La première se retire.")).favorable


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
