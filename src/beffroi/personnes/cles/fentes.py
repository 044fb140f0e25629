"""Ce que le navigateur envoie d'une clé : ses ouvertures scellées, jamais la clé."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FenteScellee:
    """Une ouverture : sa sorte, le fichier age qui contient l'identité,
    et ce qu'il faut pour l'ouvrir.

    `essayee` : le navigateur l'a rouverte une fois, et elle a redonné la clé.
    """

    sorte: str
    contenu: bytes
    libelle: str = ""
    parametres: Mapping[str, str] = field(default_factory=dict)
    essayee: bool = False


@dataclass(frozen=True)
class Preuve:
    """Un canari rendu : qui ajoute une façon d'ouvrir la clé la tient ouverte.

    Une session volée n'y suffit pas.
    """

    clair: bytes
    empreinte_attendue: str
