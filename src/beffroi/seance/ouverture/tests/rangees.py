"""Des rangées toutes faites, pour le test de cloisonnement :
une réponse hors délai, une séance, un fichier ouvert.
"""

from datetime import timedelta

from beffroi.achat.consultations.models import Consultation, MembreQuiOuvre
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.reponse.depots.tests import factories as depots
from beffroi.seance.ouverture.models import FichierOuvert, OuverturePli, Seance
from beffroi.seance.ouverture.services import preparer_seance


def seance_de(organisme: Organisme, *, agent: Utilisateur, maintenant) -> dict[str, object]:
    """Une consultation de cet organisme, close depuis une heure, et sa séance en préparation."""
    limite = maintenant - timedelta(hours=1)
    consultation = depots.consultation(limite=limite)
    Consultation.toutes.filter(pk=consultation.pk).update(organisme=organisme)
    consultation.refresh_from_db()
    MembreQuiOuvre.objects.create(consultation=consultation, utilisateur=agent, designe_le=limite)
    pli = depots.Candidat(consultation).depose(("offre", None), le=limite + timedelta(seconds=29))
    seance: Seance = preparer_seance(
        consultation=consultation, presidee_par=agent, par=agent, maintenant=maintenant
    )
    ouverture = OuverturePli.objects.create(
        seance=seance,
        pli=pli,
        enveloppe=pli.enveloppes.get(),
        rang=1,
        etat="ouverte",
        ouverte_le=maintenant,
    )
    fichier = FichierOuvert.objects.create(
        ouverture=ouverture,
        nom="offre-secrete.pdf",
        taille=7,
        sha256="ab" * 32,
        cle_de_stockage=pli.enveloppes.get().manifeste.cle_de_stockage,
        conforme=True,
    )
    return {
        "consultation": consultation,
        "seance": seance,
        "ouverture": ouverture,
        "pli": pli,
        "fichier": fichier,
    }
