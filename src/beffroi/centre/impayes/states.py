"""Le cycle d'un défaut de paiement, du rappel au paiement ou à la fin de la convention."""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition
from droit.citation import Document

ART_5 = Document("convention, art. 5")


class Etat(Mots):
    RELANCEE = "relancee", "Rappel envoyé"
    DEMEURE_ENVOYEE = "demeure_envoyee", "Mise en demeure à recevoir"
    EN_DEMEURE = "en_demeure", "En demeure de payer"
    BLOCAGE_DECIDE = "blocage_decide", "Blocage à notifier"
    BLOQUEE = "bloquee", "Consultations nouvelles bloquées"
    FIN_DECIDEE = "fin_decidee", "Fin à notifier"
    FINIE = "finie", "Convention finie"
    REGLEE = "reglee", "Payée"
    ABANDONNEE = "abandonnee", "Abandonnée"


CLOSES = frozenset({Etat.REGLEE, Etat.ABANDONNEE})
EN_COURS = frozenset(Etat) - CLOSES
AVANT_LA_FIN = EN_COURS - {Etat.FINIE}

CYCLE = (
    Transition(
        "mettre_en_demeure",
        depuis=frozenset({Etat.RELANCEE}),
        vers=Etat.DEMEURE_ENVOYEE,
        source=ART_5,
    ),
    Transition(
        "noter_la_reception",
        depuis=frozenset({Etat.DEMEURE_ENVOYEE}),
        vers=Etat.EN_DEMEURE,
        source=ART_5,
    ),
    Transition("refaire_la_lettre", depuis=frozenset({Etat.DEMEURE_ENVOYEE}), vers=Etat.RELANCEE),
    Transition(
        "decider_le_blocage",
        depuis=frozenset({Etat.EN_DEMEURE}),
        vers=Etat.BLOCAGE_DECIDE,
        source=ART_5,
    ),
    Transition(
        "notifier", depuis=frozenset({Etat.BLOCAGE_DECIDE}), vers=Etat.BLOQUEE, source=ART_5
    ),
    Transition("lever_le_blocage", depuis=frozenset({Etat.BLOQUEE}), vers=Etat.EN_DEMEURE),
    Transition(
        "decider_la_fin",
        depuis=frozenset({Etat.EN_DEMEURE, Etat.BLOQUEE}),
        vers=Etat.FIN_DECIDEE,
        source=ART_5,
    ),
    Transition("notifier", depuis=frozenset({Etat.FIN_DECIDEE}), vers=Etat.FINIE, source=ART_5),
    Transition(
        "revenir_sur_la_fin", depuis=frozenset({Etat.FINIE}), vers=Etat.EN_DEMEURE, source=ART_5
    ),
    Transition("regler", depuis=EN_COURS, vers=Etat.REGLEE),
    Transition("abandonner", depuis=AVANT_LA_FIN, vers=Etat.ABANDONNEE),
)
