"""CCP, art. L. 2152-5, L. 2152-6 et R. 2152-3 à R. 2152-5 :
on repère, on demande, on lit, et alors seulement on rejette.
"""

from decimal import Decimal as D

import pytest

from beffroi.choix.analyse.rules.anormalement_basses import (
    COSTANZO,
    Seuils,
    Soupcon,
    peut_rejeter,
    projet_de_question,
    soupcons,
)

pytestmark = [
    pytest.mark.article("CCP", "L. 2152-5"),
    pytest.mark.article("CCP", "L. 2152-6"),
    pytest.mark.article("CCP", "R. 2152-3"),
    pytest.mark.article("CCP", "R. 2152-4"),
    pytest.mark.article("CCP", "R. 2152-5"),
]
TOUT = {
    "question_posee": True,
    "reponse_recue": True,
    "delai_passe": False,
    "motif": "Les heures ne couvrent pas le SMIC.",
}


def test_une_offre_loin_sous_la_moyenne_est_a_regarder():
    (trouvee,) = soupcons({"a": D(60), "b": D(100), "c": D(110)})

    assert trouvee.cle == "a"
    assert [s.code for s in trouvee.signaux] == ["moyenne", "moyenne_recalee"]
    assert (
        trouvee.signaux[0].phrase
        == "33,3 % au-dessous de la moyenne des offres (90\N{NO-BREAK SPACE}€)."
    )


def test_une_offre_tres_haute_ne_cache_pas_une_offre_basse():
    """Moyenne 132,5 tirée par 250 : sans elle, 93,33, et 80 est 14,3 % au-dessous."""
    trouvees = soupcons(
        {"a": D(80), "b": D(100), "c": D(100), "d": D(250)}, seuils=Seuils(sous_la_moyenne=D("0.5"))
    )

    assert [(s.cle, [signal.code for signal in s.signaux]) for s in trouvees] == [
        ("a", ["moyenne_recalee"])
    ]


def test_au_seuil_exact_rien_n_est_signale():
    assert soupcons({"a": D(70)}, estimation=D(100)) == ()
    assert [s.cle for s in soupcons({"a": D("69.99")}, estimation=D(100))] == ["a"]


def test_a_deux_offres_la_moyenne_ne_dit_rien():
    assert soupcons({"a": D(10), "b": D(100)}) == ()


def test_un_prix_nul_ou_negatif_ne_fausse_pas_la_moyenne():
    assert soupcons({"a": D(0), "b": D(-5), "c": D(100), "d": D(100), "e": D(100)}) == ()


def test_la_question_demande_sans_accuser_et_ne_dit_rien_des_autres():
    lettre = projet_de_question(Soupcon("a", D("60000.00"), ()), objet="Toiture de l'école")

    assert (
        "Toiture de l'école" in lettre
        and "60\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}€"
        in lettre.replace("\u202f", "\N{NO-BREAK SPACE}")
    )
    assert (
        "R. 2152-3" in lettre
        and "[répondre avant]" in lettre
        and "sous-traiter" in lettre
        and "aide d'État" in lettre
    )
    assert "moyenne" not in lettre


@pytest.mark.jurisprudence("CJCE, 22 juin 1989, n° 103/88")
def test_rien_n_est_rejete_sans_question():
    refus = peut_rejeter(**{**TOUT, "question_posee": False})

    assert not refus.favorable and "rien n'est automatique" in refus.motifs[0].texte
    assert str(COSTANZO) == "CJCE, 22 juin 1989, n° 103/88"


@pytest.mark.parametrize(
    "change,article",
    [
        ({"reponse_recue": False}, "R. 2152-3"),
        ({"motif": " "}, "R. 2152-4"),
        ({"aide_d_etat_seule": True}, "R. 2152-5"),
    ],
)
def test_un_rejet_trop_tot_ou_sans_motif_est_refuse(change, article):
    assert [m.source.numero for m in peut_rejeter(**{**TOUT, **change}).motifs] == [article]


@pytest.mark.parametrize("change", [{}, {"reponse_recue": False, "delai_passe": True}])
def test_apres_la_reponse_ou_le_silence_l_acheteur_decide(change):
    assert peut_rejeter(**{**TOUT, **change}).favorable


def test_a_vingt_pour_cent_exactement_sous_la_moyenne_seule_la_moyenne_recalee_fait_regarder():
    """80, 110 et 110 : moyenne 100.

    Vingt pour cent ne dépassent pas vingt pour cent, mais bien dix.
    """
    (trouvee,) = soupcons({"a": D(80), "b": D(110), "c": D(110)})

    assert [signal.code for signal in trouvee.signaux] == ["moyenne_recalee"]


def test_a_dix_pour_cent_exactement_sous_la_moyenne_recalee_rien_n_est_signale():
    assert soupcons({"a": D(90), "b": D(105), "c": D(105)}) == ()


def test_une_offre_a_vingt_pour_cent_exactement_au_dessus_reste_dans_la_moyenne_recalee():
    (trouvee,) = soupcons({"a": D(75), "b": D(105), "c": D(120)})

    assert [
        (signal.code, signal.repere, signal.ecart_en_pour_cent) for signal in trouvee.signaux
    ] == [
        ("moyenne", 100, 25),
        ("moyenne_recalee", 100, 25),
    ]


def test_une_estimation_nulle_ne_dit_rien_et_les_plus_basses_viennent_d_abord():
    prix = {"a": D(60), "b": D(50), "c": D(50)}

    assert soupcons(prix, estimation=D(0)) == ()
    assert [s.cle for s in soupcons(prix, estimation=D(100))] == ["b", "c", "a"]


def test_sans_question_le_seul_motif_est_de_la_poser():
    refus = peut_rejeter(**{**TOUT, "question_posee": False, "reponse_recue": False})

    assert [motif.source.numero for motif in refus.motifs] == ["L. 2152-6"]


def test_une_aide_d_etat_dont_la_preuve_a_ete_demandee_n_empeche_plus_le_rejet():
    assert peut_rejeter(**TOUT, aide_d_etat_seule=True, preuve_de_l_aide_demandee=True).favorable


def test_une_offre_a_trente_pour_cent_au_dessus_sort_de_la_moyenne_recalee():
    (trouvee,) = soupcons({"a": D(70), "b": D(100), "c": D(130)})

    assert [(signal.code, signal.repere) for signal in trouvee.signaux] == [
        ("moyenne", 100),
        ("moyenne_recalee", 85),
    ]


def test_des_prix_de_moins_d_un_euro_se_comparent_et_l_estimation_se_nomme():
    (trouvee,) = soupcons({"a": D("0.50"), "b": D("0.90"), "c": D("0.90")}, estimation=D("0.90"))

    assert [signal.code for signal in trouvee.signaux] == [
        "moyenne",
        "moyenne_recalee",
        "estimation",
    ]
    assert "au-dessous de votre estimation" in trouvee.signaux[-1].phrase
