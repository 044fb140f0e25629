"""CCP, art. L. 2152-5, L. 2152-6 et R. 2152-3 à R. 2152-5 : on repère, on demande, on lit, et alors seulement on rejette."""

from decimal import Decimal as D

import pytest

from beffroi.notation.rules.anormalement_basses import (
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
    assert trouvee.signaux[0].phrase == "33,3 % au-dessous de la moyenne des offres (90\N{NO-BREAK SPACE}€)."


def test_une_offre_tres_haute_ne_cache_pas_une_offre_basse():
    """Moyenne 132,5 tirée par 250 : sans elle, 93,33, et 80 est 14,3 % au-dessous."""
    trouvees = soupcons({"a": D(80), "b": D(100), "c": D(100), "d": D(250)}, seuils=Seuils(sous_la_moyenne=D("0.5")))

    assert [(s.cle, [signal.code for signal in s.signaux]) for s in trouvees] == [("a", ["moyenne_recalee"])]


def test_au_seuil_exact_rien_n_est_signale():
    assert soupcons({"a": D(70)}, estimation=D(100)) == ()
    assert [s.cle for s in soupcons({"a": D("69.99")}, estimation=D(100))] == ["a"]


def test_a_deux_offres_la_moyenne_ne_dit_rien():
    assert soupcons({"a": D(10), "b": D(100)}) == ()


def test_un_prix_nul_ou_negatif_ne_fausse_pas_la_moyenne():
    assert soupcons({"a": D(0), "b": D(-5), "c": D(100), "d": D(100), "e": D(100)}) == ()


def test_la_question_demande_sans_accuser_et_ne_dit_rien_des_autres():
    lettre = projet_de_question(Soupcon("a", D("60000.00"), ()), objet="Toiture de l'école")

    assert "Toiture de l'école" in lettre and "60\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}€" in lettre.replace(
        "\u202f", "\N{NO-BREAK SPACE}"
    )
    assert (
        "R. 2152-3" in lettre and "[répondre avant]" in lettre and "sous-traiter" in lettre and "aide d'État" in lettre
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
