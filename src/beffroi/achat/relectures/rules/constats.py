"""Un constat des contrôles : ce qui l'identifie, et ce que le juriste en fait."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from droit.decision import Decision, Motif

RETENU, ECARTE = "retenu", "ecarte"
MOTS_D_UN_MOTIF = 3


def empreinte_du_constat(code: str, quoi: str, trouve: str) -> str:
    """Ce qui identifie un constat : son code, sa phrase et ce qui a été trouvé ;
    trouver autre chose en fait un autre.
    """
    return hashlib.sha256(
        "\0".join((code, quoi, *([trouve] if trouve else []))).encode()
    ).hexdigest()


def peut_etre_decide(*, issue: str, motif: str) -> Decision:
    """Écarter demande une raison que l'acheteur comprenne : elle part avec l'avis."""
    if issue == ECARTE and len(motif.split()) < MOTS_D_UN_MOTIF:
        return Decision.refus(
            Motif("Dites en quelques mots pourquoi vous écartez ce point : l'acheteur le lira.")
        )
    return Decision.accord()


def en_bref(issues: Iterable[str]) -> str:
    """« 6 points : 2 retenus, 1 écarté, 3 à décider. » ; `issues` : vide, ce qui reste ouvert."""
    comptes = Counter(issues)
    total = comptes.total()
    if not total:
        return "Les contrôles n'ont rien relevé."
    parts = (
        _accorde(comptes[RETENU], "retenu"),
        _accorde(comptes[ECARTE], "écarté"),
        f"{comptes['']} à décider" if comptes[""] else "",
    )
    return f"{_accorde(total, 'point')} : {', '.join(filter(None, parts))}."


def _accorde(nombre: int, mot: str) -> str:
    return f"{nombre} {mot}{'s' if nombre > 1 else ''}" if nombre else ""
