"""Signer, ou non, au dépôt : aucun texte ne l'exige, l'exiger se justifie."""

from beffroi.achat.redaction.clauses import (
    RIEN,
    Blocs,
    annexe,
    ccp,
    chapitre,
    dire,
    prevenir,
    recu_en_phrase,
)
from beffroi.achat.redaction.faits import Faits
from formats import pluriels
from formats.document import Chapitre


def rediger(faits: Faits) -> Chapitre:
    return chapitre("La signature", au_depot(faits), niveau(faits), a_l_attribution(faits))


def au_depot(faits: Faits) -> Blocs:
    signature = faits.achat.signature
    if not signature.exigee_au_depot:
        return (
            dire(
                "La signature n'est pas exigée au dépôt. "
                "Vous pouvez déposer vos fichiers sans les signer."
            ),
        )
    raison = recu_en_phrase(
        signature.justification, "signature.justification", "la raison d'exiger la signature"
    )
    return (prevenir("La signature électronique est exigée au dépôt. Raison : ", raison),)


def niveau(faits: Faits) -> Blocs:
    """Signature avancée sur certificat qualifié,
    fichier par fichier, outil au choix (annexe 12).
    """
    signature = faits.achat.signature
    if not signature.exigee_au_depot:
        return RIEN
    return (
        dire(
            "Utilisez au moins une signature avancée, avec un certificat qualifié. "
            "Les formats acceptés sont "
            f"{pluriels.enumerer(signature.formats or ('XAdES', 'CAdES', 'PAdES'))}.",
            selon=(annexe(12),),
        ),
        dire(
            "Signez chaque fichier, un par un. Signer un dossier compressé ne suffit pas. "
            "Vous choisissez librement votre outil de signature.",
            selon=(annexe(12),),
        ),
    )


def a_l_attribution(faits: Faits) -> Blocs:
    """Le contrat, lui, se signe à la fin."""
    fondement = faits.selon(marche=(ccp("R. 2182-3"),), concession=(ccp("R. 3125-5"),))
    return (
        dire(
            (
                f"À la fin, seule l'entreprise retenue signe {faits.contrat}. "
                "La signature peut être électronique."
            ),
            selon=(*fondement, annexe(12)),
        ),
    )
