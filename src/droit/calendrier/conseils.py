"""Les dates que l'on propose quand la loi laisse le choix :
des habitudes de bonne pratique, jamais des obligations.
"""

from datetime import date, datetime, time, timedelta

from droit.calendrier import jours
from droit.calendrier.avertissements import avertissements_du_jour
from droit.calendrier.heures import HEURES_PROPOSEES, instant_de_paris

JOURS_POUR_REPONDRE = 30  # jours du calendrier, quand aucun minimum ne s'impose
JOURS_POUR_PREPARER_UNE_REPONSE = (
    2  # jours ouvrés, entre la dernière question et la dernière réponse
)
# Après un changement important du dossier, la prolongation est « proportionnée » (CCP,
# art. R. 2151-4) : une semaine de plus au moins, et deux semaines pour reprendre sa réponse.
# L'acheteur en choisit une autre s'il le juge bon.
JOURS_D_UNE_PROLONGATION = 7  # jours du calendrier, après l'heure limite d'avant
JOURS_APRES_UN_CHANGEMENT = 15  # jours du calendrier, après le changement
_JOURS_CALMES = (1, 2, 3)  # mardi, mercredi, jeudi
_AOUT = 8


def jour_calme(depuis: date, *, alsace_moselle: bool = False) -> date:
    """Le premier mardi, mercredi ou jeudi à partir de `depuis` qui n'appelle aucune
    remarque ; jamais en août.
    """
    jour = date(depuis.year, _AOUT + 1, 1) if depuis.month == _AOUT else depuis
    while jour.weekday() not in _JOURS_CALMES or avertissements_du_jour(
        jour, alsace_moselle=alsace_moselle
    ):
        jour += timedelta(days=1)
        if jour.month == _AOUT:
            jour = date(jour.year, _AOUT + 1, 1)
    return jour


def limite_conseillee(
    depuis: date, *, heure: time = HEURES_PROPOSEES[0], alsace_moselle: bool = False
) -> datetime:
    """Un jour calme, à une heure où quelqu'un répond au téléphone."""
    return instant_de_paris(jour_calme(depuis, alsace_moselle=alsace_moselle), heure)


def dernieres_questions(reponses: date, *, alsace_moselle: bool = False) -> date:
    """Le dernier jour pour poser une question, si l'on veut le temps d'y répondre."""
    jour, ecoules = reponses, 0
    while ecoules < JOURS_POUR_PREPARER_UNE_REPONSE or not jours.est_ouvre(
        jour, alsace_moselle=alsace_moselle
    ):
        ecoules += jours.est_ouvre(jour, alsace_moselle=alsace_moselle)
        jour = jours.jours_avant(jour, 1)
    return jour
