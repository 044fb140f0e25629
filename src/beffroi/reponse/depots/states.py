"""Les cycles de vie d'une réponse en préparation et d'un pli déposé."""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition
from droit.citation import Article


class EtatDuPli(Mots):
    DEPOSE = "depose", "Déposé"
    REMPLACE = "remplace", "Remplacé"
    RETIRE = "retire", "Retiré"
    OUVERT = "ouvert", "Ouvert"


CYCLE_DU_PLI = (
    Transition(
        "remplacer",
        depuis=frozenset({EtatDuPli.DEPOSE}),
        vers=EtatDuPli.REMPLACE,
        source=Article("CCP", "R. 2151-6"),
    ),
    Transition("retirer", depuis=frozenset({EtatDuPli.DEPOSE}), vers=EtatDuPli.RETIRE),
    # « Ce n'est pas moi » : le retrait, ou le remplacement même partiel, est suspendu.
    Transition(
        "contester",
        depuis=frozenset({EtatDuPli.DEPOSE, EtatDuPli.REMPLACE, EtatDuPli.RETIRE}),
        vers=EtatDuPli.DEPOSE,
    ),
    Transition(
        "ouvrir", depuis=frozenset({EtatDuPli.DEPOSE, EtatDuPli.REMPLACE}), vers=EtatDuPli.OUVERT
    ),
)
