"""Le cycle d'un versement : demandé, envoyé, reçu, puis pris en charge ou refusé."""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition


class Etat(Mots):
    """`accuse` : le service d'archives l'a reçu, et n'en répond pas encore.

    `accepte` : il le prend en charge.
    """

    A_ENVOYER = "a_envoyer", "À envoyer"
    ENVOYE = "envoye", "Envoyé"
    ACCUSE = "accuse", "Reçu par le service d'archives"
    ACCEPTE = "accepte", "Pris en charge"
    REFUSE = "refuse", "Refusé"
    ABANDONNE = "abandonne", "Abandonné"


FERMES = frozenset({Etat.REFUSE, Etat.ABANDONNE})
VIVANTS = frozenset(Etat) - FERMES
ATTENDUS = frozenset({Etat.ENVOYE, Etat.ACCUSE})

CYCLE = (
    Transition("noter_l_envoi", depuis=frozenset({Etat.A_ENVOYER}), vers=Etat.ENVOYE),
    Transition("relancer", depuis=frozenset({Etat.A_ENVOYER}), vers=Etat.A_ENVOYER),
    Transition("constater_l_accuse", depuis=frozenset({Etat.ENVOYE}), vers=Etat.ACCUSE),
    Transition("constater_la_prise_en_charge", depuis=ATTENDUS, vers=Etat.ACCEPTE),
    Transition("constater_le_refus", depuis=ATTENDUS, vers=Etat.REFUSE),
    Transition("abandonner", depuis=frozenset({Etat.A_ENVOYER, *ATTENDUS}), vers=Etat.ABANDONNE),
)
