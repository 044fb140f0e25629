"""Ce que le contrat peut contenir en plus :
tranches, prestations supplémentaires, prestations similaires.
"""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire, enumerer
from beffroi.achat.redaction.faits import Faits
from formats.document import Chapitre, Tableau, phrase


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "Tranches et options",
        tranches(faits),
        prestations_supplementaires(faits),
        prestations_similaires(faits),
    )


def tranches(faits: Faits) -> Blocs:
    if not faits.achat.execution.tranches:
        return RIEN
    lignes = tuple(
        (phrase(tranche.intitule), phrase("Ferme" if tranche.ferme else "Optionnelle"))
        for tranche in faits.achat.execution.tranches
    )
    return (
        dire(
            f"{faits.contrat[:1].upper()}{faits.contrat[1:]} comporte des tranches. "
            "La tranche ferme est exécutée. "
            "Une tranche optionnelle ne l'est que si l'acheteur l'affermit, "
            "par une décision écrite.",
            selon=faits.selon(marche=(ccp("R. 2113-4 à R. 2113-6"),)),
        ),
        Tableau(
            legende="Les tranches", entetes=("Tranche", "Sorte"), lignes=lignes, largeurs=(4, 1)
        ),
        *indemnite(faits),
    )


def indemnite(faits: Faits) -> Blocs:
    """Due si une tranche optionnelle attend ou ne se fait pas, et si le marché le prévoit."""
    prevue = faits.achat.execution.indemnite_des_tranches.strip()
    return (
        dire(
            (
                "Indemnité si une tranche attend ou ne se fait pas : "
                f"{mots.minuscule(mots.phrase_finie(prevue))}"
            )
            if prevue
            else "Aucune indemnité n'est due si une tranche attend ou ne se fait pas.",
            selon=faits.selon(marche=(ccp("R. 2113-6"),)),
        ),
    )


def prestations_supplementaires(faits: Faits) -> Blocs:
    prestations = faits.achat.execution.prestations_supplementaires
    if not prestations:
        return RIEN
    reponses = {True: "réponse obligatoire", False: "réponse facultative"}
    return (
        dire(
            "L'acheteur demande aussi le prix de prestations supplémentaires éventuelles. "
            "Il choisit de les retenir ou non, au plus tard à la signature."
        ),
        enumerer(
            f"{p.intitule} (prestation supplémentaire, {reponses[p.reponse_obligatoire]})"
            for p in prestations
        ),
    )


def prestations_similaires(faits: Faits) -> Blocs:
    """Sans cette mention, l'acheteur ne pourrait pas s'en servir ensuite ; trois ans au plus."""
    if not faits.achat.execution.prestations_similaires or faits.est_une_concession:
        return RIEN
    return (
        dire(
            "L'acheteur pourra confier au titulaire des prestations similaires, "
            "sans nouvelle mise en concurrence. "
            "Ce nouveau marché devra être conclu dans les trois ans qui suivent la notification.",
            selon=(ccp("R. 2122-7"),),
        ),
    )
