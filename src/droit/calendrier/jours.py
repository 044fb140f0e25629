"""Compter en jours, en mois, en jours francs, en jours ouvrés. Le jour de départ ne compte jamais.

Unités : un « jour » est un jour du calendrier, de 0 h à 24 h à Paris. Aucune de ces fonctions ne
reporte une échéance qui tombe un samedi, un dimanche ou un jour férié : le report n'existe que si
un texte le dit (`premier_jour_ouvre`).
"""

from datetime import date, timedelta

from droit.feries import jour_ferie

_SAMEDI, _DIMANCHE = 5, 6
_MOIS_PAR_AN = 12


def jours_apres(jour: date, jours: int) -> date:
    """Le n-ième jour qui suit : 1 est le lendemain. En jours du calendrier."""
    return jour + timedelta(days=jours)


def jours_avant(jour: date, jours: int) -> date:
    """Le n-ième jour qui précède : 1 est la veille. En jours du calendrier."""
    return jour - timedelta(days=jours)


def jours_entre(debut: date, fin: date) -> int:
    """Combien de jours du calendrier du lendemain de `debut` à `fin`, `fin` comprise ;
    négatif si `fin` précède.
    """
    return (fin - debut).days


def mois_apres(jour: date, mois: int) -> date:
    """De date à date : le même quantième, n mois plus tard (n négatif : plus tôt).

    Le mois qui n'a pas ce quantième donne son dernier jour (règlement (CEE)
    1182/71, art. 3, § 2, c).
    """
    rang = jour.year * _MOIS_PAR_AN + jour.month - 1 + mois
    annee, indice = divmod(rang, _MOIS_PAR_AN)
    return date(annee, indice + 1, min(jour.day, _dernier_quantieme(annee, indice + 1)))


def annees_apres(jour: date, annees: int) -> date:
    """De date à date, en années : le 29 février donne le 28 les années ordinaires."""
    return mois_apres(jour, annees * _MOIS_PAR_AN)


def jours_francs_apres(jour: date, jours: int) -> date:
    """Le premier jour où l'on peut agir quand n jours francs doivent passer :
    ni le premier jour ni le dernier ne comptent.
    """
    return jours_apres(jour, jours + 1)


def jours_francs_avant(jour: date, jours: int) -> date:
    """Le dernier jour où l'on peut agir quand n jours francs doivent passer avant `jour`."""
    return jours_avant(jour, jours + 1)


def jours_francs_entre(debut: date, fin: date) -> int:
    """Combien de jours entiers séparent les deux dates,
    sans compter ni l'une ni l'autre ; jamais négatif.
    """
    return max(jours_entre(debut, fin) - 1, 0)


def est_ouvrable(jour: date, *, alsace_moselle: bool = False) -> bool:
    """Du lundi au samedi, hors jours fériés (code du travail, art. L. 3141-3 et L. 3133-1)."""
    return jour.weekday() != _DIMANCHE and not jour_ferie(jour, alsace_moselle=alsace_moselle)


def est_ouvre(jour: date, *, alsace_moselle: bool = False) -> bool:
    """Du lundi au vendredi, hors jours fériés : le « jour ouvrable » du droit de l'Union
    (règl. 1182/71, art. 2, § 2).
    """
    return jour.weekday() < _SAMEDI and not jour_ferie(jour, alsace_moselle=alsace_moselle)


def jours_ouvres_apres(jour: date, jours: int, *, alsace_moselle: bool = False) -> date:
    """Le n-ième jour ouvré qui suit ; 0 rend le jour lui-même, même s'il n'est pas ouvré."""
    if jours < 0:
        raise ValueError("Un nombre de jours ouvrés est positif.")
    while jours:
        jour = jours_apres(jour, 1)
        jours -= est_ouvre(jour, alsace_moselle=alsace_moselle)
    return jour


def jours_ouvres_entre(debut: date, fin: date, *, alsace_moselle: bool = False) -> int:
    """Combien de jours ouvrés du lendemain de `debut` à `fin`, `fin`
    comprise ; aucun si `fin` précède.
    """
    jours = (jours_apres(debut, rang + 1) for rang in range(jours_entre(debut, fin)))
    return sum(est_ouvre(jour, alsace_moselle=alsace_moselle) for jour in jours)


def premier_jour_ouvre(jour: date, *, alsace_moselle: bool = False) -> date:
    """Ce jour s'il est ouvré, sinon le premier qui suit : le report, quand un texte le prévoit."""
    while not est_ouvre(jour, alsace_moselle=alsace_moselle):
        jour = jours_apres(jour, 1)
    return jour


def _dernier_quantieme(annee: int, mois: int) -> int:
    annee_suivante, mois_suivant = divmod(annee * _MOIS_PAR_AN + mois, _MOIS_PAR_AN)
    return (date(annee_suivante, mois_suivant + 1, 1) - timedelta(days=1)).day
