"""Occulter un PDF avant de le communiquer :
le texte est ôté du fichier, pas caché sous un trait noir.

Chaque page est redessinée en image, les passages noircis dans l'image même, puis les mots qui
restent sont reposés, invisibles, pour qu'on les cherche et qu'on les lise à voix haute. Rien
d'autre du fichier d'origine ne passe : ni métadonnées, ni annotations, ni pièces jointes, ni
versions d'avant. Source : CRPA, art. L. 311-6 et L. 311-7.
"""

from formats.occultation.demande import MOTIFS, Demande
from formats.occultation.enclos import OccultationRatee, occulter
from formats.occultation.resultat import Occulte

__all__ = ["MOTIFS", "Demande", "OccultationRatee", "Occulte", "occulter"]
