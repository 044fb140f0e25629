"""Le bordereau reçu à côté du cadre :
cellules changées, calculs faux, les deux chiffres et l'effet sur le total.
"""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.bordereaux import comparer, verifier
from formats.bordereaux.comparer import total_ecrit
from formats.bordereaux.lire import lire_ici
from formats.bordereaux.modele import Bordereau, FeuilleLue, Ligne, Total
from formats.tests.bordereaux_ecrits import LIGNES, bordereau

CADRE = lire_ici(bordereau(*(ligne[:4] for ligne in LIGNES)))
TOTAL = ("Total HT", None, None, None, None, 6910)
COLONNES = {
    "numero": "A",
    "designation": "B",
    "unite": "C",
    "quantite": "D",
    "prix_unitaire": "E",
    "montant": "F",
}


def face_au_cadre(*lignes):
    return comparer(CADRE, lire_ici(bordereau(*lignes)))


def vus(comparaison):
    return [(c.code, c.adresse, c.effet_ht) for c in comparaison.constats]


def test_un_bordereau_rempli_sans_faute_est_conforme():
    rendu = face_au_cadre(*LIGNES, TOTAL)

    assert rendu.est_conforme and rendu.est_complete
    assert (rendu.total_ecrit, rendu.total_des_montants, rendu.total_calcule) == (6910, 6910, 6910)


def test_une_quantite_changee_dit_les_deux_et_l_effet_sur_le_total():
    rendu = face_au_cadre(("1.1", "Dépose de la toiture", "m²", 100, 12.5, 1250), *LIGNES[1:])

    assert vus(rendu) == [("quantite_change", "D5", D("250.00"))]
    assert rendu.constats[0].phrase == (
        "La quantité de la ligne 1.1 « Dépose de la toiture » a été changée : 120 est devenu 100."
    )
    assert (rendu.total_des_montants, rendu.total_calcule) == (6660, 6910)


def test_une_designation_et_une_unite_changees_se_voient_meme_d_un_mot():
    rendu = face_au_cadre(
        LIGNES[0], ("1.2", "Fourniture de tuiles d'occasion", "u", 120, 40, 4800), LIGNES[2]
    )

    assert [(c.code, c.adresse, c.avant, c.apres) for c in rendu.constats] == [
        ("designation_change", "B6", "Fourniture de tuiles", "Fourniture de tuiles d'occasion"),
        ("unite_change", "C6", "m²", "u"),
    ]


def test_une_autre_facon_d_ecrire_n_est_pas_un_changement():
    assert face_au_cadre(
        ("1.1", "DÉPOSE  de la toiture ", "M2", 120, 12.5, 1500), *LIGNES[1:]
    ).est_conforme


def test_une_ligne_sans_numero_se_retrouve_par_sa_designation():
    rendu = face_au_cadre(
        (None, "Gouttières", "ml", 30.5, 20, 610), LIGNES[1], (None, *LIGNES[0][1:])
    )

    assert [ligne.recue.designation for ligne in rendu.lignes] == [ligne[1] for ligne in LIGNES]
    assert [c.code for c in rendu.constats] == ["numero_change", "numero_change"]


def test_une_ligne_changee_sur_place_n_est_ni_manquante_ni_ajoutee():
    rendu = face_au_cadre(LIGNES[0], (None, "Tuiles en plastique", "m²", 120, 40, 4800), LIGNES[2])

    assert [c.code for c in rendu.constats] == ["numero_change", "designation_change"]


def test_une_ligne_manquante_et_une_ajoutee_se_disent():
    rendu = face_au_cadre(
        LIGNES[0],
        LIGNES[1],
        ("9", "Échafaudage", "u", 1, 500, 500),
        ("2.1", *LIGNES[2][1:]),
        ("8", "Benne", "u", 1, 90, 90),
    )
    sans = face_au_cadre(LIGNES[0], LIGNES[1])

    assert [(c.code, c.effet_ht) for c in rendu.constats] == [
        ("ligne_ajoutee", -500),
        ("ligne_ajoutee", -90),
    ]
    assert [(c.code, c.adresse) for c in sans.constats] == [("ligne_manquante", "B7")]
    assert not sans.est_complete


@pytest.mark.parametrize(
    "prix,code,complet",
    [
        (None, "prix_manquant", False),
        (0, "prix_nul", True),
        ("offert", "prix_nul", True),
        (-5, "prix_negatif", True),
    ],
)
def test_un_prix_absent_nul_ou_negatif_se_dit(prix, code, complet):
    rendu = face_au_cadre(*LIGNES[:2], ("2.1", "Gouttières", "ml", 30.5, prix, None))

    assert vus(rendu) == [(code, "E7", None)]
    assert rendu.est_complete is complet


def test_une_erreur_de_calcul_dit_les_deux_chiffres_sans_choisir():
    rendu = face_au_cadre(("1.1", "Dépose de la toiture", "m²", 120, 12.5, 1400), *LIGNES[1:])

    assert vus(rendu) == [("montant_faux", "F5", D("100.00"))]
    assert rendu.constats[0].phrase == (
        "Ligne 1.1 « Dépose de la toiture » : 120 × 12,5 font 1500, et le montant écrit est 1400."
    )
    assert (rendu.total_des_montants, rendu.total_calcule) == (6810, 6910)


def test_un_arrondi_au_centime_n_est_pas_une_erreur():
    assert (
        verifier(
            lire_ici(
                bordereau(
                    ("1", "Tuiles", "u", 3, 0.335, 1.01), ("2", "Clous", "u", 3, 0.335, 1.005)
                )
            )
        )
        == ()
    )
    assert [
        c.code for c in verifier(lire_ici(bordereau(("1", "Tuiles", "u", 3, 0.335, 1.015))))
    ] == ["montant_faux"]


def test_un_total_faux_dit_l_attendu():
    rendu = face_au_cadre(*LIGNES, ("Total HT", None, None, None, None, 7000))

    assert vus(rendu) == [("total_faux", "F8", D("-90.00"))]
    assert (
        rendu.constats[0].phrase
        == "« Total HT » : les lignes font 6910, et le total écrit est 7000."
    )
    assert rendu.total_ecrit == 7000


def test_des_sous_totaux_justes_puis_un_total_juste_ne_disent_rien():
    lignes = (
        LIGNES[0],
        LIGNES[1],
        ("Sous-total 1", None, None, None, None, 6300),
        LIGNES[2],
        ("Sous-total 2", None, None, None, None, 610),
        TOTAL,
        ("Total TTC", None, None, None, None, 8292),
    )

    assert face_au_cadre(*lignes).est_conforme


def test_un_sous_total_faux_dit_celui_de_son_chapitre():
    rendu = face_au_cadre(
        LIGNES[0],
        LIGNES[1],
        ("Sous-total 1", None, None, None, None, 6300),
        LIGNES[2],
        ("Sous-total 2", None, None, None, None, 600),
        TOTAL,
    )

    assert [(c.code, c.avant, c.apres) for c in rendu.constats] == [("total_faux", "600", "610")]


def test_deux_lignes_au_meme_numero_se_distinguent_par_leur_designation():
    lignes = (("1", "Mur", "m²", 2, 10, 20), ("1", "Dalle", "m²", 3, 10, 30))
    cadre = lire_ici(bordereau(*(ligne[:4] for ligne in lignes)))

    assert comparer(cadre, lire_ici(bordereau(*lignes))).est_conforme


prix = st.decimals(min_value=0, max_value=1000, places=2)
quantites = st.decimals(min_value=1, max_value=100, places=1)


def ecrit(lignes):
    rangees = tuple(
        Ligne(
            "Lot 1",
            5 + n,
            str(n),
            f"Poste {n}",
            "u",
            quantite,
            cout,
            (quantite * cout).quantize(D("0.01")),
        )
        for n, (quantite, cout) in enumerate(lignes)
    )
    return Bordereau(rangees, feuilles=(FeuilleLue("Lot 1", 4, COLONNES),))


@given(st.lists(st.tuples(quantites, prix), min_size=1, max_size=10))
def test_un_bordereau_compare_a_lui_meme_n_a_que_ses_prix_nuls(lignes):
    rendu = comparer(ecrit(lignes), ecrit(lignes))

    assert {c.code for c in rendu.constats} <= {"prix_nul"}
    assert abs(rendu.total_calcule - rendu.total_des_montants) <= D("0.01") * len(lignes)


@given(st.lists(st.tuples(quantites, prix), min_size=1, max_size=10), st.randoms())
def test_l_ordre_des_lignes_recues_ne_change_pas_le_total_calcule(lignes, hasard):
    recu = ecrit(lignes)
    melange = list(recu.lignes)
    hasard.shuffle(melange)

    assert (
        comparer(ecrit(lignes), Bordereau(tuple(melange), feuilles=recu.feuilles)).total_calcule
        == comparer(ecrit(lignes), recu).total_calcule
    )


@pytest.mark.parametrize(
    "libelle",
    [
        "Total hors TVA",
        "Montant total HTVA",
        "Total H.T.V.A.",
        "Total HT hors la TVA",
        "Montant hors taxes",
        "Montant H.T.",
    ],
)
def test_un_total_hors_tva_est_un_total_hors_taxes_et_se_verifie(libelle):
    juste = face_au_cadre(*LIGNES, (libelle, None, None, None, None, 6910))
    faux = face_au_cadre(*LIGNES, (libelle, None, None, None, None, 7000))

    assert juste.est_conforme and juste.total_ecrit == 6910
    assert vus(faux) == [("total_faux", "F8", D("-90.00"))]


@pytest.mark.parametrize(
    "libelle",
    [
        "TVA 20 %",
        "Montant de la TVA",
        "Total TTC",
        "Montant T.T.C.",
        "Total toutes taxes comprises",
    ],
)
def test_une_taxe_ou_un_total_taxes_comprises_ne_se_compare_pas_aux_lignes(libelle):
    rendu = face_au_cadre(*LIGNES, TOTAL, (libelle, None, None, None, None, 1382))

    assert rendu.est_conforme and rendu.total_ecrit == 6910


def test_au_demi_centime_par_ligne_un_total_n_est_pas_faux_et_au_dela_il_l_est():
    juste = face_au_cadre(*LIGNES, ("Total HT", None, None, None, None, 6910.015))
    faux = face_au_cadre(*LIGNES, ("Total HT", None, None, None, None, 6910.02))

    assert juste.est_conforme
    assert [c.code for c in faux.constats] == ["total_faux"]


def test_sans_quantite_au_cadre_celle_de_l_entreprise_compte_et_sans_aucune_le_prix_seul():
    cadre = lire_ici(bordereau(("1", "Étude", "u", None), ("2", "Forfait", "u", None)))
    rendu = comparer(
        cadre,
        lire_ici(bordereau(("1", "Étude", "u", 2, 10, 20), ("2", "Forfait", "u", None, 7, 7))),
    )

    assert rendu.total_calcule == 27 and rendu.est_complete
    assert [c.code for c in rendu.constats] == []


def test_une_quantite_videe_se_dit_et_le_total_garde_celle_du_cadre():
    rendu = face_au_cadre(("1.1", "Dépose de la toiture", "m²", None, 12.5, 1500), *LIGNES[1:])

    assert [(c.code, c.apres, c.effet_ht) for c in rendu.constats] == [
        ("quantite_change", "", None)
    ]
    assert rendu.total_calcule == 6910


def test_le_total_general_l_emporte_et_deux_feuilles_sans_lui_s_additionnent():
    def total(feuille, libelle, montant):
        return Total(feuille, 9, libelle, D(montant), "total", 1)

    def somme(*totaux, feuilles=("Lot 1", "Lot 2")):
        lignes = tuple(Ligne(f, 5, "1", "Poste", "u", D(1), D(1), D(1)) for f in feuilles)
        return total_ecrit(Bordereau(lignes, totaux=totaux))

    un, deux = total("Lot 1", "Total", 10), total("Lot 2", "Total", 5)
    assert somme(un, deux) == 15
    assert somme(un, deux, total("Lot 2", "Total général", 14)) == 14
    assert somme(un, total("Lot 1", "Total corrigé", 11), deux) == 16
    assert somme(un) is None
    assert somme() is None
