"""Ce qu'un incident a touché, et de combien prolonger."""

from datetime import datetime, timedelta

from droit.calendrier.heures import PARIS, instant_de_paris
from droit.calendrier.jours import jours_ouvres_apres
from droit.citation import Article
from droit.decision import Decision, Motif
from formats import dates
from formats.durees import ecart

PROLONGATION = Article("CCP", "R. 2151-4")
# On dépose le dernier jour : c'est là qu'une panne prive de quelque chose.
AVANT_L_HEURE_LIMITE = timedelta(hours=24)


def minutes_touchees(*, debut: datetime, fin: datetime, limite: datetime) -> int:
    """Les minutes, entamées comprises,
    où l'incident a croisé les vingt-quatre heures avant l'heure limite.
    """
    croisees = min(fin, limite) - max(debut, limite - AVANT_L_HEURE_LIMITE)
    return max(-(-croisees // timedelta(minutes=1)), 0)


def limite_proposee(*, limite: datetime, fini_le: datetime) -> datetime:
    """À la même heure, le premier jour ouvré qui suit et laisse 24 heures
    après la fin de l'incident.

    Aucun texte ne chiffre cette durée : elle se proportionne à ce dont les entreprises ont manqué
    (CCP, art. R. 2151-4). Vingt-quatre heures rendent la dernière journée, celle où l'on dépose,
    et que l'incident a prise.
    """
    locale = limite.astimezone(PARIS)
    jour = jours_ouvres_apres(locale.date(), 1)
    while (
        ecart(depuis=fini_le, jusqu_a=instant_de_paris(jour, locale.time())) < AVANT_L_HEURE_LIMITE
    ):
        jour = jours_ouvres_apres(jour, 1)
    return instant_de_paris(jour, locale.time())


def prolongation_possible(*, limite: datetime, le: datetime) -> Decision:
    """Échu, un délai ne se rouvre pas :
    il reste à déclarer sans suite, ou à examiner une offre hors délai.
    """
    if le < limite:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"L'heure limite est passée le {dates.jour_et_heure_limite(limite)} : "
            "le délai ne se rouvre plus. "
            "Une réponse reçue après est gardée scellée ; "
            "demandez au juriste du centre s'il faut reprendre la procédure.",
            PROLONGATION,
        )
    )


def raison(
    *, numero: str, debut: datetime, fini_le: datetime | None, le: datetime, limite: datetime
) -> str:
    """Ce que liront toutes les entreprises, et l'avis rectificatif :
    les minutes de l'heure où l'acheteur décide.
    """
    minutes = minutes_touchees(debut=debut, fin=fini_le or le, limite=limite)
    depuis, jusqu_a = dates.jour_et_heure(debut), dates.jour_et_heure(fini_le or le)
    combien = (
        f"{minutes} minute{'s' if minutes > 1 else ''} dans les 24 heures avant l'heure limite"
    )
    if fini_le is None:
        return (
            f"Incident {numero} : la plateforme ne répond pas normalement depuis le {depuis}. "
            f"L'incident dure encore le {jusqu_a}, soit déjà {combien}."
        )
    return (
        f"Incident {numero} : la plateforme n'a pas répondu normalement du {depuis} au {jusqu_a}, "
        f"soit {combien}."
    )
