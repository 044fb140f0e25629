"""Le cycle de vie d'une parution : de l'avis prêt à sa publication, ou à son refus."""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition
from droit.citation import Article


class Etat(Mots):
    """`en_envoi` : la plateforme s'en charge et recommence.

    `envoyee` : la preuve de la date d'envoi est gardée.
    """

    PREPAREE = "preparee", "Préparée"
    EN_ENVOI = "en_envoi", "En cours d'envoi"
    ENVOYEE = "envoyee", "Envoyée"
    CONFIRMEE = "confirmee", "Réception confirmée"
    PARUE = "parue", "Parue"
    REFUSEE = "refusee", "Refusée"


PREUVE = Article("CCP", "R. 2131-19")

CYCLE = (
    Transition(
        "demander_l_envoi", depuis=frozenset({Etat.PREPAREE, Etat.REFUSEE}), vers=Etat.EN_ENVOI
    ),
    Transition("relancer_l_envoi", depuis=frozenset({Etat.EN_ENVOI}), vers=Etat.EN_ENVOI),
    Transition(
        "noter_l_envoi", depuis=frozenset({Etat.EN_ENVOI}), vers=Etat.ENVOYEE, source=PREUVE
    ),
    Transition(
        "declarer_l_envoi",
        depuis=frozenset({Etat.PREPAREE, Etat.REFUSEE}),
        vers=Etat.ENVOYEE,
        source=PREUVE,
    ),
    Transition("confirmer_la_reception", depuis=frozenset({Etat.ENVOYEE}), vers=Etat.CONFIRMEE),
    Transition(
        "constater_la_parution", depuis=frozenset({Etat.ENVOYEE, Etat.CONFIRMEE}), vers=Etat.PARUE
    ),
    Transition(
        "constater_le_refus",
        depuis=frozenset({Etat.EN_ENVOI, Etat.ENVOYEE, Etat.CONFIRMEE}),
        vers=Etat.REFUSEE,
    ),
)
