"""Faire lire une enveloppe ouverte à l'antivirus : hors de la séance, hors de toute transaction."""

from datetime import datetime
from typing import Protocol

from django.tasks import task

from beffroi.seance.antivirus import queries, rules, services
from beffroi.seance.antivirus.ports import Antivirus, antivirus
from beffroi.seance.ouverture.events import EnveloppeOuverte
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage

FICHIERS_PAR_RONDE = 20


class FichierGarde(Protocol):
    """Des octets gardés, d'une réponse ou d'une copie de sauvegarde."""

    @property
    def taille(self) -> int: ...

    @property
    def cle_de_stockage(self) -> str: ...


@task()
def analyser_l_enveloppe(reference: str) -> None:
    """Chaque fichier, un par un ;
    un moteur muet fait recommencer la tâche, sans relire ce qui est déjà lu.
    """
    moteur = antivirus()
    if moteur is None:
        return
    for fichier in queries.a_analyser(OuverturePli.objects.get(reference=reference)):
        services.noter_l_analyse(
            fichier=fichier, constat=lire(moteur, fichier), maintenant=maintenant()
        )


def enveloppe_ouverte(evenement: EnveloppeOuverte) -> None:
    """Abonné : l'analyse part avec l'ouverture, dans la même transaction, et se fait après."""
    analyser_l_enveloppe.enqueue(evenement.ouverture.reference)


def rattraper_les_oublis(le: datetime) -> None:
    """Ronde : ce que personne n'a lu.

    Au premier silence, elle s'arrête : un moteur en panne ne se presse pas.
    """
    moteur = antivirus()
    if moteur is None:
        return
    for fichier in queries.fichiers_oublies(le=le, au_plus=FICHIERS_PAR_RONDE):
        try:
            constat = lire(moteur, fichier)
        except ServiceIndisponible:
            if fichier.pk not in queries.dernieres_analyses([fichier]):
                muet = rules.Constat(rules.Etat.NON_ANALYSE, motif=rules.MUET)
                services.noter_l_analyse(fichier=fichier, constat=muet, maintenant=le)
            return
        services.noter_l_analyse(fichier=fichier, constat=constat, maintenant=le)


def lire(moteur: Antivirus, fichier: FichierGarde) -> rules.Constat:
    """Ce que le moteur dit de ces octets ; trop gros, il n'est pas dérangé."""
    if rules.trop_gros(fichier.taille):
        return rules.Constat(rules.Etat.NON_ANALYSE, motif=rules.TROP_GROS)
    with stockage().lire(fichier.cle_de_stockage) as flux:
        return moteur.analyser(flux, taille=fichier.taille)
