"""Tout texte d'un PDF peut être hostile :
il en sort tel quel, sans un signe de moins, et n'y devient ni lien ni champ.
"""

import dataclasses
import io
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from formats import (
    preuve_de_courrier,
    proces_verbal,
    recepisse,
    registre_des_depots,
    registre_des_retraits,
)
from formats.tests.exemples import LIMITE, un_proces_verbal, un_recepisse, un_registre, une_ligne
from formats.tests.test_preuve_de_courrier import une_preuve

HOSTILE = (
    '=1+1"><img src=x><script>alarme()</script>{{7|add:1}}#panic("x") $y$ *gras* @ici \\ '
    "[z](javascript:alarme())"
)
# Ce que la machine écrit : une empreinte, un numéro, le nom d'une enveloppe.
DE_LA_MACHINE = {
    "sha256",
    "racine",
    "empreinte",
    "empreintes",
    "engagement",
    "nonce",
    "enveloppe",
    "sha256_source",
    "identifiant",
    "siret",
    "recepisse",
    "remplace",
    "reference",
    "exemplaire",
    "support",
    "etat",
    "prevenue",
    "courriel",
}


def un_registre_de_retraits() -> registre_des_retraits.Registre:
    ligne = registre_des_retraits.LigneDeRetrait(
        le=LIMITE,
        document="RC",
        version=1,
        entreprise="Dupont",
        identifiant="",
        courriel="",
        prevenue="Non",
    )
    return registre_des_retraits.Registre(
        reference="2027-0001",
        titre="T",
        acheteur="A",
        exploitant="E",
        lignes=(ligne,),
        manques=0,
        etabli_le=LIMITE,
    )


PAPIERS = {
    "récépissé": (recepisse.pdf, un_recepisse),
    "procès-verbal": (proces_verbal.pdf, un_proces_verbal),
    "registre des dépôts": (registre_des_depots.pdf, lambda: un_registre(une_ligne())),
    "registre des retraits": (registre_des_retraits.pdf, un_registre_de_retraits),
    "preuve d'un courrier": (preuve_de_courrier.pdf, une_preuve),
}


class Canaris:
    """Remplace chaque texte par le même, hostile et numéroté ; retient ce qui doit se lire."""

    def __init__(self) -> None:
        self.plantes: dict[str, str] = {}

    def planter(self, valeur: Any, ou: str = "") -> Any:
        if ou.rpartition(".")[2] in DE_LA_MACHINE:
            return valeur
        if isinstance(valeur, str) and valeur:
            return self.plantes.setdefault(ou, f"{HOSTILE} Q{len(self.plantes)}Q")
        if isinstance(valeur, tuple):
            return tuple(self.planter(element, ou) for element in valeur)
        if dataclasses.is_dataclass(valeur) and not isinstance(valeur, type):
            champs = {c.name: getattr(valeur, c.name) for c in dataclasses.fields(valeur)}
            classe = type(valeur).__name__
            return dataclasses.replace(
                valeur, **{n: self.planter(v, f"{classe}.{n}") for n, v in champs.items()}
            )
        return valeur


def serre(texte: str) -> str:
    """Sans blanc ni trait d'union : une ligne s'y coupe, et la lecture d'un PDF les ôte.

    Apostrophes droites.
    """
    return "".join(
        c for c in texte.replace("’", "'") if not c.isspace() and c not in "-\u2010\ufffe\x02"
    )


def lu(octets: bytes) -> tuple[str, list[int]]:
    """Les mots de toutes les pages, et les annotations : liens, champs."""
    document = pypdfium2.PdfDocument(io.BytesIO(octets))
    try:
        mots = "".join(page.get_textpage().get_text_range() for page in document)
        return serre(mots), [pdfium.FPDFPage_GetAnnotCount(page.raw) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("papier", PAPIERS)
def test_un_texte_hostile_sort_tel_quel_et_ne_devient_rien_d_autre(papier):
    rendre, exemple = PAPIERS[papier]
    canaris = Canaris()
    octets = rendre(canaris.planter(exemple()))
    mots, annotations = lu(octets)
    _, liens_ordinaires = lu(rendre(exemple()))

    absents = [ou for ou, canari in canaris.plantes.items() if serre(canari) not in mots]
    assert absents == []
    assert len(canaris.plantes) > 3
    assert max(annotations) <= max(liens_ordinaires)
    assert not any(marque in octets for marque in (b"/JavaScript", b"/JS", b"/Launch", b"/AA"))
