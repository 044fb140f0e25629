"""Ce qu'un juge tient d'ailleurs : le cles.json de la plateforme, gardé chez lui."""

import json
from pathlib import Path

from beffroi.socle.journal import chainage


def connue(dossier: Path) -> list[str]:
    """De quoi juger les preuves de cette plateforme sous des clés qu'elles ne portent pas."""
    fichier = dossier / "cles-connues.json"
    publiees = {
        "journal": chainage.signataire().vkey,
        "horodatage": chainage.certificats_d_horodatage(),
    }
    fichier.write_text(json.dumps(publiees), "utf-8")
    return ["--confiance", str(fichier)]
