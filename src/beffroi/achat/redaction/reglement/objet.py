"""Ce qui est acheté, où, et pour qui l'achat est réservé."""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import (
    RIEN,
    Blocs,
    ccp,
    chapitre,
    dire,
    paragraphes,
    prevenir,
    recu,
)
from beffroi.achat.redaction.faits import Faits
from droit.citation import Source
from formats.document import Chapitre, Fiche, a_completer, phrase


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "L'objet", description(faits), fiche(faits), reservation(faits), services_sociaux(faits)
    )


def description(faits: Faits) -> Blocs:
    return paragraphes(faits.achat.objet) or (
        dire(a_completer("objet", "la description de l'achat")),
    )


def fiche(faits: Faits) -> Blocs:
    achat = faits.achat
    nature = f"{mots.majuscule(achat.contrat)} de {achat.prestation}"
    return (
        Fiche(
            (
                ("Contrat", phrase(nature)),
                ("Code CPV principal", recu(achat.code_cpv, "code_cpv", "le code CPV de l'achat")),
                (
                    "Lieu d'exécution",
                    recu(achat.execution.lieu, "execution.lieu", "le lieu d'exécution"),
                ),
            )
        ),
    )


def reservation(faits: Faits) -> Blocs:
    """Un contrat réservé à certaines structures le dit, avec la part de travailleurs concernés."""
    reserve_a = faits.achat.candidature.reserve_a
    if not reserve_a:
        return RIEN
    part = faits.entier("marche_reserve.proportion_minimale")
    return (
        prevenir(
            f"{mots.majuscule(faits.ce_contrat)} est réservé à : {reserve_a}.",
            selon=article_de_reserve(faits),
        ),
        dire(
            f"Ces structures emploient au moins {part} % de travailleurs "
            "handicapés ou défavorisés. "
            "Joignez la preuve de ce statut à votre candidature."
        ),
    )


def article_de_reserve(faits: Faits) -> tuple[Source, ...]:
    return faits.selon(
        marche=(ccp("L. 2113-12 à L. 2113-16"), ccp("R. 2113-7")),
        concession=(ccp("L. 3113-1 et L. 3113-2"), ccp("R. 3113-1")),
    )


def services_sociaux(faits: Faits) -> Blocs:
    if not faits.achat.services_sociaux_ou_specifiques or faits.est_une_concession:
        return RIEN
    return (
        dire(
            "L'achat porte sur des services sociaux ou d'autres services spécifiques.",
            selon=(ccp("R. 2123-1, 3°"),),
        ),
    )
