"""Les sortes de courrier qu'un acheteur écrit."""

from beffroi.socle.fondations.mots import Mots


class Sorte(Mots):
    LIBRE = "libre", "Message libre"
    PRECISIONS = "precisions", "Demande de précisions"
    REGULARISATION = "regularisation", "Demande de régularisation"
    NEGOCIATION = "negociation", "Négociation"
    REJET = "rejet", "Rejet"
    NOTIFICATION = "notification", "Notification"
    SANS_SUITE = "sans_suite", "Déclaration sans suite"
    RESULTAT = "resultat", "Résultat de la consultation"
