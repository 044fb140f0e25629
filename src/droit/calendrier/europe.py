"""Les délais du droit de l'Union : règlement (CEE, Euratom) n° 1182/71 du 3 juin 1971, art. 2 et 3.

Il s'applique aux délais des procédures formalisées (directive 2014/24/UE, considérant 106 ;
directive 2014/23/UE, considérant 76). Il ne touche pas le délai de suspension avant signature, que
le Conseil d'État compte de date à date.
"""

from datetime import date

from droit.calendrier import jours
from droit.citation import Article

COMPUTATION = Article("Règlement (CEE) n° 1182/71", "3")
_JOURS_OUVRES_D_UN_DELAI = (
    2  # art. 3, § 5 : « tout délai de deux jours ou plus comporte au moins deux jours ouvrables »
)


def dernier_jour(evenement: date, duree: int, *, alsace_moselle: bool = False) -> date:
    """Le dernier jour d'un délai de `duree` jours du calendrier ;
    le délai expire à 24 h ce jour-là.

    Le jour de l'événement ne compte pas (§ 1) ; un dernier jour férié, un samedi ou un
    dimanche reporte au jour ouvrable suivant (§ 4) ; un délai de deux jours ou plus a au
    moins deux jours ouvrables (§ 5).
    """
    fin = jours.jours_apres(evenement, duree)
    if not duree:
        return fin
    fin = jours.premier_jour_ouvre(fin, alsace_moselle=alsace_moselle)
    if duree < _JOURS_OUVRES_D_UN_DELAI:
        return fin
    ouvres = jours.jours_ouvres_entre(evenement, fin, alsace_moselle=alsace_moselle)
    manque = max(_JOURS_OUVRES_D_UN_DELAI - ouvres, 0)
    return jours.jours_ouvres_apres(fin, manque, alsace_moselle=alsace_moselle)


def dernier_jour_avant(terme: date, duree: int) -> date:
    """Le dernier jour utile quand un acte précède un terme de `duree` jours :
    un délai à rebours n'est jamais reporté (§ 4).
    """
    return jours.jours_avant(terme, duree)
