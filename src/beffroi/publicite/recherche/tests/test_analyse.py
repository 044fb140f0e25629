"""L'analyse des mots :
indifférente aux accents, au nombre, à la casse, et sûre devant n'importe quoi.
"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.publicite.recherche.rules import analyse
from beffroi.publicite.recherche.rules.voisinage import du_plus_proche, ecart, restes, se_corrige

MOTS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèêàçôûœ'’-", max_size=30)
HOSTILES = [
    "%",
    "'",
    '"',
    "\0",
    "\0toiture\0",
    "🏗️",
    "x" * 10_000,
    "toit " * 2_000,
    "\\",
    "_%_",
    "﷽",
    "İ",
    "ﬁn",
    "a\u0301",
]


def racines(texte):
    return analyse.racines(texte)


@pytest.mark.parametrize(
    ("ecrit", "tape"),
    [
        ("Réfection de la toiture", "refection toiture"),
        ("L’école d’Œuf-en-Ternois", "ecole oeuf ternois"),
        ("ÉCLAIRAGE PUBLIC", "éclairage public"),
        ("640 m² d'ardoise", "640 m2 ardoise"),
        ("ﬁnitions", "finitions"),
    ],
)
def test_les_accents_les_ligatures_et_les_apostrophes_ne_comptent_pas(ecrit, tape):
    assert racines(ecrit) == racines(tape)


@pytest.mark.parametrize(
    "formes",
    [
        "école écoles",
        "canal canaux",
        "travail travaux",
        "réseau réseaux",
        "bureau bureaux",
        "jeu jeux",
        "hôpital hôpitaux",
        "toiture toitures",
        "public publics publique publiques",
        "vitrail vitraux",
        "communal communale communaux communales",
        "lieu lieux",
        "tuyau tuyaux",
        "chaudière chaudières",
        "rénovation rénovations",
        "essai essais",
        "clé clés",
    ],
)
def test_le_singulier_et_le_pluriel_se_rejoignent(formes):
    assert len({tuple(racines(forme)) for forme in formes.split()}) == 1


def test_des_mots_differents_restent_differents():
    mots = "toiture voirie cantine chauffage menuiserie assainissement matériel matériau".split()

    assert len({tuple(racines(mot)) for mot in mots}) == len(mots)


def test_les_mots_vides_ne_se_cherchent_pas():
    assert racines("de la, pour l'") == []


@given(MOTS)
def test_un_texte_sans_ses_accents_a_les_memes_racines(texte):
    sans = "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c))

    assert racines(texte) == racines(sans) == racines(texte.upper())


@given(st.text())
def test_la_racine_d_une_racine_est_elle_meme(texte):
    for racine in racines(texte):
        assert analyse.racine(racine) == racine


@given(st.text())
def test_replier_deux_fois_ne_change_rien(texte):
    assert analyse.replier(analyse.replier(texte)) == analyse.replier(texte)


@given(st.text(max_size=2_000))
def test_n_importe_quel_texte_donne_des_mots_surs(texte):
    for racine in racines(texte):
        assert racine.isascii() and racine.isalnum() and racine == racine.lower()
        assert len(racine) <= analyse.LETTRES_D_UN_MOT


@pytest.mark.parametrize("texte", HOSTILES)
def test_un_texte_hostile_donne_des_mots_surs(texte):
    assert all(racine.isascii() and racine.isalnum() for racine in racines(texte))


def test_une_fiche_demesuree_est_bornee():
    assert (
        len(analyse.racines_de(f"mot{rang}" for rang in range(5_000))) == analyse.MOTS_D_UNE_FICHE
    )


@pytest.mark.parametrize("faute", ["toitrue", "toitue", "toitture", "toiyure", "otiture"])
def test_une_faute_de_frappe_garde_un_reste_commun(faute):
    assert set(restes(faute)) & set(restes("toiture"))


@given(MOTS.filter(lambda mot: len(mot) > 1), st.data())
def test_une_lettre_otee_changee_ou_echangee_se_retrouve(mot, donnees):
    rang = donnees.draw(st.integers(0, len(mot) - 2))
    debut, lettre, suivante, fin = mot[:rang], mot[rang], mot[rang + 1], mot[rang + 2 :]
    fautes = [debut + suivante + fin, f"{debut}z{suivante}{fin}", debut + suivante + lettre + fin]

    assert all(set(restes(faute)) & set(restes(mot)) for faute in fautes)
    assert all(ecart(mot, faute) <= 1 for faute in fautes)


@given(MOTS, MOTS)
def test_l_ecart_est_symetrique_et_nul_pour_le_meme_mot(mot, autre):
    assert ecart(mot, autre) == ecart(autre, mot)
    assert (ecart(mot, autre) == 0) == (mot == autre)


def test_le_plus_proche_vient_d_abord():
    assert du_plus_proche("toitrue", ["voiture", "toiture", "toits"]) == [
        "toiture",
        "voiture",
        "toits",
    ]


def test_un_mot_court_ou_un_nombre_ne_se_corrige_pas():
    assert not any(se_corrige(mot) for mot in ("eau", "2027", "m2"))
