"""Le registre suit ce qui arrive : une fois scellé, il se scelle de nouveau à chaque changement."""

from django.tasks import task

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots.events import DepotMaterielInscrit, PliDepose
from beffroi.reponse.registre_des_depots import queries, services
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME


@task()
def tirer_de_nouveau(reference: str) -> None:
    """Scelle un nouveau tirage si un premier l'a été et que le registre a changé depuis."""
    consultation = Consultation.toutes.get(reference=reference)
    if queries.dernier_tirage(consultation) is not None:
        services.sceller_le_registre(
            consultation=consultation, par=PLATEFORME, maintenant=maintenant()
        )


def suivre_un_depot_tardif(evenement: PliDepose) -> None:
    """Hors délai, ou reçu à temps et inscrit après l'heure : le registre déjà scellé ne l'a pas."""
    if evenement.pli.hors_delai or maintenant() > evenement.pli.limite_actuelle:
        tirer_de_nouveau.enqueue(evenement.pli.consultation.reference)


def suivre_un_depot_materiel(evenement: DepotMaterielInscrit) -> None:
    """Avant l'heure limite aucun tirage n'existe :
    la tâche n'a rien à faire, et le fait sans rien dire.
    """
    tirer_de_nouveau.enqueue(evenement.depot.consultation.reference)
