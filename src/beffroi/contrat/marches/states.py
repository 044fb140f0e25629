"""Le cycle de vie d'un contrat, de l'acte d'engagement à la fin."""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition
from droit.citation import Article

R2182_4 = Article("CCP", "R. 2182-4")
D2131_5_1 = Article("CGCT", "D. 2131-5-1")


class Etat(Mots):
    """`clos` et `abandonne` sont sans retour : un contrat fini ne se rouvre pas."""

    A_SIGNER = "a_signer", "À signer"
    SIGNE = "signe", "Signé"
    TRANSMIS = "transmis", "Transmis au préfet"
    NOTIFIE = "notifie", "En cours"
    EXECUTE = "execute", "Exécuté"
    RESILIE = "resilie", "Résilié"
    CLOS = "clos", "Clos"
    ABANDONNE = "abandonne", "Abandonné"


CONCLUS = frozenset(
    {Etat.SIGNE, Etat.TRANSMIS, Etat.NOTIFIE, Etat.EXECUTE, Etat.RESILIE, Etat.CLOS}
)
ONT_PRIS_EFFET = frozenset({Etat.NOTIFIE, Etat.EXECUTE, Etat.RESILIE, Etat.CLOS})

CYCLE = (
    Transition("signer", depuis=frozenset({Etat.A_SIGNER}), vers=Etat.SIGNE),
    Transition("abandonner", depuis=frozenset({Etat.A_SIGNER}), vers=Etat.ABANDONNE),
    Transition("transmettre", depuis=frozenset({Etat.SIGNE}), vers=Etat.TRANSMIS, source=D2131_5_1),
    Transition(
        "notifier", depuis=frozenset({Etat.SIGNE, Etat.TRANSMIS}), vers=Etat.NOTIFIE, source=R2182_4
    ),
    Transition("constater_l_execution", depuis=frozenset({Etat.NOTIFIE}), vers=Etat.EXECUTE),
    Transition("resilier", depuis=frozenset({Etat.NOTIFIE}), vers=Etat.RESILIE),
    Transition("clore", depuis=frozenset({Etat.EXECUTE, Etat.RESILIE}), vers=Etat.CLOS),
)
