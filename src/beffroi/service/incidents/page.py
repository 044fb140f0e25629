"""La page d'état hébergée à part : un seul fichier, qui se lit quand le service ne répond plus.

L'ouvrier la récrit à chaque minute. Elle dit son heure :
si elle vieillit, c'est que rien ne l'écrit plus.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from beffroi.service.aide.rules import chiffres
from beffroi.service.disponibilite import sondes
from beffroi.service.disponibilite.tableau import annonces, bilan
from beffroi.socle.fondations import exploitant

FICHIER = "index.html"
PERIMEE_MIN = 5


def composer(le: datetime) -> str:
    """Tout y est : ni script, ni feuille de style, ni image à aller chercher ailleurs."""
    # « Les pages » se constate en lisant le service lui-même : d'ici, nul ne les a ouvertes.
    sondees = [sonde for sonde in sondes.sonder(le) if sonde.nom != sondes.LES_PAGES]
    dites = annonces(le)
    contexte: dict[str, Any] = {
        **dites,
        "le": le.replace(second=0, microsecond=0),
        "perimee": PERIMEE_MIN,
        "sondes": sondees,
        "bilan": bilan(sondees, dites["en_cours"]),
        "adresse": settings.ADRESSE_PUBLIQUE,
        "service": {
            **exploitant.service(),
            "telephone_international": f"+{chiffres(settings.SERVICE['telephone'])}",
        },
    }
    return render_to_string("incidents/page_d_etat.html", contexte)


def ecrire(dossier: Path, *, le: datetime) -> bool:
    """Met la page en place d'un coup ; faux si elle dit déjà la même chose.

    Qui la lit ne voit jamais une moitié.
    """
    cible, texte = dossier / FICHIER, composer(le)
    dossier.mkdir(parents=True, exist_ok=True)
    if cible.exists() and cible.read_text("utf-8") == texte:
        return False
    brouillon = cible.with_name(f".{FICHIER}.{os.getpid()}.partiel")
    try:
        with brouillon.open("w", encoding="utf-8") as flux:
            flux.write(texte)
            flux.flush()
            os.fsync(flux.fileno())
        # Un autre compte la sert, ou la recopie sur une autre machine.
        brouillon.chmod(0o644)
        brouillon.replace(cible)
    finally:
        brouillon.unlink(missing_ok=True)
    return True
