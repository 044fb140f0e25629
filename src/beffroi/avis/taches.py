"""Porter un avis à son support, hors de toute transaction : un service lent ou en panne ne retient aucun acte."""

from django.tasks import task

from beffroi.avis import services
from beffroi.avis.models import Parution
from beffroi.avis.ports import AvisAEnvoyer, publicateur
from beffroi.journal.acteurs import PLATEFORME
from beffroi.socle.erreurs import ServiceIndisponible
from beffroi.socle.horloge import maintenant


@task()
def transmettre(reference: str) -> None:
    """Envoie l'avis et garde l'accusé ; la file recommence si le service se tait, un refus s'écrit."""
    parution = Parution.objects.select_related("avis__consultation__organisme").get(reference=reference)
    if parution.etat != Parution.Etat.EN_ENVOI:
        return
    try:
        accuse = publicateur(parution.voie).publier(_a_envoyer(parution), maintenant=maintenant())
    except ServiceIndisponible as erreur:
        if not erreur.permanent:
            raise
        services.constater_le_refus(parution=parution, motif=erreur.message, par=PLATEFORME, maintenant=maintenant())
        return
    services.noter_l_envoi(parution=parution, accuse=accuse, maintenant=maintenant())


def _a_envoyer(parution: Parution) -> AvisAEnvoyer:
    return AvisAEnvoyer(
        cle=parution.reference,
        support=parution.support,
        nom_du_support=parution.nom_du_support,
        texte=parution.avis.texte,
        xml=parution.avis.xml,
    )
