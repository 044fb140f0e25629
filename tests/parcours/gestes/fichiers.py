"""De vrais fichiers, aux noms de la vraie vie :
accents, espaces, emoji, un fichier vide, un très gros.
"""

import functools
import io
import random
import zipfile
from pathlib import Path

from demo import documents

OCTETS_DU_GROS = 40_000_000

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_TEXTE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>"
)


def docx(texte: str) -> bytes:
    """Le plus petit document qu'un traitement de texte ouvre."""
    return archive(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELATIONS.encode(),
            "word/document.xml": _TEXTE.format(texte).encode(),
        }
    )


def archive(contenus: dict[str, bytes]) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as zip_:
        for nom, octets in contenus.items():
            zip_.writestr(zipfile.ZipInfo(nom, documents.DATE), octets)
    return tampon.getvalue()


def gros() -> bytes:
    """Une maquette que rien ne comprime : la couper au milieu laisse le temps de le faire."""
    return archive({"maquette.ifc": random.Random(2026).randbytes(OCTETS_DU_GROS)})


@functools.cache
def pieces_du_dossier() -> list[tuple[str, str, bytes]]:
    """(sorte, nom, octets) : ce que Martine joint à la consultation.

    Faites une fois : un PDF porte son heure.
    """
    reglement = documents.pdf(
        "Règlement de la consultation", "Commune de Bomy", objet="Deux lots, une visite libre."
    )
    prix = documents.bordereau(("Ardoise posée", "m²", 0.0), ("Zinguerie", "ml", 0.0))
    return [
        ("rc", "règlement.pdf", reglement),
        ("prix", "bordereau des prix.ods", prix),
        ("plan", "plans (été 2026).zip", documents.archive(plan_de_masse_pdf=reglement)),
        ("ae", "acte d'engagement.docx", docx("Acte d'engagement, à compléter.")),
    ]


def reponse_de_sophie(dossier: Path) -> dict[str, list[Path]]:
    """Les fichiers de Sophie, par écran. Le gros est à part : c'est lui que la panne coupe."""
    lettre = documents.pdf(
        "Lettre de candidature", "Atelier du Faîtage", objet="Candidature aux deux lots."
    )
    memoire = documents.pdf(
        "Mémoire technique", "Atelier du Faîtage", methode="Une équipe, un chantier."
    )
    return {
        "candidature": ecrire(
            dossier / "c",
            {
                "Lettre de candidature (Faîtage).pdf": lettre,
                "capacités de l'atelier.docx": docx("Six"),
            },
        ),
        "lot-1": ecrire(
            dossier / "1",
            {
                "mémoire 🏗️ école, 2e version.pdf": memoire,
                "à compléter.txt": b"",
                "bordereau des prix.ods": documents.bordereau(("Ardoise posée", "m²", 71.5)),
            },
        ),
        "gros": ecrire(dossier / "1", {"maquette numérique.zip": gros()}),
        "lot-2": ecrire(
            dossier / "2", {"mémoire 🏗️ école, 2e version.pdf": memoire + b"\n% lot 2\n"}
        ),
    }


def ecrire(dossier: Path, contenus: dict[str, bytes]) -> list[Path]:
    dossier.mkdir(parents=True, exist_ok=True)
    for nom, octets in contenus.items():
        (dossier / nom).write_bytes(octets)
    return [dossier / nom for nom in contenus]
