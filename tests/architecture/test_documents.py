"""Les documents disent vrai :
réglages tirés du code, liens qui mènent quelque part, décisions entières.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from beffroi.commandes.outillage import (
    document_des_actes,
    document_des_fautes,
    document_du_droit,
)
from beffroi.commandes.outillage.documents import FAUTES, REGLAGES, VALEURS, page_des_reglages
from tests.architecture.arbre import RACINE, SOURCES, relatif
from tests.architecture.renvois import existe, noms_de

LIEN = re.compile(r"\]\(([^)\s]+)\)")
TITRE = re.compile(r"^#+ +(.+)$", re.M)
BLOC_DE_CODE = re.compile(r"^```.*?^```", re.M | re.S)
PARTIES_D_UNE_DECISION = ("**Problème.**", "**Options.**", "**Choix.**", "**Conséquences.**")
DECISIONS = sorted((RACINE / "docs" / "adr").glob("[0-9]*.md"))


def documents() -> list[Path]:
    return [
        *RACINE.glob("*.md"),
        *(RACINE / "docs").rglob("*.md"),
        *SOURCES.rglob("*.md"),
        *(RACINE / "navigateur").glob("*.md"),
    ]


def liens_internes(document: Path) -> Iterator[str]:
    for adresse in LIEN.findall(BLOC_DE_CODE.sub("", document.read_text("utf-8"))):
        if not re.match(r"(https?|mailto):", adresse):
            yield adresse


def ancres(document: Path) -> set[str]:
    """Les ancres d'une page, comme les forges les tirent des titres."""
    titres = TITRE.findall(BLOC_DE_CODE.sub("", document.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", titre.lower()).replace(" ", "-") for titre in titres}


def mene_quelque_part(document: Path, adresse: str) -> bool:
    chemin, _, ancre = adresse.partition("#")
    cible = (document.parent / chemin).resolve() if chemin else document
    return cible.exists() and (not ancre or cible.suffix != ".md" or ancre in ancres(cible))


def test_la_page_des_reglages_est_celle_du_code():
    assert REGLAGES.read_text("utf-8") == page_des_reglages(), "périmée : ./beffroi docs"


def test_la_page_des_valeurs_de_la_loi_est_celle_des_tables():
    assert VALEURS.read_text("utf-8") == document_du_droit.page(), "périmée : ./beffroi docs"


def test_la_page_des_fautes_plantees_est_celle_de_la_liste():
    assert FAUTES.read_text("utf-8") == document_des_fautes.page(), "périmée : ./beffroi docs"


def test_la_page_des_actes_est_celle_du_code():
    assert document_des_actes.PAGE.read_text("utf-8") == document_des_actes.page(), (
        "périmée : ./beffroi docs"
    )


@pytest.mark.parametrize("document", documents(), ids=relatif)
def test_aucun_lien_ne_mene_nulle_part(document):
    assert [
        adresse for adresse in liens_internes(document) if not mene_quelque_part(document, adresse)
    ] == []


def test_la_page_d_un_contexte_ne_nomme_que_ce_qui_existe():
    fautes = [
        f"{relatif(page)} : `{nom}`"
        for page in sorted(SOURCES.rglob("README.md"))
        for nom in noms_de(page.read_text("utf-8"))
        if not existe(nom, [page.parent])
    ]

    assert not fautes, "\n".join(
        [
            "Dire le vrai nom, avec sa pièce s'il n'est pas d'ici (`guichet.chiffrement`) ; "
            "ce qui n'est pas de nous va dans D_AILLEURS (tests/architecture/renvois.py).",
            *fautes,
        ]
    )


@pytest.mark.parametrize("decision", DECISIONS, ids=relatif)
def test_une_decision_dit_le_probleme_les_options_le_choix_les_consequences(decision):
    texte = decision.read_text("utf-8")
    rangs = [texte.find(partie) for partie in PARTIES_D_UNE_DECISION]

    assert -1 not in rangs
    assert rangs == sorted(rangs)


def test_la_liste_des_decisions_est_complete():
    liste = (RACINE / "docs" / "adr" / "README.md").read_text("utf-8")

    assert [decision.name for decision in DECISIONS if f"({decision.name})" not in liste] == []


def test_chaque_page_se_trouve_depuis_l_index():
    index = RACINE / "docs" / "index.md"
    texte = index.read_text("utf-8")
    pages = [
        page
        for page in (RACINE / "docs").rglob("*.md")
        if "adr" not in page.parts and page != index
    ]

    assert "](docs/index.md)" in (RACINE / "README.md").read_text("utf-8")
    assert [
        relatif(page) for page in pages if f"]({page.relative_to(index.parent)})" not in texte
    ] == []
