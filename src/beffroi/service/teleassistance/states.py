"""Le cycle d'un partage :
accepté, rejoint, l'écran montré, puis une fin, dont on garde la cause.
"""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition


class Etat(Mots):
    CONSENTI = "consenti", "Attend le centre de gestion"
    REJOINT = "rejoint", "Le centre de gestion est là"
    MONTRE = "montre", "Écran montré"
    TERMINE = "termine", "Terminé"
    REFUSE = "refuse", "Rien n'a été montré"
    COUPE = "coupe", "Coupé"
    EXPIRE = "expire", "Expiré"
    REMPLACE = "remplace", "Remplacé par un autre"


VIFS = frozenset({Etat.CONSENTI, Etat.REJOINT, Etat.MONTRE})
A_DEUX = frozenset({Etat.REJOINT, Etat.MONTRE})
# Ce qu'un accord peut devenir tant que personne ne l'a rejoint.
SEULE = frozenset({Etat.CONSENTI, Etat.TERMINE, Etat.REFUSE, Etat.EXPIRE, Etat.REMPLACE})

CYCLE = (
    Transition("rejoindre", depuis=frozenset({Etat.CONSENTI}), vers=Etat.REJOINT),
    Transition("montrer", depuis=frozenset({Etat.REJOINT}), vers=Etat.MONTRE),
    Transition("refuser", depuis=frozenset({Etat.CONSENTI, Etat.REJOINT}), vers=Etat.REFUSE),
    Transition("terminer", depuis=VIFS, vers=Etat.TERMINE),
    Transition("couper", depuis=A_DEUX, vers=Etat.COUPE),
    Transition("expirer", depuis=VIFS, vers=Etat.EXPIRE),
    # Elle en redemande un : le second remplace le premier.
    Transition("remplacer", depuis=VIFS, vers=Etat.REMPLACE),
)
