"""Les textes qu'un règlement cite existent encore (RC-50)."""

import pytest

from tests.droit.achats import constats, exige, reglement

REMEDE = "Citez le texte en vigueur."


@pytest.mark.parametrize(
    "phrase",
    [
        "La consultation est soumise au décret n° 2016-360 du 25 mars 2016.",
        "En application de l'article 28 du code des marchés publics.",
        "En application de l'ordonnance n° 2015-899 du 23 juillet 2015.",
        "En application de la directive 2004/18/CE.",
    ],
)
def test_un_texte_abroge_avertit(phrase):
    exige(
        "RC-50",
        "avertissement",
        "documents",
        "Le règlement cite un texte abrogé.",
        REMEDE,
        lu=reglement(en_plus=(phrase,)),
    )


def test_un_article_que_le_code_n_a_plus_avertit():
    lu = reglement(en_plus=("Selon l'article R. 2123-3 du code de la commande publique.",))
    quoi, remede = (
        "L'article R. 2123-3 n'est plus dans le code.",
        "Citez l'article en vigueur, ou ôtez la citation.",
    )

    exige("RC-50", "avertissement", "documents", quoi, remede, lu=lu)


@pytest.mark.parametrize(
    "phrase",
    [
        "Selon les articles R. 2123-1 et L. 2152-7 du code de la commande publique.",
        "Selon le décret n° 2018-1075 du 3 décembre 2018.",
        "Selon la directive 2014/24/UE.",
    ],
)
def test_un_texte_en_vigueur_ne_dit_rien(phrase):
    assert constats("RC-50", lu=reglement(en_plus=(phrase,))) == ()
