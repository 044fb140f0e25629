"""Ce que l'acte du dépôt relit, composé une fois : à midi, cinquante le relisent ensemble."""

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation, Lot
from beffroi.achat.tours.models import Tour
from beffroi.reponse.depots.models import BrouillonDeReponse, Enveloppe, FichierScelle, Pli
from beffroi.socle.fondations.requetes import prete


@prete
def pli_de_la_cle(brouillon: BrouillonDeReponse, cle: str) -> QuerySet[Pli]:
    """Celui que cette clé d'idempotence a fait naître, s'il est né."""
    return Pli.objects.filter(brouillon=brouillon, cle_d_idempotence=cle)


@prete
def de_cette_reference(reference: str) -> QuerySet[Pli]:
    return Pli.objects.filter(reference=reference)


@prete
def fichiers_de(brouillon: BrouillonDeReponse) -> QuerySet[FichierScelle]:
    return brouillon.fichiers.all()


@prete
def scellees_sous(manifestes: list[FichierScelle]) -> QuerySet[Enveloppe]:
    """Les enveloppes déjà déposées sous un de ces manifestes."""
    return Enveloppe.objects.filter(manifeste__in=manifestes)


@prete
def numeros_des_lots(consultation: Consultation) -> QuerySet[Lot, int]:
    return consultation.lots.values_list("numero", flat=True)


@prete
def plis_du_meme(
    consultation: Consultation, tour: Tour | None, numero: str, pays: str
) -> QuerySet[Pli]:
    """Les plis que l'entreprise de ce numéro a déjà remis à ce temps."""
    lus = Pli.objects.filter(
        consultation=consultation,
        tour=tour,
        equipe__numero_d_entreprise=numero,
        equipe__pays=pays,
    )
    return lus.select_related("equipe").prefetch_related("enveloppes")
