"""Ce qu'un jeton laisse faire à un logiciel.

Une portée ne donne jamais plus que les droits de la personne elle-même.
"""

from django.db.models import TextChoices


class Portee(TextChoices):
    REPONSES_LIRE = "reponses:lire", "Entreprise : lire mes réponses et mes récépissés"
    REPONSES_DEPOSER = "reponses:deposer", "Entreprise : préparer, déposer et retirer des réponses"
    QUESTIONS_POSER = "questions:poser", "Entreprise : poser des questions et lire les miennes"
    CONSULTATIONS_LIRE = (
        "consultations:lire",
        "Acheteur : lire nos consultations, brouillons compris",
    )
    CONSULTATIONS_PREPARER = (
        "consultations:preparer",
        "Acheteur : commencer et changer un brouillon",
    )
    CONSULTATIONS_PUBLIER = "consultations:publier", "Acheteur : publier, et prolonger le délai"
    QUESTIONS_REPONDRE = "questions:repondre", "Acheteur : lire les questions, répondre à tous"
    REGISTRES_LIRE = "registres:lire", "Acheteur : lire les registres des retraits et des dépôts"


# Ce que tout jeton permettait avant d'avoir des portées : ceux d'alors les gardent.
DE_DEPOT = (Portee.REPONSES_LIRE, Portee.REPONSES_DEPOSER)
D_ENTREPRISE = frozenset({*DE_DEPOT, Portee.QUESTIONS_POSER})
# Celles-ci agissent pour un acheteur : elles se prennent avec un rôle, et un second facteur.
D_ACHETEUR = frozenset(Portee) - D_ENTREPRISE
DUREES = {30: "30 jours", 90: "90 jours", 365: "Un an"}
DUREE_PROPOSEE = 90


def portees_de_depot() -> list[str]:
    return [portee.value for portee in DE_DEPOT]
