"""Faire lire une enveloppe ouverte à l'antivirus : hors de la séance, hors de toute transaction."""

from datetime import datetime

from django.tasks import task

from beffroi.antivirus import queries, rules, services
from beffroi.antivirus.ports import Antivirus, antivirus
from beffroi.ouverture.events import EnveloppeOuverte
from beffroi.ouverture.models import FichierOuvert, OuverturePli
from beffroi.socle.erreurs import ServiceIndisponible
from beffroi.socle.horloge import maintenant
from beffroi.socle.stockage import stockage

FICHIERS_PAR_RONDE = 20


@task()
def analyser_l_enveloppe(reference: str) -> None:
    """Chaque fichier, un par un ; un moteur muet fait recommencer la tâche, sans relire ce qui est déjà lu."""
    moteur = antivirus()
    if moteur is None:
        return
    for fichier in queries.a_analyser(OuverturePli.objects.get(reference=reference)):
        services.noter_l_analyse(fichier=fichier, constat=_lire(moteur, fichier), maintenant=maintenant())


def enveloppe_ouverte(evenement: EnveloppeOuverte) -> None:
    """Abonné : l'analyse part avec l'ouverture, dans la même transaction, et se fait après."""
    analyser_l_enveloppe.enqueue(evenement.ouverture.reference)


def rattraper_les_oublis(le: datetime) -> None:
    """Ronde : ce que personne n'a lu. Au premier silence, elle s'arrête : un moteur en panne ne se presse pas."""
    moteur = antivirus()
    if moteur is None:
        return
    for fichier in queries.fichiers_oublies(le=le, au_plus=FICHIERS_PAR_RONDE):
        try:
            constat = _lire(moteur, fichier)
        except ServiceIndisponible:
            if fichier.pk not in queries.dernieres_analyses([fichier]):
                muet = rules.Constat(rules.Etat.NON_ANALYSE, motif=rules.MUET)
                services.noter_l_analyse(fichier=fichier, constat=muet, maintenant=le)
            return
        services.noter_l_analyse(fichier=fichier, constat=constat, maintenant=le)


def _lire(moteur: Antivirus, fichier: FichierOuvert) -> rules.Constat:
    if rules.trop_gros(fichier.taille):
        return rules.Constat(rules.Etat.NON_ANALYSE, motif=rules.TROP_GROS)
    with stockage().lire(fichier.cle_de_stockage) as flux:
        return moteur.analyser(flux, taille=fichier.taille)
