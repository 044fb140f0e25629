"""Lire les mesures que la page envoie : des nombres bornés, des noms d'une liste.

Aucun texte libre n'est gardé.
"""

import json
from typing import Any

from beffroi.reponse.reponses.rules.navigateurs import MINIMUMS
from beffroi.service.essai.rules import Mesures
from beffroi.socle.fondations.erreurs import RegleEnfreinte

NAVIGATEURS = frozenset(nom for nom, _ in MINIMUMS)
ILLISIBLE = "Ces mesures ne se lisent pas. Rechargez la page, puis recommencez le test."
MS_D_UN_JOUR = 86_400_000
PLUS_GRAND_NOMBRE = 10**15


def lire(corps: bytes) -> tuple[Mesures, str]:
    """Les mesures, et le reçu de l'envoi que le serveur avait signé."""
    try:
        recu = json.loads(corps)
    except ValueError:
        raise RegleEnfreinte(ILLISIBLE) from None
    if not isinstance(recu, dict):
        raise RegleEnfreinte(ILLISIBLE)
    nom = recu.get("navigateur")
    mesures = Mesures(
        navigateur=nom if isinstance(nom, str) and nom in NAVIGATEURS else "",
        version=nombre(recu, "version", plafond=9999) or 0,
        outils=recu.get("outils") is True,
        scellement_ms=nombre(recu, "scellement_ms", plafond=MS_D_UN_JOUR),
        reserve=recu.get("reserve") is True,
        place_libre=nombre(recu, "place_libre", plafond=PLUS_GRAND_NOMBRE),
        octets_revenus=None,
        debit=nombre(recu, "debit", plafond=10**11),
        ecart_ms=nombre(recu, "ecart_ms", plafond=PLUS_GRAND_NOMBRE, plancher=-PLUS_GRAND_NOMBRE),
    )
    recu_signe = recu.get("recu", "")
    return mesures, recu_signe if isinstance(recu_signe, str) else ""


def nombre(recu: dict[str, Any], cle: str, *, plafond: int, plancher: int = 0) -> int | None:
    """Le nombre entier de cette clé ; absent, `None` ; hors bornes ou d'une autre sorte, refusé."""
    valeur = recu.get(cle)
    if valeur is None:
        return None
    if isinstance(valeur, bool) or not isinstance(valeur, int) or not plancher <= valeur <= plafond:
        raise RegleEnfreinte(ILLISIBLE)
    return valeur
