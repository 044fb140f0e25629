"""Le cycle de vie d'une consultation."""

from beffroi.socle.fondations.mots import Mots
from beffroi.socle.journal.cycles import Transition
from droit.citation import Article


class Etat(Mots):
    """`programmee` : figée jusqu'à l'heure dite, où elle se publie ou redevient un brouillon.

    La clôture n'est pas un état : c'est un fait de dates.
    `close` se note quand un acte la constate.
    """

    BROUILLON = "brouillon", "Brouillon"
    EN_RELECTURE = "en_relecture", "En relecture"
    PROGRAMMEE = "programmee", "Publication programmée"
    PUBLIEE = "publiee", "Publiée"
    CLOSE = "close", "Close"
    EN_OUVERTURE = "en_ouverture", "En ouverture"
    DEPOUILLEE = "depouillee", "Dépouillée"
    ATTRIBUEE = "attribuee", "Attribuée"
    SANS_SUITE = "sans_suite", "Sans suite"
    ARCHIVEE = "archivee", "Archivée"


CYCLE = (
    Transition("soumettre", depuis=frozenset({Etat.BROUILLON}), vers=Etat.EN_RELECTURE),
    Transition("reprendre", depuis=frozenset({Etat.EN_RELECTURE}), vers=Etat.BROUILLON),
    Transition(
        "programmer_la_publication",
        depuis=frozenset({Etat.BROUILLON, Etat.EN_RELECTURE}),
        vers=Etat.PROGRAMMEE,
    ),
    Transition(
        "annuler_la_programmation", depuis=frozenset({Etat.PROGRAMMEE}), vers=Etat.BROUILLON
    ),
    Transition("empecher_la_publication", depuis=frozenset({Etat.PROGRAMMEE}), vers=Etat.BROUILLON),
    Transition(
        "publier",
        depuis=frozenset({Etat.BROUILLON, Etat.EN_RELECTURE, Etat.PROGRAMMEE}),
        vers=Etat.PUBLIEE,
        source=Article("CCP", "R. 2132-2"),
    ),
    Transition(
        "clore",
        depuis=frozenset({Etat.PUBLIEE}),
        vers=Etat.CLOSE,
        source=Article("CCP", "R. 2143-1"),
    ),
    Transition(
        "entrer_en_seance",
        depuis=frozenset({Etat.PUBLIEE, Etat.CLOSE, Etat.DEPOUILLEE}),
        vers=Etat.EN_OUVERTURE,
    ),
    Transition(
        "achever_le_depouillement", depuis=frozenset({Etat.EN_OUVERTURE}), vers=Etat.DEPOUILLEE
    ),
    Transition("attribuer", depuis=frozenset({Etat.DEPOUILLEE}), vers=Etat.ATTRIBUEE),
    Transition(
        "declarer_sans_suite",
        depuis=frozenset({Etat.PUBLIEE, Etat.CLOSE, Etat.EN_OUVERTURE, Etat.DEPOUILLEE}),
        vers=Etat.SANS_SUITE,
        source=Article("CCP", "R. 2185-1"),
    ),
    Transition("archiver", depuis=frozenset({Etat.ATTRIBUEE, Etat.SANS_SUITE}), vers=Etat.ARCHIVEE),
)
