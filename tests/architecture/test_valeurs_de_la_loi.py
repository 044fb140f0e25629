"""Un montant de la loi a un seul foyer, sa table :
aucune page, aucun document, aucun code ne le recopie à la main.

Un gabarit le dit par `{% loi "seuil…" %}`, un code par `Droit.au(jour).valeur(…)`,
un document par un lien vers `docs/droit/valeurs.md`, qui est tirée des tables.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from droit.tables import charger
from tests.architecture.arbre import RACINE, SOURCES, du_produit, relatif

BLANC = r"[ \u00a0\u202f]"
MONTANT = re.compile(
    rf"(?<![\d,])(?<!\d{BLANC})(\d{{1,3}}(?:(?:{BLANC}|\s+)000)+)(?=[^.;:\n]{{0,12}}(?:€|euros))"
)
# Ce qui n'est pas une valeur de la loi, et lui ressemble.
EXEMPLES = {
    "src/beffroi/choix/analyse/rules/formules.py": (
        "des prix inventés, pour montrer une formule de notation"
    ),
    "docs/acheteurs/analyser-les-prix.md": "les mêmes prix inventés, et la taille d'un bordereau",
    "docs/droit/valeurs.md": "tirée des tables",
}


def montants_de_la_loi() -> frozenset[int]:
    """Les seuils de toutes les périodes : un montant d'hier recopié à la main ment aussi."""
    return frozenset(
        periode.valeur
        for fiche in charger().fiches.values()
        for periode in fiche.periodes
        if fiche.unite.startswith("EUR") and isinstance(periode.valeur, int)
    )


def ecrits_a_la_main(texte: str) -> Iterator[str]:
    connus = montants_de_la_loi()
    for trouve in MONTANT.finditer(texte):
        if int(re.sub(r"\s", "", trouve[1])) in connus:
            yield trouve[1]


def a_relire() -> list[Path]:
    """Gabarits, documents, code :
    tout sauf le droit lui-même, ses exemples, et les décisions datées.
    """
    gabarits = [
        lu for suffixe in ("html", "txt") for lu in SOURCES.rglob(f"templates/**/*.{suffixe}")
    ]
    documents = [*(RACINE / "docs").rglob("*.md"), *(SOURCES / "beffroi").rglob("*.md")]
    code = [lu for lu in du_produit() if lu.is_relative_to(SOURCES / "beffroi")]
    return sorted(lu for lu in (*gabarits, *documents, *code) if "adr" not in lu.parts)


def test_aucun_montant_de_la_loi_n_est_ecrit_a_la_main():
    fautes = {
        relatif(lu): trouves
        for lu in a_relire()
        if relatif(lu) not in EXEMPLES
        and (trouves := list(ecrits_a_la_main(lu.read_text("utf-8"))))
    }
    assert not fautes, "une valeur de la loi se lit dans ses tables (src/droit/tables)"


@pytest.mark.parametrize("exemple", EXEMPLES)
def test_une_exception_sert_encore(exemple):
    assert list(ecrits_a_la_main((RACINE / exemple).read_text("utf-8")))


@pytest.mark.parametrize(
    "phrase", ["à partir de 40 000 € HT", "de 25 000 à 40\n        000 €", "60\u202f000\u00a0€"]
)
def test_un_montant_de_la_loi_se_reconnait(phrase):
    assert list(ecrits_a_la_main(phrase))


@pytest.mark.parametrize(
    "phrase", ["un prix de 41 234 €", "2 Mo et 40 000 lignes au plus", "140 001 €"]
)
def test_un_autre_nombre_n_en_est_pas_un(phrase):
    assert not list(ecrits_a_la_main(phrase))
