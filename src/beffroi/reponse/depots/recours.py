"""Ce qui s'écrit à chaque entreprise qui a répondu, quand un autre contexte l'annonce."""

from collections.abc import Iterable

from beffroi.achat.consultations.events import ConsultationDeclareeSansSuite, GardiensAppeles
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.services import ecrire_a


def _qui_a_repondu(reference: str) -> Iterable[tuple[str, Pli]]:
    """Le dernier dépôt de chaque personne, par son adresse ; une réponse retirée ne compte plus."""
    plis = Pli.objects.filter(consultation__reference=reference).exclude(etat=Pli.Etat.RETIRE)
    plis = plis.select_related("depose_par", "consultation__organisme").order_by("pk")
    return {pli.depose_par.courriel: pli for pli in plis}.items()


def annoncer_la_renonciation(renonciation: ConsultationDeclareeSansSuite) -> None:
    """Un courriel à qui a déposé, avec le motif, aussitôt (CCP, art. R. 2185-2)."""
    reference = renonciation.reference
    for courriel, pli in _qui_a_repondu(reference):
        ecrire_a(
            courriel,
            cle=f"sans-suite/{reference}/{courriel}",
            sujet=f"L'acheteur renonce à la consultation {reference}",
            gabarit="depots/courriels/sans_suite.txt",
            contexte={"pli": pli, "motif": renonciation.motif},
            maintenant=renonciation.le,
        )


def annoncer_les_gardiens(appel: GardiensAppeles) -> None:
    """Un courriel à qui a déposé, une fois par personne ; une réponse retirée ne compte plus."""
    for courriel, pli in _qui_a_repondu(appel.reference):
        ecrire_a(
            courriel,
            cle=f"gardiens/{appel.cle}/{courriel}",
            sujet=f"Les gardiens des clés sont appelés pour la consultation {appel.reference}",
            gabarit="depots/courriels/gardiens_appeles.txt",
            contexte={"appel": appel, "pli": pli, "consultation": pli.consultation},
            maintenant=appel.le,
        )
