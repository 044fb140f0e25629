"""L'allure de l'école : son heure court d'un événement au suivant, puis reprend le pas de tous.

Les séances et les seconds facteurs suivent l'heure réelle.
Hors de l'école, rien ici n'est lu (`fondations.horloge`).
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import RegleEnfreinte

ECOLE = "ecole"
FICHIER = "horloge.json"


@dataclass(frozen=True)
class Allure:
    """À l'instant `reel`, l'école en était à `ecole` ;
    elle va `facteur` fois plus vite jusqu'à `jusqu_a`.
    """

    reel: datetime
    ecole: datetime
    facteur: int
    jusqu_a: datetime

    def instant(self, reel: datetime) -> datetime:
        """L'heure de l'école à cette heure réelle ; elle ne recule jamais."""
        ecoule = reel - self.reel
        course = (self.jusqu_a - self.ecole) / self.facteur
        if ecoule <= course:
            return self.ecole + max(ecoule, timedelta()) * self.facteur
        return self.jusqu_a + (ecoule - course)


def heure_de_l_ecole(reel: datetime) -> datetime:
    """L'adaptateur de `socle.HeureDeLEcole`."""
    allure = relire()
    return allure.instant(reel) if allure else reel


def accelerer(*, jusqu_a: datetime) -> None:
    """Fait courir l'heure de l'école jusqu'à cet instant. Refusé partout ailleurs."""
    if settings.ESPACE != ECOLE:
        raise RegleEnfreinte("Seule l'école fait courir l'heure.")
    ici = horloge.maintenant()
    instants = {"reel": horloge.heure_reelle(), "ecole": ici, "jusqu_a": max(jusqu_a, ici)}
    dit = {nom: instant.isoformat() for nom, instant in instants.items()} | {
        "facteur": settings.FACTEUR_DE_L_ECOLE
    }
    brouillon = Path(settings.DONNEES) / f"{FICHIER}.partiel"
    brouillon.write_text(json.dumps(dit), "ascii")
    brouillon.replace(Path(settings.DONNEES) / FICHIER)


def relire() -> Allure | None:
    fichier = Path(settings.DONNEES) / FICHIER
    try:
        etat = fichier.stat()
    except FileNotFoundError:
        return None
    return _lire(fichier, etat.st_mtime_ns, etat.st_ino)


@lru_cache(maxsize=4)
def _lire(fichier: Path, mtime_ns: int, inode: int) -> Allure:
    dit = json.loads(fichier.read_text("ascii"))
    instants = {nom: datetime.fromisoformat(dit[nom]) for nom in ("reel", "ecole", "jusqu_a")}
    return Allure(facteur=dit["facteur"], **instants)
