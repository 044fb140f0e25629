"""Proposer un régime à partir de sept réponses simples :
la procédure, la publicité, ce qui suit, et pourquoi.

`proposer(besoin, droit)` ne décide rien : chaque valeur proposée dit son article, son seuil, depuis
quand il vaut, la confiance qu'on peut y mettre, et ce que l'acheteur peut choisir à la place.
"""

from droit.regime.besoin import Besoin, LotDuBesoin
from droit.regime.proposer import proposer
from droit.regime.proposition import A_VERIFIER, Alternative, Choix, Proposition
from droit.regime.raison import Raison
from droit.regime.valeur_du_besoin import ValeurDuBesoin

__all__ = [
    "A_VERIFIER",
    "Alternative",
    "Besoin",
    "Choix",
    "LotDuBesoin",
    "Proposition",
    "Raison",
    "ValeurDuBesoin",
    "proposer",
]
