"""Les moments où une entreprise risque de ne pas pouvoir répondre.

Ce sont des conseils : l'acheteur décide.
"""

from datetime import date, datetime, timedelta

from droit.calendrier.heures import PARIS
from droit.decision import Motif
from droit.feries import jour_ferie

_LUNDI, _VENDREDI, _SAMEDI = 0, 4, 5
_AOUT = 8
_FIN_DU_LUNDI_MATIN, _FIN_DE_SEMAINE = 14, 16  # heures de Paris
_DEBUT_DES_FETES, _FIN_DES_FETES = (12, 24), (1, 2)


def avertissements_de_l_heure_limite(
    limite: datetime, *, alsace_moselle: bool = False
) -> tuple[Motif, ...]:
    """Week-end, lundi matin, vendredi soir, fêtes, veille de fête, août."""
    local = limite.astimezone(PARIS)
    du_jour = avertissements_du_jour(local.date(), alsace_moselle=alsace_moselle)
    return (*(Motif(texte) for texte in _de_la_semaine(local)), *du_jour)


def avertissements_du_jour(jour: date, *, alsace_moselle: bool = False) -> tuple[Motif, ...]:
    """Jour férié ou sa veille, fêtes de fin d'année, mois d'août."""
    nom = jour_ferie(jour, alsace_moselle=alsace_moselle)
    lendemain = jour_ferie(jour + timedelta(days=1), alsace_moselle=alsace_moselle)
    textes = []
    if nom:
        textes.append(f"L'heure limite tombe un jour férié : {nom}.")
    elif lendemain:
        textes.append(f"L'heure limite tombe la veille d'un jour férié : {lendemain}.")
    if (jour.month, jour.day) >= _DEBUT_DES_FETES or (jour.month, jour.day) <= _FIN_DES_FETES:
        textes.append("L'heure limite tombe pendant les fêtes de fin d'année.")
    if jour.month == _AOUT:
        textes.append("L'heure limite tombe en août : beaucoup d'entreprises sont fermées.")
    return tuple(map(Motif, textes))


def _de_la_semaine(local: datetime) -> tuple[str, ...]:
    if local.weekday() >= _SAMEDI:
        return ("L'heure limite tombe un week-end : l'assistance est fermée.",)
    if local.weekday() == _LUNDI and local.hour < _FIN_DU_LUNDI_MATIN:
        return (
            "L'heure limite tombe un lundi avant 14 h : les entreprises finissent le dimanche.",
        )
    if local.weekday() == _VENDREDI and local.hour >= _FIN_DE_SEMAINE:
        return (
            "L'heure limite tombe un vendredi après 16 h : personne ne répond en cas de panne.",
        )
    return ()
