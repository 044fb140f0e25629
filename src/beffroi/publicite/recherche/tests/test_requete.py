"""Une recherche est une adresse :
elle se lit, se réécrit à l'identique, et dit ce qu'elle laisse de côté.
"""

from dataclasses import fields
from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.publicite.recherche.rules import jetons
from beffroi.publicite.recherche.rules.requete import CRITERES, ETATS, Recherche, lire

NATURES = {"travaux": "Travaux", "services": "Services"}
PROCEDURES = {"procedure_adaptee_ouverte": "Procédure adaptée"}
TOUT = {
    "q": "toiture école",
    "cpv": "4526",
    "lieu": "Bomy",
    "dep": "62",
    "acheteur": "216201558",
    "nature": "travaux",
    "procedure": "procedure_adaptee_ouverte",
    "avant": "2027-03-01",
    "apres": "2026-12-01",
    "etat": "toutes",
}


def lue(parametres):
    return lire(parametres, natures=NATURES, procedures=PROCEDURES)


def test_chaque_champ_a_son_nom_dans_l_adresse():
    assert sorted(CRITERES.values()) == sorted(champ.name for champ in fields(Recherche))


def test_une_recherche_entiere_se_lit_et_se_reecrit():
    lecture = lue(TOUT)

    assert lecture.ecartes == ()
    assert dict(parse_qsl(lecture.recherche.ecrire())) == TOUT


@given(st.dictionaries(st.sampled_from([*CRITERES, "page", "x"]), st.text(max_size=300)))
def test_n_importe_quelle_adresse_se_lit_et_se_relit_pareil(parametres):
    recherche = lue(parametres).recherche

    assert lue(dict(parse_qsl(recherche.ecrire()))).recherche == recherche


@pytest.mark.parametrize(
    ("critere", "valeur"),
    [
        ("cpv", "toit"),
        ("cpv", "4"),
        ("dep", "Pas-de-Calais"),
        ("dep", "9"),
        ("nature", "voyages"),
        ("procedure", "tombola"),
        ("avant", "demain"),
        ("avant", "0001-01-01"),
        ("apres", "2027-02-30"),
        ("etat", "perdue"),
        ("q", "%"),
        ("q", "🏗️"),
        ("lieu", "de la"),
    ],
)
def test_un_critere_illisible_est_dit_et_laisse_de_cote(critere, valeur):
    lecture = lue({critere: valeur})

    assert lecture.recherche == Recherche()
    assert len(lecture.ecartes) == 1 and valeur[:40] in lecture.ecartes[0]


def test_dix_mille_signes_sont_coupes_et_c_est_dit():
    lecture = lue({"q": "toiture " * 1250})

    assert len(lecture.recherche.mots) <= 200
    assert "premiers caractères" in lecture.ecartes[0]


def test_un_caractere_nul_ne_passe_pas():
    assert lue({"q": "toi\0ture", "acheteur": "\0"}).recherche.mots == "toi ture"


def test_retirer_un_critere_garde_les_autres():
    recherche = lue(TOUT).recherche

    assert set(recherche.sans("etat").criteres()) == set(TOUT) - {"etat"}
    assert all(recherche.sans(critere) != recherche for critere in TOUT)


def test_un_etat_ordinaire_ne_s_ecrit_pas():
    assert lue({"etat": ETATS[0]}).recherche.ecrire() == ""


@pytest.mark.parametrize(
    ("debut", "fin", "attendus"),
    [
        (date(2026, 11, 3), date(2027, 2, 1), ("_m202611", "_m202612", "_m202701", "_m202702")),
        (date(2026, 1, 1), date(2027, 12, 31), ("_y2026", "_y2027")),
        (date(2025, 12, 5), date(2027, 1, 5), ("_m202512", "_y2026", "_m202701")),
        (date(2027, 1, 2), date(2027, 1, 1), ("_jamais",)),
    ],
)
def test_une_periode_se_couvre_de_mois_et_d_annees(debut, fin, attendus):
    assert jetons.jetons_de_periode(debut, fin) == attendus


@given(
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.data(),
)
def test_tout_jour_d_une_periode_est_couvert(un, autre, donnees):
    debut, fin = min(un, autre), max(un, autre)
    jour = donnees.draw(st.dates(debut, fin))

    assert {f"_m{jour:%Y%m}", f"_y{jour:%Y}"} & set(jetons.jetons_de_periode(debut, fin))


@given(
    st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    st.data(),
)
def test_tout_jour_de_publication_est_dans_une_seule_tranche(un, autre, donnees):
    premiere, derniere = min(un, autre), max(un, autre)
    jour = donnees.draw(st.dates(premiere, derniere))
    tranches = list(jetons.tranches_de_publication(premiere, derniere))

    assert sum(f"_q{jour:%Y%m}" in tranche for tranche in tranches) == 1
    assert len(tranches) <= 9


@pytest.mark.parametrize(
    ("code_commune", "code_postal", "lieu", "attendu"),
    [
        ("62153", "", "", "62"),
        ("2A004", "20000", "", "2A"),
        ("", "20200", "", "2B"),
        ("97411", "", "", "974"),
        ("", "62960", "", "62"),
        ("", "", "62960 Bomy", "62"),
        ("", "62960", "80000 Amiens", "80"),
        ("", "", "640 m", ""),
        ("", "", "", ""),
        ("", "20999", "", ""),
    ],
)
def test_le_departement_vient_du_code_ou_reste_vide(code_commune, code_postal, lieu, attendu):
    assert (
        jetons.departement_de(code_commune=code_commune, code_postal=code_postal, lieu=lieu)
        == attendu
    )


@pytest.mark.parametrize(
    ("cherche", "jeton"),
    [("45", "_c45"), ("45260000", "_c4526"), ("45000000", "_c45"), ("4520", "_c4520")],
)
def test_un_code_cpv_entier_cherche_son_groupe(cherche, jeton):
    assert jetons.groupes_de(Recherche(cpv=cherche), racines_cherchees=(), par_periode=False) == (
        (jeton,),
    )


def test_un_siren_avec_ses_espaces_est_un_siren():
    groupes = jetons.groupes_de(
        Recherche(acheteur="216 201 558"), racines_cherchees=(), par_periode=False
    )

    assert groupes == (("_b216201558",),)
