"""Les fichiers officiels : lesquels, de qui, sous quelle empreinte.

Ils s'installent à côté du produit, jamais dedans.
"""

from formats.normes.installation import Etat, est_celui, etat_du_jeu, fichiers_en_defaut
from formats.normes.manifeste import Fichier, Jeu, jeu, jeux

__all__ = [
    "Etat",
    "Fichier",
    "Jeu",
    "est_celui",
    "etat_du_jeu",
    "fichiers_en_defaut",
    "jeu",
    "jeux",
]
