"""Ce qui s'écrit à chaque entreprise qui a répondu, quand un autre contexte l'annonce."""

from beffroi.consultations.events import GardiensAppeles
from beffroi.depots.models import Pli
from beffroi.socle.services import ecrire_courriel

GARDIENS_APPELES = """Bonjour,

{motif}

Acheteur : {acheteur}
Consultation : {titre} ({reference})
Votre récépissé : {recepisse}
Demande écrite : {demande}

Ce recours est inscrit au registre public. Vous n'avez rien à faire.
Si vous ne le comprenez pas, demandez des explications à l'acheteur.
"""


def annoncer_les_gardiens(appel: GardiensAppeles) -> None:
    """Un courriel à qui a déposé, une fois par personne ; une réponse retirée ne compte plus."""
    plis = Pli.objects.filter(consultation__reference=appel.reference).exclude(etat=Pli.Etat.RETIRE)
    plis = plis.select_related("depose_par", "consultation__organisme").order_by("pk")
    for courriel, pli in {pli.depose_par.courriel: pli for pli in plis}.items():
        consultation = pli.consultation
        ecrire_courriel(
            cle=f"gardiens/{appel.cle}/{courriel}",
            destinataire=courriel,
            sujet=f"Les gardiens des clés sont appelés pour la consultation {consultation.reference}",
            texte=GARDIENS_APPELES.format(
                motif=appel.motif,
                acheteur=consultation.organisme.nom,
                titre=consultation.titre,
                reference=consultation.reference,
                recepisse=pli.reference,
                demande=appel.demande,
            ),
            maintenant=appel.le,
        )
