"""Le cycle de vie d'une convention, de la demande à la fin."""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition
from droit.citation import Document

ART_5 = Document("convention, art. 5")


class Etat(Mots):
    """L'ordre est celui du tableau.

    `close` est sans retour : une convention finie se refait, elle ne se rouvre pas. Une exception :
    finie pour un défaut de paiement, deux personnes la reprennent dans les sept jours.
    """

    DEMANDE = "demande", "Demande"
    PROJET = "projet", "Projet"
    CHEZ_LA_COLLECTIVITE = "chez_la_collectivite", "Chez la collectivité"
    DELIBERATION_RECUE = "deliberation_recue", "Délibération reçue"
    SIGNEE = "signee", "Signée"
    ACTIVE = "active", "Active"
    A_RENOUVELER = "a_renouveler", "À renouveler"
    DENONCEE = "denoncee", "Dénoncée"
    CLOSE = "close", "Close"


PAS_ENCORE_SIGNEE = frozenset(
    {Etat.DEMANDE, Etat.PROJET, Etat.CHEZ_LA_COLLECTIVITE, Etat.DELIBERATION_RECUE}
)
COURENT = frozenset({Etat.ACTIVE, Etat.A_RENOUVELER})

CYCLE = (
    Transition("preparer", depuis=frozenset({Etat.DEMANDE, Etat.PROJET}), vers=Etat.PROJET),
    Transition("envoyer", depuis=frozenset({Etat.PROJET}), vers=Etat.CHEZ_LA_COLLECTIVITE),
    Transition(
        "reprendre",
        depuis=frozenset({Etat.CHEZ_LA_COLLECTIVITE, Etat.DELIBERATION_RECUE}),
        vers=Etat.PROJET,
    ),
    Transition(
        "recevoir_la_deliberation",
        depuis=frozenset({Etat.CHEZ_LA_COLLECTIVITE}),
        vers=Etat.DELIBERATION_RECUE,
    ),
    Transition("signer", depuis=frozenset({Etat.DELIBERATION_RECUE}), vers=Etat.SIGNEE),
    Transition("reprendre_une_signee", depuis=frozenset({Etat.DEMANDE}), vers=Etat.SIGNEE),
    Transition("activer", depuis=frozenset({Etat.SIGNEE}), vers=Etat.ACTIVE),
    Transition(
        "approcher_du_terme", depuis=frozenset({Etat.ACTIVE}), vers=Etat.A_RENOUVELER, source=ART_5
    ),
    Transition("reconduire", depuis=frozenset({Etat.A_RENOUVELER}), vers=Etat.ACTIVE, source=ART_5),
    Transition("denoncer", depuis=COURENT, vers=Etat.DENONCEE, source=ART_5),
    Transition("annuler_la_denonciation", depuis=frozenset({Etat.DENONCEE}), vers=Etat.ACTIVE),
    Transition(
        "revenir_sur_la_fin", depuis=frozenset({Etat.DENONCEE, Etat.CLOSE}), vers=Etat.ACTIVE
    ),
    Transition("clore", depuis=frozenset({Etat.DENONCEE}), vers=Etat.CLOSE, source=ART_5),
    Transition("annuler_la_reprise", depuis=COURENT | {Etat.SIGNEE}, vers=Etat.CLOSE),
    Transition("ecarter", depuis=PAS_ENCORE_SIGNEE, vers=Etat.CLOSE),
)
