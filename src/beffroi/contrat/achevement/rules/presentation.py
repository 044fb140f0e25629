"""Le rapport de présentation :
qui le doit, ce qu'il dit, à qui il se communique (CCP, art. R. 2184-1 à R. 2184-11).
"""

from dataclasses import dataclass
from datetime import date

from droit.citation import Article
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, DroitInconnu

RAPPORT = Article("CCP", "R. 2184-1")
CONTENU = Article("CCP", "R. 2184-2")
RAISONS = Article("CCP", "R. 2184-3")
CONTROLE = Article("CCP", "R. 2184-5")
COMMISSION = Article("CCP", "R. 2184-6")
ENTITE = Article("CCP", "R. 2184-7")
NEGOCIEES = frozenset({"procedure_avec_negociation", "dialogue_competitif", "sans_publicite"})


@dataclass(frozen=True)
class Devoir:
    """Le rapport est-il exigé, et la phrase qui le dit."""

    exige: bool
    motif: Motif


def devoir_de(*, formalise: bool, concession: bool, entite_adjudicatrice: bool, le: date) -> Devoir:
    """Au-dessus du seuil européen, un pouvoir adjudicateur l'établit ;
    une entité adjudicatrice garde les mêmes faits.
    """
    if concession:
        return Devoir(
            False,
            Motif("Une concession n'a pas de rapport de présentation. Vous pouvez en établir un."),
        )
    if not formalise:
        phrase = (
            "Au-dessous du seuil européen, le rapport de présentation n'est pas exigé. "
            "Il sert à garder vos raisons."
        )
        return Devoir(False, Motif(phrase, RAPPORT))
    if entite_adjudicatrice:
        phrase = (
            "Une entité adjudicatrice n'établit pas de rapport : "
            "elle garde les justifications de ses décisions. Ce "
            "document les réunit."
        )
        return Devoir(False, Motif(phrase, ENTITE))
    return Devoir(
        _exige(le),
        Motif("Au-dessus du seuil européen, le rapport de présentation est exigé.", RAPPORT),
    )


def _exige(le: date) -> bool:
    try:
        return bool(Droit.au(le).valeur("avis.rapport_de_presentation").valeur)
    except DroitInconnu:
        return True  # Le plus exigeant : un rapport de trop ne nuit à personne.


def demande_les_motifs_de_la_procedure(procedure: str) -> bool:
    """Négociation, dialogue compétitif, achat sans publicité :
    le rapport dit pourquoi (art. R. 2184-3, 1°).
    """
    return procedure in NEGOCIEES


def peut_communiquer(
    *, faite_le: date, etabli_le: date, demandee_le: date | None, aujourd_hui: date
) -> Decision:
    """On ne communique que ce qui est établi, et ni demande ni envoi ne sont à venir."""
    return Decision.selon(
        Motif("Cette date est à venir. Notez l'envoi le jour venu.")
        if faite_le > aujourd_hui
        else None,
        Motif("Cette version du rapport n'existait pas encore ce jour-là. Vérifiez la date.")
        if faite_le < etabli_le
        else None,
        Motif("L'envoi précède la demande. Vérifiez les deux dates.")
        if demandee_le and faite_le < demandee_le
        else None,
    )
