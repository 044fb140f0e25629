"""Soumettre un avis européen aux contrôles officiels,
avec les fichiers que l'exploitant a installés.

Le premier contrôle d'un sous-type prend plusieurs secondes :
une page le demande par une tâche, jamais pendant une requête.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

from beffroi.publicite.avis.models import Avis
from formats.avis import ouvrir, rapport
from formats.schematron import Ouvrier


def rapport_de(avis: Avis) -> rapport.Rapport:
    """Nos règles, le schéma, les règles officielles ; ce qui n'a pas été vérifié y est dit."""
    return rapport.verifier(
        ouvrir(avis.xml.encode()),
        fichier=avis.reference,
        normes=Path(settings.NORMES) if settings.NORMES else None,
        cache=settings.DONNEES / "cache" / "schematron",
        ouvrier=_ouvrier(),
    )


@cache
def _ouvrier() -> Ouvrier:
    """Un moteur pour ce processus : il garde les règles compilées d'un avis à l'autre."""
    return Ouvrier()
