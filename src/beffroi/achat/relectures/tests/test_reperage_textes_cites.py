"""Les articles, les décrets et les CCAG qu'un règlement cite, à jour ou non."""

import pytest

from beffroi.achat.relectures.rules.reperage import articles_cites, ccag_cites, textes_numerotes
from beffroi.achat.relectures.tests.textes import texte


@pytest.mark.parametrize(
    ("phrase", "cites"),
    [
        (
            "en application de l'article R. 2151-6 du code de la commande publique",
            [("CCP", "R. 2151-6")],
        ),
        (
            "articles L.2123-1 et R2123-1 1° du Code de la commande publique",
            [("CCP", "L. 2123-1"), ("CCP", "R. 2123-1")],
        ),
        (
            "Code de la commande publique (art. R. 2161-2 à R. 2161-5)",
            [("CCP", "R. 2161-2"), ("CCP", "R. 2161-5")],
        ),
        (
            "référé précontractuel (L. 551-1 du code de justice administrative)",
            [("CJA", "L. 551-1")],
        ),
        (
            "L. 5212-1 du code du travail et L. 2113-12 du CCP",
            [("code du travail", "L. 5212-1"), ("CCP", "L. 2113-12")],
        ),
        ("article L. 1411-5 du CGCT", [("CGCT", "L. 1411-5")]),
        ("selon l'article R. 2132-7", [("", "R. 2132-7")]),
        ("l'article 28 du Code des marchés publics", [("CMP", "28")]),
        ("les articles 26 et 28 du CMP", [("CMP", "26")]),
        ("article 27 du décret n° 2016-360 du 25 mars 2016", [("décret n° 2016-360", "27")]),
        ("article 45 de l'ordonnance n°2015-899", [("ordonnance n° 2015-899", "45")]),
        ("article D. 2151-7-1 du CCP", [("CCP", "D. 2151-7-1")]),
    ],
)
def test_un_article_se_lit_avec_son_texte(phrase, cites):
    assert [(t.valeur.texte, t.valeur.numero) for t in articles_cites(texte(phrase))] == cites


@pytest.mark.parametrize(
    "phrase", ["le 25-11-2026", "lot R 12", "2026-0142", "tél. 03-21-00-00-00"]
)
def test_ce_qui_n_est_pas_un_article_n_en_donne_pas(phrase):
    assert articles_cites(texte(phrase)) == ()


@pytest.mark.parametrize(
    ("phrase", "sorte", "numero"),
    [
        ("le décret n° 2016-360 du 25 mars 2016", "décret", "2016-360"),
        ("DECRET N°2006-975", "décret", "2006-975"),
        ("l'ordonnance 2015-899", "ordonnance", "2015-899"),
        ("la loi n° 78-17 du 6 janvier 1978", "loi", "78-17"),
        ("la directive 2014/24/UE", "directive", "2014/24/UE"),
        ("au sens du code des marchés publics", "CMP", ""),
    ],
)
def test_un_texte_numerote_se_lit(phrase, sorte, numero):
    assert [(t.valeur.sorte, t.valeur.numero) for t in textes_numerotes(texte(phrase))] == [
        (sorte, numero)
    ]


@pytest.mark.parametrize(
    ("phrase", "nom", "annee"),
    [
        ("Le CCAG-Travaux s'applique.", "Travaux", None),
        ("CCAG Travaux approuvé par l'arrêté du 30 mars 2021", "Travaux", 2021),
        ("CCAG-FCS 2009", "FCS", 2009),
        (
            "CCAG applicable aux prestations intellectuelles (arrêté du 16 septembre 2009)",
            "PI",
            2009,
        ),
        (
            (
                "cahier des clauses administratives générales applicables aux marchés publics de "
                "fournitures courantes"
            ),
            "FCS",
            None,
        ),
        ("C.C.A.G. – TIC, version 2021", "TIC", 2021),
        ("CCAG maîtrise d'œuvre", "MOE", None),
        ("CCAG Travaux, décret n° 76-87 du 21 janvier 1976", "Travaux", 1976),
    ],
)
def test_un_ccag_se_lit_avec_son_annee(phrase, nom, annee):
    assert [(t.valeur.nom, t.valeur.annee) for t in ccag_cites(texte(phrase))] == [(nom, annee)]
