"""Répondre seul ou à plusieurs, et sous-traiter."""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire, recu_en_phrase
from beffroi.achat.redaction.faits import Faits
from formats.document import Chapitre


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "Répondre seul ou à plusieurs",
        groupement(faits),
        forme(faits),
        mandataire(faits),
        cumul(faits),
        sous_traitance(faits),
    )


def groupement(faits: Faits) -> Blocs:
    return (
        dire(
            "Vous pouvez répondre seul ou en groupement avec d'autres entreprises.",
            selon=faits.selon(marche=(ccp("R. 2142-19"),), concession=(ccp("R. 3123-9"),)),
        ),
    )


def forme(faits: Faits) -> Blocs:
    """Aucune forme ne s'impose pour répondre ; après l'attribution seulement, et avec sa raison."""
    fondement = faits.selon(marche=(ccp("R. 2142-22"),), concession=(ccp("R. 3123-10"),))
    libre = "Aucune forme de groupement n'est imposée pour répondre."
    voulue = faits.achat.candidature.forme_de_groupement
    if not voulue:
        return (
            dire(
                f"{libre} Le groupement est conjoint ou solidaire, à votre choix.", selon=fondement
            ),
        )
    motif = recu_en_phrase(
        faits.achat.candidature.motif_de_la_forme,
        "candidature.motif_de_la_forme",
        "la raison de cette forme",
    )
    return (
        dire(
            f"{libre} Après l'attribution, le groupement retenu devra être {voulue}. Raison : ",
            motif,
            selon=fondement,
        ),
    )


def mandataire(faits: Faits) -> Blocs:
    if faits.est_une_concession:
        return RIEN
    return (
        dire(
            "Le groupement désigne un mandataire, qui le représente. "
            "Une même entreprise ne peut être mandataire que d'un seul groupement.",
            selon=(ccp("R. 2142-23 et R. 2142-24"),),
        ),
        dire(
            (
                "La composition du groupement ne change plus après la remise des candidatures, "
                "sauf cas prévus par le code."
            ),
            selon=(ccp("R. 2142-26"),),
        ),
    )


def cumul(faits: Faits) -> Blocs:
    """La règle de cumul est dite, dans un sens ou dans l'autre."""
    if faits.est_une_concession and not faits.achat.candidature.cumul_de_candidatures_interdit:
        return RIEN
    portee = " pour un même lot" if faits.lots else ""
    fondement = faits.selon(marche=(ccp("R. 2142-21"), ccp("R. 2151-7")))
    if faits.achat.candidature.cumul_de_candidatures_interdit:
        return (
            dire(
                f"Le cumul de candidatures est interdit{portee}. "
                "Vous ne pouvez pas répondre à la fois seul et en groupement. "
                "Vous ne pouvez pas non plus être membre de plusieurs groupements.",
                selon=fondement,
            ),
        )
    return (
        dire(
            "Le cumul de candidatures est permis. Vous pouvez répondre seul et en groupement, "
            "ou être membre de plusieurs groupements.",
            selon=fondement,
        ),
    )


def sous_traitance(faits: Faits) -> Blocs:
    """La sous-traitance ne concerne pas de simples fournitures."""
    if faits.est_une_concession or faits.achat.prestation == "fournitures":
        return RIEN
    return (
        dire(
            f"Vous pouvez sous-traiter une partie {faits.du_contrat}. "
            "Dites dans votre offre quelle partie, à qui, "
            "et pour quel montant maximal.",
            selon=(ccp("L. 2193-3"), ccp("R. 2193-1")),
        ),
        dire(
            f"{mots.majuscule(faits.titulaire)} reste responsable de tout ce qui est sous-traité."
        ),
    )
