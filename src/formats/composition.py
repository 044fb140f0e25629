"""Compose un PDF archivable (PDF/A-2a) et accessible (PDF/UA-1) depuis un
modèle Typst et des données.

Les données voyagent en JSON, à côté du modèle : aucun texte reçu ne devient du balisage.
À données et date égales, les octets sont les mêmes.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import segno
import typst

from formats.caracteres import POLICES

_MODELES = Path(__file__).parent / "modeles"
_marque = {"filigrane": ""}


def filigraner(mot: str) -> None:
    """Met ce mot en travers de chaque page et en tête de chaque titre ;
    posé une fois, au démarrage d'un espace d'essai.
    """
    _marque["filigrane"] = mot


@cache
def polices() -> typst.Fonts:
    """Les nôtres, lues une fois : les relire coûte cinq fois le document."""
    return typst.Fonts(include_system_fonts=False, font_paths=[POLICES])


@dataclass(frozen=True, slots=True, kw_only=True)
class Attache:
    """Un fichier texte que le PDF porte, et qui dit autrement ce qu'il montre."""

    nom: str
    sorte: str
    description: str
    contenu: str


def composer(
    modele: str,
    donnees: Mapping[str, object],
    *,
    etabli_le: datetime,
    attache: Attache | None = None,
) -> bytes:
    """Le PDF du modèle nommé, daté de `etabli_le`.

    Avec un fichier attaché, il est PDF/A-3a : PDF/A-2 n'en admet aucun.
    """
    compilateur = typst.Compiler(
        _MODELES / f"{modele}.typ",
        root=_MODELES,
        font_paths=polices(),
        sys_inputs={
            "donnees": json.dumps(donnees, ensure_ascii=False),
            "attache": json.dumps(asdict(attache) if attache else None, ensure_ascii=False),
            **_marque,
        },
    )
    octets = compilateur.compile(
        format="pdf",
        pdf_standards=["a-3a" if attache else "a-2a", "ua-1"],
        timestamp=etabli_le.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(octets, bytes):
        raise TypeError("Un PDF tient dans un seul fichier.")
    return octets


def code_qr(texte: str) -> str:
    """Le code QR d'une adresse, en SVG."""
    tampon = io.BytesIO()
    segno.make(texte, error="m", micro=False).save(
        tampon, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None
    )
    return tampon.getvalue().decode("ascii")
