"""La loi, le code, les tests :
rien n'est appliqué sans preuve, rien n'est prouvé sans être appliqué.
"""

import pytest
from django.urls import get_resolver

from beffroi.achat.controles.rules import CONTROLES
from beffroi.commandes.outillage import document_de_conformite
from beffroi.commandes.outillage.conformite import (
    Reference,
    lignes,
    preuves_du_controle,
    references,
)
from beffroi.commandes.outillage.documents import CONFORMITE


@pytest.fixture(scope="module", name="lignes")
def lignes_lues():
    """Lire tout le code se paie : seul le processus qui joue ce fichier le fait."""
    return lignes()


def test_la_page_de_conformite_est_celle_du_code():
    assert CONFORMITE.read_text("utf-8") == document_de_conformite.page(), (
        "périmée : ./beffroi docs"
    )


def test_aucune_regle_aucun_controle_aucune_valeur_n_est_sans_test(lignes):
    assert [
        str(reference)
        for reference, ligne in lignes.items()
        if ligne.est_une_regle and not ligne.tests
    ] == []


def test_aucun_test_ne_prouve_un_article_que_rien_n_applique(lignes):
    assert [
        str(reference)
        for reference, ligne in lignes.items()
        if ligne.tests and not ligne.est_connue
    ] == []


def test_chaque_controle_a_son_test():
    # Le catalogue nomme tous les codes ensemble : il ne compte pas pour l'un d'eux.
    sans = [
        controle.code
        for controle in CONTROLES
        if all(test.endswith("test_catalogue.py") for test in preuves_du_controle(controle.code))
    ]

    assert CONTROLES and sans == []


def test_un_alinea_se_range_sous_son_article():
    assert references("CCP", "R. 2123-1, 2°, a") == (Reference("CCP", "R. 2123-1"),)
    assert references("CCP", "annexe 6, art. 2, II") == (Reference("CCP", "annexe 6"),)
    assert references("CCP", "R. 3125-1 et R. 3125-2") == (
        Reference("CCP", "R. 3125-1"),
        Reference("CCP", "R. 3125-2"),
    )


def test_chaque_ecran_de_la_table_existe_et_chaque_article_est_applique(lignes):
    resolveurs = {
        e.app_name: e for e in get_resolver().url_patterns if getattr(e, "app_name", None)
    }
    adresses = {
        f"{nom}:{motif.name}"
        for nom, e in resolveurs.items()
        for motif in e.url_patterns
        if hasattr(motif, "name")
    }
    inconnus = [
        ecran["adresse"]
        for ecran in document_de_conformite.ecrans()
        if ecran["adresse"] not in adresses
    ]
    articles = [a for ecran in document_de_conformite.ecrans() for a in ecran["articles"]]

    assert inconnus == []
    assert [
        a for a in articles if not all(r in lignes for r in document_de_conformite.citee(a))
    ] == []


def test_chaque_article_a_son_ecran_ou_la_raison_de_ne_pas_en_avoir(lignes):
    sans = document_de_conformite.sans_ecran()
    dits = {r: ligne for r, ligne in lignes.items() if ligne.tests or ligne.est_une_regle}
    montres = {r for r, ligne in dits.items() if document_de_conformite.titres_des_ecrans(r, ligne)}

    assert [str(r) for r in dits if r not in montres and r not in sans] == [], (
        "ni écran, ni raison : ecrans_du_droit.toml"
    )
    assert [str(r) for r in sans if r in montres] == [], "un écran, et la raison de ne pas en avoir"
    assert [str(r) for r in sans if r not in dits] == [], (
        "une raison pour un article que rien n'applique"
    )


@pytest.mark.parametrize(
    ("article", "reference"),
    [
        ("CCP R. 2132-2", Reference("CCP", "R. 2132-2")),
        ("CCP annexe 7", Reference("CCP", "annexe 7")),
        ("Code du travail L. 3133-1", Reference("Code du travail", "L. 3133-1")),
        ("Règlement (CEE) n° 1182/71 3", Reference("Règlement (CEE) n° 1182/71", "3")),
    ],
)
def test_un_article_de_la_table_se_lit_quel_que_soit_le_nom_de_son_texte(article, reference):
    assert document_de_conformite.citee(article) == (reference,)
