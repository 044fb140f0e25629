"""Prendre un appel pour soi, le temps d'un acte : son tour, sous verrou."""

from beffroi.centre.contributions.models import Exercice
from beffroi.centre.contributions.states import CYCLE, Etat
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.franchissement import transition_depuis


def a_mener(exercice: Exercice, acte: str, *, avec: tuple[str, ...] = ()) -> Exercice:
    """L'exercice sous verrou, si cet acte y est possible :
    qui arrive second lit pourquoi, et rien ne se fait deux fois.
    """
    exercice = verrouiller(exercice, avec=avec)
    try:
        transition_depuis(CYCLE, acte, exercice.etat)
    except ConflitEtat as conflit:
        raise ConflitEtat(
            f"L'appel {exercice.cle} en est à « {Etat(exercice.etat).label} » : "
            "une autre personne l'a mené, ou ce "
            "n'est pas son tour. Rechargez la page."
        ) from conflit
    return exercice
