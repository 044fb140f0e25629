"""Les documents de la démonstration :
de vrais PDF, de vrais tableurs, de vraies archives, au contenu inventé.
"""

import io
import json
import zipfile
from pathlib import Path

import odfdo
import typst

from formats.composition import polices

DATE = (2026, 11, 2, 9, 0, 0)


def pdf(titre: str, surtitre: str, **articles: str) -> bytes:
    """Une pièce en PDF : chaque argument nommé est un article (`delai_d_execution="…"`)."""
    donnees = {
        "titre": titre,
        "surtitre": surtitre,
        "articles": [
            {"titre": nom.replace("_", " ").capitalize(), "texte": texte}
            for nom, texte in articles.items()
        ],
    }
    octets = typst.compile(
        Path(__file__).parent / "piece.typ",
        font_paths=polices(),
        sys_inputs={"donnees": json.dumps(donnees, ensure_ascii=False)},
    )
    return bytes(octets)


def bordereau(*lignes: tuple[str, str, float]) -> bytes:
    """Un bordereau des prix en ODS : désignation, unité, prix unitaire hors taxes."""
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Bordereau des prix")
    table.append_row(odfdo.Row(width=0))
    rangees: list[tuple[str, str, str | float]] = [
        ("Désignation", "Unité", "Prix unitaire HT"),
        *lignes,
    ]
    for rang, valeurs in enumerate(rangees):
        for colonne, valeur in enumerate(valeurs):
            table.set_value((colonne, rang), valeur)
    document.body.append(table)
    tampon = io.BytesIO()
    document.save(tampon)
    return tampon.getvalue()


def archive(**fichiers: bytes) -> bytes:
    """Une archive ZIP ; les noms d'arguments deviennent des noms de fichiers
    (`plan_pdf` → `plan.pdf`).
    """
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nom, contenu in fichiers.items():
            zip_.writestr(zipfile.ZipInfo(nom[::-1].replace("_", ".", 1)[::-1], DATE), contenu)
    return tampon.getvalue()
