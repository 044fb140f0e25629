"""Une page d'une autre personne : ce qui s'y lit reste, ce qui s'y fait s'en va."""

import pytest

from beffroi.service.assistance.en_lecture import en_lecture

PAGE = """<body><nav><a href="/deconnexion/">Sortir</a></nav><main id="contenu"><h1>Ma page</h1>
<form method="post" action="/publier/" aria-label="Publier">
<input type="hidden" name="csrf" value="jeton-secret">
<input type="text" name="titre" value="Toiture &amp; &quot;ardoise&quot;">
<textarea name="objet">640 m²</textarea>
<button class="bouton" type="submit" formaction="/x/">Publier</button></form>
<p onclick="agir()" data-x="y">Voir <a class="bouton" href="/cles/">la clé</a> &lt;b&gt;</p>
<svg><use href="#i-cle"/></svg><script>alert("ici")</script>
<template><p>caché</p></template><img src="/x.png"></main>
<footer>pied</footer></body>"""


@pytest.fixture(scope="module")
def lue() -> str:
    return en_lecture(PAGE)


@pytest.mark.parametrize(
    "parti",
    [
        "<a",
        'href="/',
        "<form",
        "action",
        "jeton-secret",
        "onclick",
        "data-x",
        "<script",
        "alert",
        "caché",
        "<img",
        "pied",
        "Sortir",
        "name=",
        "aria-label",
    ],
)
def test_rien_n_y_agit(lue, parti):
    assert parti not in lue


@pytest.mark.parametrize(
    "reste",
    [
        "<h2>Ma page</h2>",
        "la clé</span>",
        "640 m²",
        'class="bouton"',
        'href="#i-cle"',
        "&lt;b&gt;",
        'value="Toiture &amp; &quot;ardoise&quot;"',
    ],
)
def test_ce_qui_se_lit_y_reste(lue, reste):
    assert reste in lue


def test_chaque_commande_est_eteinte(lue):
    assert lue.count(" disabled") == 3
    assert lue.count("<div") == lue.count("</div>") and lue.count("<span") == lue.count("</span>")
