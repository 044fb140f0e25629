"""Dire une valeur et sa date de référence à qui n'est pas juriste."""

from droit.tables import Donnee

UNITES = {
    "EUR_HT": "€ HT",
    "EUR_TTC": "€ TTC",
    "jours": "jours",
    "jours_ouvrables": "jours ouvrables",
    "heures": "heures",
    "mois": "mois",
    "annees": "ans",
    "pourcent": "%",
    "caracteres": "caractères",
    "personnes": "personnes",
    "liste": "",
    "regle": "",
}
PIVOTS = {
    "envoi_de_l_avis": "date d'envoi de l'avis",
    "envoi_de_l_invitation": "date d'envoi de l'invitation",
    "envoi_de_la_demande": "date d'envoi de la demande",
    "envoi_de_la_notification": "date d'envoi de la notification du rejet",
    "confirmation_de_reception": "date où l'Office des publications confirme la réception",
    "reception_de_la_candidature": "date de réception de la candidature",
    "reception_de_la_demande": "date de réception de la demande",
    "date_limite_de_remise": "date limite de remise des offres",
    "lancement": "date de lancement de la consultation",
    "signature": "date de signature",
    "notification": "date de notification",
    "publication_de_l_avis": "date de publication de l'avis d'attribution",
    "fin_de_trimestre": "fin du trimestre",
    "fin_d_execution": "date de fin d'exécution",
    "solde": "date de paiement du solde",
}


def en_clair(valeur: Donnee, unite: str) -> str:
    """« 5 404 000 € HT », « 35 jours », « oui », ou la liste, séparée par des points-virgules."""
    if isinstance(valeur, tuple):
        return " ; ".join(valeur)
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    nombre = f"{valeur:,}".replace(",", "\u202f") if isinstance(valeur, int) else valeur
    return f"{nombre} {UNITES[unite]}".strip()


def date_pivot(pivot: str) -> str:
    return PIVOTS[pivot]
