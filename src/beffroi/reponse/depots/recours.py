"""Ce qui s'écrit à chaque entreprise qui a répondu, quand un autre contexte l'annonce."""

from collections.abc import Iterable

from django.template.loader import render_to_string

from beffroi.achat.consultations.events import ConsultationDeclareeSansSuite, GardiensAppeles
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.services import ecrire_courriel

GARDIENS_APPELES = """Bonjour,

{motif}

Acheteur : {acheteur}
Consultation : {titre} ({reference})
Votre récépissé : {recepisse}
Demande écrite : {demande}

Ce recours est inscrit au registre public. Vous n'avez rien à faire.
Si vous ne le comprenez pas, demandez des explications à l'acheteur.
"""


def _qui_a_repondu(reference: str) -> Iterable[tuple[str, Pli]]:
    """Le dernier dépôt de chaque personne, par son adresse ; une réponse retirée ne compte plus."""
    plis = Pli.objects.filter(consultation__reference=reference).exclude(etat=Pli.Etat.RETIRE)
    plis = plis.select_related("depose_par", "consultation__organisme").order_by("pk")
    return {pli.depose_par.courriel: pli for pli in plis}.items()


def annoncer_la_renonciation(renonciation: ConsultationDeclareeSansSuite) -> None:
    """Un courriel à qui a déposé, avec le motif, aussitôt (CCP, art. R. 2185-2)."""
    for courriel, pli in _qui_a_repondu(renonciation.reference):
        consultation = pli.consultation
        ecrire_courriel(
            cle=f"sans-suite/{consultation.reference}/{courriel}",
            destinataire=courriel,
            sujet=f"L'acheteur renonce à la consultation {consultation.reference}",
            texte=render_to_string(
                "depots/sans_suite.txt", {"pli": pli, "motif": renonciation.motif}
            ),
            maintenant=renonciation.le,
        )


def annoncer_les_gardiens(appel: GardiensAppeles) -> None:
    """Un courriel à qui a déposé, une fois par personne ; une réponse retirée ne compte plus."""
    for courriel, pli in _qui_a_repondu(appel.reference):
        consultation = pli.consultation
        ecrire_courriel(
            cle=f"gardiens/{appel.cle}/{courriel}",
            destinataire=courriel,
            sujet=(
                f"Les gardiens des clés sont appelés pour la consultation {consultation.reference}"
            ),
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
