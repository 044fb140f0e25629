"""Le cycle d'un appel de contributions : rien ne part avant que deux personnes l'aient validé."""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition


class Etat(Mots):
    OUVERT = "ouvert", "Ouvert"
    FIGE = "fige", "Comptes figés"
    SIMULE = "simule", "Aperçu calculé"
    PREPARE = "prepare", "Validé par une première personne"
    VALIDE = "valide", "Validé par deux personnes"
    EMIS = "emis", "Émis"


CYCLE = (
    Transition("figer", depuis=frozenset({Etat.OUVERT}), vers=Etat.FIGE),
    Transition("simuler", depuis=frozenset({Etat.FIGE, Etat.SIMULE}), vers=Etat.SIMULE),
    Transition("preparer", depuis=frozenset({Etat.SIMULE}), vers=Etat.PREPARE),
    Transition("renvoyer", depuis=frozenset({Etat.PREPARE}), vers=Etat.SIMULE),
    Transition("valider", depuis=frozenset({Etat.PREPARE}), vers=Etat.VALIDE),
    Transition("emettre", depuis=frozenset({Etat.VALIDE}), vers=Etat.EMIS),
)
