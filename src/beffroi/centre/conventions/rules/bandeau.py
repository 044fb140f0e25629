"""Ce que l'adhérent lit de sa convention sur chaque page, tant que cela compte
(convention, art. 5).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from droit.calendrier.jours import mois_apres
from droit.dates import en_toutes_lettres

# Plus loin que l'alerte des deux mois, un terme ou une fin ne change encore rien.
BIENTOT = timedelta(days=60)
POURQUOI = {
    "adherent": "votre organisme s'en est retiré",
    "centre": "le centre de gestion l'a résiliée",
    "impaye": "une contribution est restée impayée",
}
CE_QUI_RESTE = "Ce qui est publié va à son terme, et vos achats restent lisibles."


@dataclass(frozen=True)
class Situation:
    """Une convention, telle que ses dates la disent ; `fini_par` : qui y met fin, et pourquoi."""

    court: bool
    debut: date | None = None
    terme: date | None = None
    fin: date | None = None
    fini_par: str = ""


class Dit(NamedTuple):
    ton: str
    titre: str
    texte: str


def bandeau(situation: Situation, *, le: date) -> Dit | None:
    """La fin passe avant le terme, le terme avant la bienvenue ; rien le reste du temps."""
    if situation.fin is not None:
        return _de_la_fin(situation.fin, situation.fini_par, le=le)
    if not situation.court:
        return None
    terme = situation.terme
    if terme is not None and le <= terme <= le + BIENTOT:
        return Dit(
            "info",
            f"La période de votre convention finit le {en_toutes_lettres(terme)}, "
            f"{_dans(terme, le=le)}",
            "Sans dénonciation, elle se reconduit : vous n'avez rien à faire, rien ne s'arrête.",
        )
    debut = situation.debut
    if debut is not None and debut <= le < mois_apres(debut, 1):
        return _de_la_bienvenue(debut, terme)
    return None


def _de_la_bienvenue(debut: date, terme: date | None) -> Dit:
    jusqu_au = f", jusqu'au {en_toutes_lettres(terme)}" if terme else ""
    return Dit(
        "info",
        f"Convention active depuis le {en_toutes_lettres(debut)}{jusqu_au}",
        "Le service vous est ouvert. Elle se reconduit tant que personne n'y met fin.",
    )


def _de_la_fin(fin: date, par: str, *, le: date) -> Dit:
    pourquoi = POURQUOI.get(par, "")
    cause = f" : {pourquoi}" if pourquoi else ""
    if fin < le:
        return Dit(
            "danger",
            "Convention close : lecture seule, vos achats restent lisibles",
            f"Elle a pris fin le {en_toutes_lettres(fin)}{cause}. Ce qui est publié va à son "
            "terme. Pour acheter de nouveau ici, demandez une convention au centre de gestion.",
        )
    if fin == le:
        return Dit(
            "danger",
            "Votre convention finit ce soir à minuit",
            f"{_majuscule(pourquoi)}Demain, plus de consultation nouvelle. {CE_QUI_RESTE}",
        )
    bientot = fin <= le + BIENTOT
    return Dit(
        "attention" if bientot else "info",
        f"Votre convention finit le {en_toutes_lettres(fin)} à minuit, {_dans(fin, le=le)}"
        if bientot
        else f"Convention en préavis : elle finit le {en_toutes_lettres(fin)} à minuit",
        f"{_majuscule(pourquoi)}Ensuite, plus de consultation nouvelle. {CE_QUI_RESTE}",
    )


def _majuscule(pourquoi: str) -> str:
    return f"{pourquoi[0].upper()}{pourquoi[1:]}. " if pourquoi else ""


def _dans(jour: date, *, le: date) -> str:
    jours = (jour - le).days
    if jours <= 1:
        return "demain" if jours else "aujourd'hui"
    return f"dans {jours} jours"
