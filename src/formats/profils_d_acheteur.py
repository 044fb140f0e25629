"""La liste des profils d'acheteur (CCP, annexe 7, art. 4),
au schéma que publie le portail national des données ouvertes.

Quatre colonnes, une ligne par SIRET d'acheteur, séparées par des virgules, en UTF-8 :
celles du schéma « DPA ».
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from formats.caracteres import visible
from formats.tableur import neutraliser

COLONNES = ("siretAcheteur", "urlProfilAcheteur", "urlDCAT", "coordonnees")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilDAcheteur:
    """Un acheteur et l'adresse de son profil ; `coordonnees` est un texte libre, jamais vide."""

    siret: str
    adresse_du_profil: str
    adresse_du_catalogue: str
    coordonnees: str


def en_csv(profils: Iterable[ProfilDAcheteur]) -> bytes:
    """Les lignes dans l'ordre donné. Un nom venu d'un acheteur ne devient jamais une formule."""
    tampon = io.StringIO(newline="")
    ecrivain = csv.writer(tampon, lineterminator="\r\n")
    ecrivain.writerow(COLONNES)
    for profil in profils:
        textes = (
            profil.siret,
            profil.adresse_du_profil,
            profil.adresse_du_catalogue,
            profil.coordonnees,
        )
        ecrivain.writerow([neutraliser(visible(texte)) for texte in textes])
    return tampon.getvalue().encode()
