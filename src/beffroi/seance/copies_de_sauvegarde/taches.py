"""Faire lire à l'antivirus les fichiers d'une copie :
après l'ouverture, hors de toute transaction.
"""

from datetime import datetime

from django.tasks import task

from beffroi.seance.antivirus.ports import antivirus
from beffroi.seance.antivirus.rules import MUET, Constat, Etat
from beffroi.seance.antivirus.taches import FICHIERS_PAR_RONDE, lire
from beffroi.seance.copies_de_sauvegarde import antivirus as surveillance
from beffroi.seance.copies_de_sauvegarde import services
from beffroi.seance.copies_de_sauvegarde.events import CopieOuverte
from beffroi.seance.copies_de_sauvegarde.models import FichierDeCopie
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.horloge import maintenant


@task()
def analyser_la_copie(ouverture: int) -> None:
    """Chaque fichier, un par un ;
    un moteur muet fait recommencer la tâche, sans relire ce qui est déjà lu.
    """
    moteur = antivirus()
    if moteur is None:
        return
    fichiers = list(FichierDeCopie.objects.filter(ouverture=ouverture))
    for fichier in surveillance.a_analyser(fichiers):
        services.noter_l_analyse(
            fichier=fichier, constat=lire(moteur, fichier), maintenant=maintenant()
        )


def copie_ouverte(evenement: CopieOuverte) -> None:
    """Abonné : la lecture part avec l'ouverture, dans la même transaction, et se fait après."""
    analyser_la_copie.enqueue(evenement.ouverture)


def rattraper_les_oublis(le: datetime) -> None:
    """Ronde : ce que personne n'a lu. Au premier silence, elle s'arrête."""
    moteur = antivirus()
    if moteur is None:
        return
    for fichier in surveillance.fichiers_oublies(le=le, au_plus=FICHIERS_PAR_RONDE):
        try:
            constat = lire(moteur, fichier)
        except ServiceIndisponible:
            if fichier.pk not in surveillance.dernieres_analyses([fichier]):
                muet = Constat(Etat.NON_ANALYSE, motif=MUET)
                services.noter_l_analyse(fichier=fichier, constat=muet, maintenant=le)
            return
        services.noter_l_analyse(fichier=fichier, constat=constat, maintenant=le)
