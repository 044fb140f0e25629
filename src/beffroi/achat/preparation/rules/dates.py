"""Les dates que l'on propose :
l'avis part quand la relecture est possible, la limite laisse le délai légal entier.
"""

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
JOURS_POUR_LES_QUESTIONS = (
    8  # avant l'heure limite : répondre à tous, puis laisser finir les réponses
)
JOURS_POUR_ATTRIBUER = 45  # analyser, attribuer, attendre la signature, préparer le démarrage


@dataclass(frozen=True, kw_only=True)
class DatesProposees:
    """Des propositions, toutes modifiables. `debut_au_plus_tot` : un conseil, pas une règle."""

    envoi: date
    limite: datetime
    questions: datetime | None
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
    """L'avis dans une semaine de travail,
    puis le délai de la procédure, à un jour et une heure calmes.
    """
    depart = envoi or jours.jours_ouvres_apres(aujourdhui, JOURS_OUVRES_AVANT_L_AVIS)
    limite = _limite(procedure, acheteur=acheteur, depart=depart, circonstances=circonstances)
    jour = limite.astimezone(PARIS).date()
    return DatesProposees(
        envoi=depart,
        limite=limite,
        questions=questions_proposees(limite, envoi=depart),
        ouverture=ouverture_proposee(limite),
        debut_au_plus_tot=jours.jours_apres(jour, JOURS_POUR_ATTRIBUER),
    )


def questions_proposees(limite: datetime, *, envoi: date) -> datetime | None:
    """Huit jours avant, à 17 h ; au milieu d'un délai plus court ;
    rien quand il ne reste pas un jour entier.
    """
    jour = limite.astimezone(PARIS).date()
    choisi = jours.jours_avant(jour, JOURS_POUR_LES_QUESTIONS)
    if choisi <= envoi < jour:
        choisi = jours.jours_apres(envoi, (jour - envoi).days // 2)
    return instant_de_paris(choisi, time(17, 0)) if envoi < choisi else None


def ouverture_proposee(limite: datetime) -> datetime:
    """Le premier jour ouvré qui suit, à 10 h."""
    return instant_de_paris(
        jours.jours_ouvres_apres(limite.astimezone(PARIS).date(), 1), time(10, 0)
    )


def _limite(
    procedure: Procedure, *, acheteur: str, depart: date, circonstances: Circonstances | None
) -> datetime:
    circonstances = circonstances or Circonstances(electronique=True)
    try:
        trouve = calendrier(
            Droit.au(depart),
            procedure,
            etapes=Etapes(envoi=depart),
            acheteur=acheteur,
            circonstances=circonstances,
        )
    except CalendrierSansObjet:
        return conseils.limite_conseillee(jours.jours_apres(depart, conseils.JOURS_POUR_REPONDRE))
    instants = [
        echeance.instant
        for echeance in trouve.echeances
        if echeance.cle == "limite" and echeance.instant
    ]
    return (
        instants[0]
        if instants
        else conseils.limite_conseillee(jours.jours_apres(depart, conseils.JOURS_POUR_REPONDRE))
    )
