"""L'attestation de test d'un poste :
ce que le navigateur déclare, ce que le serveur a vu, et l'heure.
"""

from dataclasses import dataclass
from datetime import datetime

from formats import composition, dates
from formats.caracteres import groupes, lisible, morceaux
from formats.typographie import typographier


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneDeTest:
    """Un contrôle ; `bon` est faux s'il y a une réserve ou un refus."""

    intitule: str
    mot: str
    bon: bool
    mesure: str
    geste: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    conclusion: str
    bonne: bool
    lignes: tuple[LigneDeTest, ...]
    # Ce que le serveur a vu lui-même : « nom, valeur ».
    constats: tuple[tuple[str, str], ...]
    empreinte: str
    exploitant: str
    adresse_de_verification: str
    etablie_le: datetime


def pdf(attestation: Attestation) -> bytes:
    """L'attestation en PDF/A-2a et PDF/UA-1."""
    return composition.composer(
        "attestation", _donnees(attestation), etabli_le=attestation.etablie_le
    )


def _donnees(attestation: Attestation) -> dict[str, object]:
    le = attestation.etablie_le
    return {
        "titre": "Attestation de test d'un poste",
        "exploitant": lisible(attestation.exploitant),
        "etabli": f"{dates.jour(le)} à {dates.heure(le)}",
        "quand": dates.jour_et_heure(le, exacte=True),
        "conclusion": typographier(attestation.conclusion),
        "bonne": attestation.bonne,
        "lignes": [
            {
                "intitule": typographier(ligne.intitule),
                "mot": ligne.mot,
                "bon": ligne.bon,
                "mesure": typographier(ligne.mesure),
                "geste": typographier(ligne.geste),
            }
            for ligne in attestation.lignes
        ],
        "constats": [
            {"nom": nom, "valeur": morceaux(typographier(valeur))}
            for nom, valeur in attestation.constats
        ],
        "empreinte": groupes(attestation.empreinte),
        "adresse": lisible(attestation.adresse_de_verification),
    }
