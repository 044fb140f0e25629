"""Les dates que l'on propose : l'avis part quand la relecture est possible, la limite laisse le délai légal entier."""

from dataclasses import dataclass
from datetime import date, datetime, time

from droit.calendrier import conseils, jours
from droit.calendrier.heures import PARIS, instant_de_paris
from droit.calendrier.minimum import Circonstances
from droit.calendrier.procedure import Etapes, calendrier
from droit.calendrier.remise import CalendrierSansObjet
from droit.en_vigueur import Droit
from droit.tables import Procedure

JOURS_OUVRES_AVANT_L_AVIS = 5  # le temps d'une relecture et d'une correction
JOURS_POUR_ATTRIBUER = 45  # analyser, attribuer, attendre la signature, préparer le démarrage


@dataclass(frozen=True, kw_only=True)
class DatesProposees:
    """Des propositions, toutes modifiables. `debut_au_plus_tot` : un conseil, pas une règle."""

    envoi: date
    limite: datetime
    questions: datetime
    ouverture: datetime
    debut_au_plus_tot: date


def dates_proposees(
    procedure: Procedure,
    *,
    acheteur: str,
    aujourdhui: date,
    envoi: date | None = None,
    circonstances: Circonstances | None = None,
) -> DatesProposees:
    """L'avis dans une semaine de travail, puis le délai de la procédure, à un jour et une heure calmes."""
    depart = envoi or jours.jours_ouvres_apres(aujourdhui, JOURS_OUVRES_AVANT_L_AVIS)
    limite = _limite(procedure, acheteur=acheteur, depart=depart, circonstances=circonstances)
    jour = limite.astimezone(PARIS).date()
    return DatesProposees(
        envoi=depart,
        limite=limite,
        questions=instant_de_paris(jours.jours_avant(jour, 8), time(17, 0)),
        ouverture=instant_de_paris(jours.jours_ouvres_apres(jour, 1), time(10, 0)),
        debut_au_plus_tot=jours.jours_apres(jour, JOURS_POUR_ATTRIBUER),
    )


def _limite(procedure: Procedure, *, acheteur: str, depart: date, circonstances: Circonstances | None) -> datetime:
    circonstances = circonstances or Circonstances(electronique=True)
    try:
        trouve = calendrier(
            Droit.au(depart), procedure, etapes=Etapes(envoi=depart), acheteur=acheteur, circonstances=circonstances
        )
    except CalendrierSansObjet:
        return conseils.limite_conseillee(jours.jours_apres(depart, conseils.JOURS_POUR_REPONDRE))
    instants = [echeance.instant for echeance in trouve.echeances if echeance.cle == "limite" and echeance.instant]
    return (
        instants[0] if instants else conseils.limite_conseillee(jours.jours_apres(depart, conseils.JOURS_POUR_REPONDRE))
    )
