"""La forme d'une archive de restitution : ses noms, son manifeste. Ni base, ni Django.

Un ZIP sans compression. Chaque dossier `consultations/REFERENCE/`, mis en ZIP, est un paquet SEDA ;
`donnees/REFERENCE.json` dit la même consultation en JSON ; `organisme/` tient ce qui n'est d'aucune
consultation ; `reprises/`, ce que l'organisme avait apporté d'une autre plateforme, à l'empreinte
qu'il avait là-bas ; `index.html` mène à tout. Le manifeste, dernier écrit, porte le SHA-256 et la
taille de chaque fichier ; le jeton d'horodatage porte sur le manifeste.
"""

import json
from collections.abc import Mapping
from typing import Any

FORMAT = "beffroi.restitution/1"
MANIFESTE, JETON = "manifeste.json", "manifeste.tsr"
INDEX, MODE_D_EMPLOI = "index.html", "VERIFIER.txt"
ORGANISME, CONSULTATIONS = "organisme.json", "consultations.json"
CLE_DU_JOURNAL, AUTORITE = "cles/journal.vkey", "cles/horodatage.pem"
# D'une archive dont le registre a changé de clé : de quoi aller de l'une à l'autre.
RELEVES = "cles/releves.json"
# Ce qu'un paquet emporte du journal :
# ses écritures, les jetons de ses têtes, les lignes de cahier, les certificats locaux.
JOURNAL, TETES, LIGNES, CERTIFICATS = (
    "journal.jsonl",
    "tetes.json",
    "lignes.jsonl",
    "horodatage.pem",
)
PREUVES = "Journal et jetons"
# L'étape, pour ce qui prouve une archive reprise :
# son manifeste, son jeton, l'autorité qui l'a signé.
ORIGINE = "Archive d'origine"


# Ce que l'organisme a ici sans consultation :
# contrats inscrits seuls, conventions, contributions, violations.
DOSSIER_DE_L_ORGANISME = "organisme/"


def dossier_de(reference: str) -> str:
    """Le dossier d'une consultation : un paquet SEDA déplié."""
    return f"consultations/{reference}/"


def donnees_de(reference: str) -> str:
    return f"donnees/{reference}.json"


def dossier_de_la_reprise(reference: str) -> str:
    """Les fichiers d'une archive venue d'ailleurs, tels qu'ils en sont venus."""
    return f"reprises/{reference}/"


def donnees_de_la_reprise(reference: str) -> str:
    return f"reprises/{reference}.json"


def canonique(contenu: Mapping[str, Any]) -> bytes:
    """Une seule écriture possible des mêmes faits : c'est elle que le jeton couvre."""
    return json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
