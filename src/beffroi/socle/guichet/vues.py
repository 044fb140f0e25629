"""Ce que la page montrait à qui répond : deux personnes y répondent, la seconde doit le savoir."""

from collections.abc import Iterable, Mapping
from typing import Any


def ecrire_les_vues(vues: Iterable[tuple[str, object]]) -> str:
    """« cle=12 autre= » : la ligne que la page montre pour chaque case, à poster avec elle."""
    return " ".join(f"{cle}={vue}" for cle, vue in vues)


def lire_les_vues(postees: Mapping[str, Any] | None) -> dict[str, str]:
    """Ce que la page montrait, d'après son champ « vues » ; une case absente n'avait rien."""
    texte = str((postees or {}).get("vues", ""))
    return dict(couple.split("=", 1) for couple in texte.split() if "=" in couple)
