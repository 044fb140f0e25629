"""Ce que deviennent une offre irrégulière et une offre anormalement basse."""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire
from beffroi.achat.redaction.faits import Faits
from formats.document import Chapitre


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "L'examen des réponses",
        regularisation(faits),
        offre_anormalement_basse(faits),
        precisions(faits),
    )


def regularisation(faits: Faits) -> Blocs:
    """Une offre irrégulière peut être régularisée, sans en changer la substance."""
    if faits.est_une_concession:
        return (
            dire("Une offre irrégulière ou inappropriée est éliminée.", selon=(ccp("L. 3124-2"),)),
        )
    return (
        dire(
            "Une offre irrégulière est une offre incomplète ou qui ne respecte pas ce règlement. "
            "L'acheteur peut demander à tous les soumissionnaires concernés de la régulariser. "
            "Cela ne peut pas changer les caractéristiques substantielles de l'offre.",
            selon=(ccp("L. 2152-2"), ccp("R. 2152-1"), ccp("R. 2152-2")),
        ),
    )


def offre_anormalement_basse(faits: Faits) -> Blocs:
    if faits.est_une_concession:
        return RIEN
    return (
        dire(
            "Si un prix paraît anormalement bas, "
            "l'acheteur demande à l'entreprise de le justifier. "
            "Si la justification ne suffit pas, l'offre est rejetée.",
            selon=(ccp("L. 2152-5 et L. 2152-6"), ccp("R. 2152-3 à R. 2152-5")),
        ),
    )


def precisions(faits: Faits) -> Blocs:
    return (
        dire(
            f"{mots.majuscule(faits.acheteur)} peut vous demander de préciser votre offre, "
            "par la plateforme."
        ),
    )
