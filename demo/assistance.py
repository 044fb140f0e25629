"""L'assistance de la démonstration :
un incident passé, une maintenance à venir, une personne à rappeler.
"""

from datetime import datetime, timedelta

from beffroi.service.aide.services import Saisie, demander_un_rappel
from beffroi.service.disponibilite import queries
from beffroi.service.disponibilite.rules import maintenance_possible
from beffroi.service.disponibilite.services import Annonce, annoncer, donner_la_suite
from beffroi.service.incidents.services import numeroter
from demo.peuplement import Troupe
from demo.reprise import prochain_midi

INCIDENT = (
    "Les envois de plus de 1 Go s'arrêtaient. Ceux déjà commencés reprennent. "
    "Déposer restait possible."
)
REPARE = "C'est réparé. Aucun dépôt n'a été perdu, aucune heure limite ne tombait ce jour-là."
MAINTENANCE = (
    "Le service s'arrête une heure pour une mise à jour. Aucune consultation ne ferme ce jour-là."
)
DUREE = timedelta(hours=1)


def soir_libre(arret: datetime) -> datetime:
    """Le premier soir, celui-là compris, dont aucune heure limite n'est proche."""
    limites = queries.heures_limites(arret)
    while not maintenance_possible(
        commence_le=arret, fin_prevue_le=arret + DUREE, limites=limites
    ).favorable:
        arret += timedelta(days=1)
    return arret


def raconter(troupe: Troupe, *, le: datetime) -> None:
    fanny = troupe.personnes["fanny"].acteur
    debut = le - timedelta(days=40)
    incident = annoncer(
        Annonce(
            sorte="incident",
            titre="Les gros envois s'arrêtaient",
            texte=INCIDENT,
            commence_le=debut,
        ),
        par=fanny,
        maintenant=debut + timedelta(minutes=20),
    )
    numeroter(evenement=incident, par=fanny, maintenant=debut + timedelta(minutes=30))
    repare_le = debut + timedelta(hours=3)
    donner_la_suite(evenement=incident, texte=REPARE, fini=True, par=fanny, maintenant=repare_le)
    arret = soir_libre(prochain_midi(le, dans=8) + timedelta(hours=7))
    maintenance = Annonce(
        sorte="maintenance",
        titre="Mise à jour du service",
        texte=MAINTENANCE,
        commence_le=arret,
        fin_prevue_le=arret + DUREE,
    )
    annoncer(maintenance, par=fanny, maintenant=le - timedelta(days=2))
    demander_un_rappel(
        Saisie(
            nom="Lucie Sauvage",
            telephone="06 55 12 34 56",
            sujet="Je ne retrouve pas mon récépissé.",
        ),
        maintenant=le - timedelta(minutes=25),
    )
