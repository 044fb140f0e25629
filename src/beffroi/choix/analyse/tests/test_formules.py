from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.choix.analyse.rules import formules
from beffroi.choix.analyse.rules.arrondi import Arrondi

PRIX = {"dupont": D(80_000), "ecovert": D(100_000)}
PARAMETRES = {"bas": D(50_000), "haut": D(150_000), "coefficient": D(1)}
euros = st.decimals(min_value=D("0.01"), max_value=D(10_000_000), places=2)


def notes(code, prix=PRIX, **parametres):
    return dict(
        formules.noter(code, prix, note_maximale=D(20), parametres=parametres or PARAMETRES).notes
    )


@pytest.mark.parametrize(
    "code,attendues",
    [
        ("proportionnelle", ("20.00", "16.00")),
        ("au_carre", ("20.00", "12.80")),
        ("entre_bornes", ("14.00", "10.00")),
        ("entre_extremes", ("20.00", "0.00")),
        ("ecart", ("20.00", "15.00")),
        ("moyenne", ("11.11", "8.89")),
    ],
)
def test_chaque_formule_a_son_exemple_travaille(code, attendues):
    assert tuple(str(note) for note in notes(code).values()) == attendues


def test_les_exemples_affiches_sont_justes():
    assert list(
        notes("entre_extremes", {"a": D(80_000), "b": D(90_000), "c": D(100_000)}).values()
    ) == [20, 10, 0]
    assert list(notes("moyenne", {"a": D(80_000), "b": D(120_000)}).values()) == [12, 8]


@pytest.mark.parametrize("code", formules.FORMULES)
def test_chaque_formule_dit_ce_qu_elle_fait_et_ce_qu_elle_deforme(code):
    formule = formules.FORMULES[code]

    assert formule.phrase and formule.ecriture and formule.exemple and formule.biais


@pytest.mark.parametrize("code", formules.FORMULES)
@given(prix=st.lists(euros, min_size=2, max_size=8))
def test_un_prix_plus_bas_n_a_jamais_une_note_plus_basse(code, prix):
    obtenues = notes(code, {str(rang): montant for rang, montant in enumerate(prix)})

    assert all(
        obtenues[str(a)] >= obtenues[str(b)]
        for a in range(len(prix))
        for b in range(len(prix))
        if prix[a] <= prix[b]
    )


@pytest.mark.parametrize("code", formules.FORMULES)
@given(prix=st.lists(euros, min_size=1, max_size=8))
def test_une_note_reste_entre_zero_et_le_maximum(code, prix):
    assert all(0 <= note <= 20 for note in notes(code, dict(enumerate_en_cles(prix))).values())


def enumerate_en_cles(prix):
    return ((str(rang), montant) for rang, montant in enumerate(prix))


@pytest.mark.parametrize("prix", [None, D("-1")])
@pytest.mark.parametrize("code", formules.FORMULES)
def test_un_prix_absent_ou_negatif_reste_sans_note(code, prix):
    rendu = formules.noter(code, {**PRIX, "flou": prix}, note_maximale=D(20), parametres=PARAMETRES)

    assert "flou" not in rendu.notes and "flou" in rendu.sans_note
    assert dict(rendu.notes) == notes(code)


def test_un_prix_nul_ne_se_divise_pas():
    rendu = formules.noter("proportionnelle", {**PRIX, "offert": D(0)}, note_maximale=D(20))

    assert rendu.sans_note["offert"].startswith("Prix nul")
    assert rendu.notes["dupont"] == 20


def test_une_droite_note_un_prix_nul():
    assert notes("entre_bornes", {**PRIX, "offert": D(0)})["offert"] == 20


def test_aucun_prix_notable_ne_fait_pas_d_erreur():
    assert (
        formules.noter("proportionnelle", {"a": None, "b": D(0)}, note_maximale=D(20)).notes == {}
    )


def test_des_prix_egaux_ont_la_meme_note():
    assert set(notes("entre_extremes", {"a": D(5), "b": D(5)}).values()) == {D(20)}


def test_une_note_negative_est_ramenee_a_zero_et_dite():
    rendu = formules.noter("ecart", {"a": D(10), "b": D(25)}, note_maximale=D(20))

    assert rendu.notes["b"] == 0
    assert any("négative" in alerte.texte for alerte in rendu.alertes)


@pytest.mark.jurisprudence("CE, 3 novembre 2014, n° 373362")
def test_la_formule_de_belleville_neutralise_le_poids_du_prix():
    """Vingt points, note = 10/3 × (7 − P/P0) : c'est un coefficient d'un sixième."""
    rendu = formules.noter(
        "ecart",
        {"a": D(100), "b": D(200)},
        note_maximale=D(20),
        parametres={"coefficient": D(1) / D(6)},
    )

    assert rendu.notes["b"] == D("16.67")
    assert formules.BELLEVILLE in [alerte.source for alerte in rendu.alertes]


def test_la_proportionnelle_ne_s_alerte_de_rien():
    assert (
        formules.noter("proportionnelle", {"a": D(100), "b": D(200)}, note_maximale=D(20)).alertes
        == ()
    )


@pytest.mark.parametrize(
    "code,parametres,mot",
    [
        ("entre_bornes", {}, "Il manque : Prix bas, Prix haut"),
        ("entre_bornes", {"bas": D(5), "haut": D(5)}, "inférieur"),
        ("entre_bornes", {"bas": D(-5), "haut": D(5)}, "négatif"),
        ("ecart", {"coefficient": D(0)}, "portée"),
    ],
)
def test_des_parametres_faux_sont_refuses_avec_leur_raison(code, parametres, mot):
    assert mot in formules.verifier(code, parametres).motifs[0].texte
    with pytest.raises(ValueError, match=r"."):
        formules.noter(code, PRIX, note_maximale=D(20), parametres=parametres)


def test_l_arrondi_se_dit_et_la_moitie_monte():
    assert Arrondi(2).appliquer(Fraction(1, 200)) == D("0.01")
    assert Arrondi(2).appliquer(Fraction(-1, 200)) == D("-0.01")
    assert Arrondi(1).appliquer(Fraction(1, 3)) == D("0.3")
    assert Arrondi(2).phrase == "Arrondi au plus proche, à 2 décimales : 0,005 devient 0,01."
    assert Arrondi(0).phrase == "Arrondi à l'unité la plus proche : 0,5 devient 1."


def test_la_courbe_d_une_formule_passe_par_ses_notes():
    assert formules.part("proportionnelle", D(100_000), PRIX, {}) == Fraction(4, 5)


def alertes(code, prix, **parametres):
    rendu = formules.noter(code, prix, note_maximale=D(20), parametres=parametres)
    return [alerte.texte for alerte in rendu.alertes]


def test_une_note_de_zero_juste_n_est_pas_une_note_negative():
    assert alertes("ecart", {"a": D(10), "b": D(20)}, coefficient=D(1)) == []


def test_un_prix_sous_la_borne_basse_est_dit_et_un_prix_a_la_borne_non():
    bornes = {"bas": D(50), "haut": D(150)}

    assert [
        "borne basse" in texte
        for texte in alertes("entre_bornes", {"a": D(49), "b": D(99)}, **bornes)
    ] == [True]
    assert alertes("entre_bornes", {"a": D(50), "b": D(99)}, **bornes) == []


@pytest.mark.jurisprudence("CE, 3 novembre 2014, n° 373362")
@pytest.mark.parametrize(
    ("haut", "coefficient", "neutralise"),
    [("150", "0.39", True), ("150", "0.4", False), ("149.99", "0.1", False)],
)
def test_a_une_fois_et_demie_un_cinquieme_de_la_note_doit_separer_les_prix(
    haut, coefficient, neutralise
):
    dites = alertes("ecart", {"a": D(100), "b": D(haut)}, coefficient=D(coefficient))

    assert any("neutralise" in texte for texte in dites) is neutralise


def test_des_bornes_et_un_coefficient_que_l_on_accepte():
    assert formules.verifier("entre_bornes", {"bas": D(0), "haut": D("0.01")}).favorable
    assert formules.verifier("ecart", {"coefficient": D("0.01")}).favorable
    assert formules.verifier("ecart", {}).favorable


def test_la_courbe_s_arrete_a_zero_et_a_un():
    bornes = {"bas": D(50), "haut": D(150)}

    assert formules.part("entre_bornes", D(200), PRIX, bornes) == 0
    assert formules.part("entre_bornes", D(10), PRIX, bornes) == 1


def test_a_la_moyenne_d_offres_toutes_gratuites_chacune_a_la_note_maximale():
    assert set(notes("moyenne", {"a": D(0), "b": D(0)}).values()) == {D(20)}
