"""Les réglages par l'environnement : une table unique, typée, d'où la documentation est tirée.

Une valeur illisible arrête le démarrage avec une phrase : mieux vaut ne pas servir que mal
servir. `NOM_FICHIER` désigne un fichier qui contient la valeur de `NOM`, pour les secrets
montés par un orchestrateur.
"""

import os
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from beffroi.socle.fondations.reglages import ReglageIllisible
from droit.calendrier.heures import Horaires


@dataclass(frozen=True)
class Variable:
    """Une variable d'environnement lue par Beffroi."""

    nom: str
    defaut: str
    description: str
    secret: bool = False

    def brute(self) -> str:
        """La valeur telle qu'elle est écrite, ou celle du fichier désigné par `NOM_FICHIER`."""
        fichier = os.environ.get(f"{self.nom}_FICHIER")
        if fichier:
            return self._lire(Path(fichier))
        return os.environ.get(self.nom, self.defaut)

    def _lire(self, fichier: Path) -> str:
        try:
            return fichier.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise ReglageIllisible(
                f"{self.nom}_FICHIER désigne {fichier}, qui ne se lit pas."
            ) from None


def fichier_de(nom: str) -> Path | None:
    """Le fichier qui donne cette variable (`NOM_FICHIER`), si c'en est un."""
    fichier = os.environ.get(f"{nom}_FICHIER")
    return Path(fichier) if fichier else None


VARIABLES: dict[str, Variable] = {}


def declarer(nom: str, defaut: str, description: str, *, secret: bool = False) -> Variable:
    """Inscrit une variable dans la table et la rend."""
    variable = VARIABLES[nom] = Variable(
        nom=nom, defaut=defaut, description=description, secret=secret
    )
    return variable


def env_texte(nom: str, defaut: str, description: str) -> str:
    return declarer(nom, defaut, description).brute()


def env_secret(nom: str, defaut: str, description: str) -> str:
    return declarer(nom, defaut, description, secret=True).brute()


def env_bool(nom: str, defaut: str, description: str) -> bool:
    valeur = declarer(nom, defaut, description).brute().lower()
    if valeur not in {"oui", "non", "1", "0", "true", "false"}:
        raise ReglageIllisible(f"{nom} vaut « {valeur} » : écrivez oui ou non.")
    return valeur in {"oui", "1", "true"}


def env_entier(nom: str, defaut: str, description: str) -> int:
    valeur = declarer(nom, defaut, description).brute()
    try:
        return int(valeur.replace("_", ""))
    except ValueError:
        raise ReglageIllisible(f"{nom} vaut « {valeur} » : écrivez un nombre entier.") from None


def env_choix(nom: str, defaut: str, admis: tuple[str, ...], description: str) -> str:
    """Une valeur de la liste, ou la valeur par défaut."""
    valeur = declarer(nom, defaut, description).brute()
    if valeur not in {defaut, *admis}:
        raise ReglageIllisible(f"{nom} vaut « {valeur} » : écrivez {' ou '.join(admis)}, ou rien.")
    return valeur


def env_liste(nom: str, defaut: str, description: str) -> list[str]:
    valeur = declarer(nom, defaut, description).brute()
    return [element.strip() for element in valeur.split(",") if element.strip()]


def env_horaires(nom: str, defaut: str, description: str) -> Horaires:
    """« 8:30-17:30 » : l'ouverture, puis la fermeture."""
    valeur = declarer(nom, defaut, description).brute()
    try:
        ouverture, fermeture = (
            time.fromisoformat(heure.strip().zfill(5)) for heure in valeur.split("-")
        )
    except ValueError:
        raise ReglageIllisible(
            f"{nom} vaut « {valeur} » : écrivez deux heures, comme 8:30-17:30."
        ) from None
    if ouverture >= fermeture:
        raise ReglageIllisible(
            f"{nom} vaut « {valeur} » : l'ouverture doit venir avant la fermeture."
        )
    return Horaires(ouverture=ouverture, fermeture=fermeture)


def env_chemin(nom: str, description: str) -> Path | None:
    """Un chemin que quelqu'un d'autre tient ; rien, s'il n'est pas dit."""
    valeur = declarer(nom, "", description).brute()
    return Path(valeur).expanduser().resolve() if valeur else None


def env_dossier(nom: str, defaut: str, description: str) -> Path:
    """Le dossier, créé au besoin, pour qui lance la commande et pour lui seul."""
    dossier = Path(declarer(nom, defaut, description).brute()).expanduser().resolve()
    try:
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as erreur:
        raise ReglageIllisible(
            f"{nom} désigne {dossier}, qui ne peut pas être créé ({erreur.strerror})."
        ) from None
    return dossier
