"""La lettre de candidature :
qui répond, à quoi, et l'affirmation sur l'honneur (l'équivalent du formulaire DC1).
"""

from beffroi.achat.redaction import candidat, mots
from beffroi.achat.redaction.clauses import Blocs, ccp, chapitre, dire, enumerer
from beffroi.achat.redaction.faits import Faits
from formats.document import Chapitre, Formulaire, phrase


def chapitres(faits: Faits) -> tuple[Chapitre, ...]:
    return (
        chapitre(
            "La consultation",
            consultation(faits),
            candidat.lots(faits, "L'entreprise est candidate pour :"),
        ),
        chapitre(
            "Le candidat",
            candidat.identite("L'entreprise, ou le mandataire"),
            candidat.seul_ou_groupement(),
        ),
        chapitre("Le groupement", candidat.membres(), pouvoirs()),
        chapitre("La déclaration sur l'honneur", sur_l_honneur(faits)),
        chapitre("Qui répond", personne()),
    )


def consultation(faits: Faits) -> Blocs:
    return (
        dire(f"L'entreprise présente sa candidature à : {mots.phrase_finie(faits.achat.titre)}"),
        dire(
            "Ce modèle n'est pas obligatoire. Un DUME, ou le formulaire DC1, le remplace."
            if faits.achat.candidature.dume_accepte or not faits.est_une_concession
            else "Ce modèle n'est pas obligatoire."
        ),
    )


def pouvoirs() -> Blocs:
    return (
        dire(
            "Chaque membre donne au mandataire le pouvoir de le représenter. Joignez ces pouvoirs."
        ),
    )


def sur_l_honneur(faits: Faits) -> Blocs:
    """Exclusions, emploi des travailleurs handicapés, exactitude (R. 2143-3 ; R. 3123-16)."""
    if faits.est_une_concession:
        exclusions = (
            phrase(
                "qu'il n'est exclu d'aucune procédure de concession "
                "(code de la commande publique, articles L. 3123-1 à L. 3123-14) ;"
            ),
            phrase("que les renseignements sur ses capacités et ses aptitudes sont exacts."),
        )
        return (
            dire("Le candidat déclare sur l'honneur :", selon=(ccp("R. 3123-16"),)),
            enumerer(exclusions),
        )
    points = (
        phrase(
            "qu'il n'est dans aucun cas d'exclusion "
            "(code de la commande publique, articles L. 2141-1 à L. 2141-5 et L. 2141-7 à L. "
            "2141-11) ;"
        ),
        phrase(
            "qu'il est en règle sur l'emploi des travailleurs handicapés (code du travail, "
            "articles L. 5212-1 à L. 5212-11) ;"
        ),
        phrase("que les renseignements de sa candidature sont exacts."),
    )
    return (
        dire(
            "Le candidat, et chaque membre du groupement, déclare sur l'honneur :",
            selon=(ccp("R. 2143-3"),),
        ),
        enumerer(points),
    )


def personne() -> Blocs:
    return (
        Formulaire(
            "La personne qui peut engager l'entreprise",
            ("Nom et prénom", "Qualité", "Lieu et date"),
        ),
    )
