"""Les sortes de courrier qu'un acheteur écrit.

La base en garde le mot : en ajouter une ne demande pas de migration.
"""

from typing import Self

from beffroi.socle.fondations.mots import Mots
from droit.citation import Article


class Sorte(Mots):
    """Le mot gardé, comment il se dit, et l'article qui veut une réponse ouverte ;
    sans article, rien ne l'exige.
    """

    LIBRE = "libre", "Message libre"
    PRECISIONS = "precisions", "Demande de précisions", Article("CCP", "R. 2152-3")
    REGULARISATION = "regularisation", "Demande de régularisation", Article("CCP", "R. 2152-2")
    NEGOCIATION = "negociation", "Négociation", Article("CCP", "R. 2123-5")
    REJET = "rejet", "Rejet", Article("CCP", "R. 2181-1")
    NOTIFICATION = "notification", "Notification", Article("CCP", "R. 2182-4")
    SANS_SUITE = "sans_suite", "Déclaration sans suite"
    RESULTAT = "resultat", "Résultat de la consultation", Article("CCP", "R. 2181-1")

    examen: Article | None

    def __new__(cls, valeur: str, label: str = "", examen: Article | None = None) -> Self:
        sorte = str.__new__(cls, valeur)
        sorte._value_, sorte.label, sorte.examen = valeur, label, examen
        return sorte
