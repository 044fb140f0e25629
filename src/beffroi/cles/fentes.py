"""Ce que le navigateur envoie d'une clé : ses ouvertures scellées, jamais la clé."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FenteScellee:
    """Une ouverture : sa sorte, le fichier age qui contient l'identité, et ce qu'il faut pour l'ouvrir."""

    sorte: str
    contenu: bytes
    libelle: str = ""
    parametres: Mapping[str, str] = field(default_factory=dict)
