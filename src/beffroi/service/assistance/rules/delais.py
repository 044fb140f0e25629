"""Ce que le centre promet : une première réponse, en heures où l'assistance répond (REQ-33)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from droit.calendrier.heures import Horaires
from droit.calendrier.heures_ouvrees import apres_un_temps_ouvre

# Une heure limite à moins de quatre heures : la demande passe devant toutes les autres.
AVANT_L_HEURE_LIMITE = timedelta(hours=4)
# Juste après, on dépose encore, hors délai : répondre sert toujours.
APRES_L_HEURE_LIMITE = timedelta(minutes=30)
URGENTE = "urgente"


def est_urgente(limite: datetime | None, *, le: datetime) -> bool:
    """L'heure limite tombe dans les quatre heures, ou vient de tomber."""
    return (
        limite is not None and limite - AVANT_L_HEURE_LIMITE <= le <= limite + APRES_L_HEURE_LIMITE
    )


def promise_pour(
    recue_le: datetime,
    *,
    categorie: str,
    limite: datetime | None,
    delais: Mapping[str, timedelta],
    horaires: Horaires,
) -> datetime:
    """Quand la première réponse est due. `delais` :
    par catégorie, et sous `urgente`, en temps ouvré.

    Une demande reçue de nuit pour une heure limite du matin est due avant cette
    heure, jamais après elle.
    """
    delai = delais[URGENTE if est_urgente(limite, le=recue_le) else categorie]
    due = apres_un_temps_ouvre(recue_le, delai, horaires)
    return min(due, limite) if limite is not None and limite > recue_le else due


def rang(
    *, limite: datetime | None, promise: datetime, deja_repondue: bool, le: datetime
) -> tuple[bool, datetime, bool, datetime]:
    """L'ordre de la file :
    l'heure limite la plus proche, puis qui attend encore une réponse, puis la promesse.
    """
    urgente = est_urgente(limite, le=le)
    return (not urgente, limite if urgente and limite else le, deja_repondue, promise)


def en_clair(duree: timedelta, horaires: Horaires) -> str:
    """« 15 minutes », « 4 heures », « 3 jours ouvrés » :
    un jour ouvré vaut une journée de l'assistance.
    """
    minutes = int(duree.total_seconds()) // 60
    journee = (horaires.fermeture.hour - horaires.ouverture.hour) * 60
    journee += horaires.fermeture.minute - horaires.ouverture.minute
    if minutes % journee == 0:
        return _compte(minutes // journee, "jour ouvré", "jours ouvrés")
    if minutes % 60 == 0:
        return _compte(minutes // 60, "heure", "heures")
    return _compte(minutes, "minute", "minutes")


def _compte(nombre: int, un: str, plusieurs: str) -> str:
    return f"{nombre} {un if nombre == 1 else plusieurs}"
