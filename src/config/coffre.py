"""Où les coffres des nœuds se joignent ; sur un seul nœud, rien à régler."""

from typing import Any, NamedTuple

from beffroi.socle.fondations.reglages import ReglageIllisible
from config.env import env_liste, env_texte

ECOUTE = "BEFFROI_COFFRE_ECOUTE"
NOEUDS = "BEFFROI_COFFRES_DES_NOEUDS"


class Adresse(NamedTuple):
    hote: str
    port: int


def adresse(dite: str, *, reglage: str) -> Adresse:
    """« 10.0.0.1:8701 », « [fd00::1]:8701 » ou « noeud-a:8701 »."""
    hote, _, port = dite.rpartition(":")
    hote = hote.removeprefix("[").removesuffix("]")
    if not hote or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ReglageIllisible(
            f"{reglage} vaut « {dite} » : écrivez une adresse et un port, comme 10.0.0.1:8701."
        )
    return Adresse(hote, int(port))


def coffre(ecoute: str, noeuds: list[str]) -> dict[str, Any]:
    """Où ce nœud se fait joindre, et où il joint les autres."""
    ici = adresse(ecoute, reglage=ECOUTE) if ecoute else None
    tous = [adresse(noeud, reglage=NOEUDS) for noeud in noeuds]
    if tous and ici is None:
        raise ReglageIllisible(
            f"{NOEUDS} est donné sans {ECOUTE} : les autres nœuds ne joindraient pas le coffre "
            "d'ici. Donnez l'adresse et le port où ils le joindront."
        )
    return {"ecoute": ici, "autres": [noeud for noeud in tous if noeud != ici]}


COFFRE = coffre(
    env_texte(
        ECOUTE,
        "",
        (
            "Adresse et port où les autres nœuds joignent le coffre de celui-ci, sur leur réseau "
            "privé, par exemple 10.0.0.1:8701 ; vide : un seul nœud."
        ),
    ),
    env_liste(
        NOEUDS,
        "",
        (
            "Les coffres de tous les nœuds, les mêmes partout, séparés par des virgules : "
            "une séance s'ouvre quel que soit le nœud qui répond."
        ),
    ),
)
