"""Lire ce qui est contesté, et ce qui peut l'être."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import acces
from beffroi.reponse.depots.models import Contestation, Pli
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.journal.models import Ecriture
from formats.dates import jour_et_heure


def contestations_en_cours(consultation: Consultation) -> QuerySet[Contestation]:
    en_cours = Contestation.objects.filter(pli__consultation=consultation, levee_le=None)
    return en_cours.select_related("contestee_par")


def plis_contestes(plis: Iterable[Pli]) -> frozenset[int]:
    """Parmi ces plis, ceux dont quelqu'un conteste le retrait ou le remplacement."""
    en_cours = Contestation.objects.filter(pli__in=list(plis), levee_le=None)
    return frozenset(en_cours.values_list("pli", flat=True))


def contestation_en_cours(pli: Pli) -> Contestation | None:
    return pli.contestations.filter(levee_le=None).select_related("contestee_par").first()


def geste_a_contester(pli: Pli) -> str:
    """Ce que ce pli a subi : un retrait, un remplacement même partiel, ou rien."""
    if pli.etat == Pli.Etat.RETIRE:
        return Contestation.Geste.RETRAIT
    if pli.etat != Pli.Etat.OUVERT and pli.remplacants.exists():
        return Contestation.Geste.REMPLACEMENT
    return ""


def retrait_conteste(pli: Pli) -> str:
    """Ce que l'acheteur lit d'un pli retiré, puis gardé : personne d'autre ne le lui dira."""
    contestation = pli.contestation
    if contestation is None or contestation.geste != Contestation.Geste.RETRAIT:
        return ""
    return (
        "Retirée, puis gardée : quelqu'un de l'équipe a contesté ce retrait le "
        f"{jour_et_heure(contestation.contestee_le, exacte=True)}, avant l'heure limite."
    )


def touches_de(utilisateur: Utilisateur, *, le: datetime) -> QuerySet[Pli]:
    """Les plis de ses équipes retirés ou remplacés, tant que le délai court."""
    if not utilisateur.est_actif:
        return Pli.objects.none()
    return _touches(utilisateur, le, maintenant())


@prete
def _touches(utilisateur: Utilisateur, le: datetime, instant: datetime) -> QuerySet[Pli]:
    return acces.plis_lisibles_d_un_compte_actif(utilisateur, instant).filter(
        Q(tour=None, consultation__date_limite_remise__gte=le) | Q(tour__date_limite__gte=le),
        etat__in=(Pli.Etat.RETIRE, Pli.Etat.REMPLACE),
    )


def gestes_a_verifier(utilisateur: Utilisateur, *, le: datetime) -> list[tuple[Pli, str]]:
    """Les plis de ses équipes que quelqu'un d'autre a retirés ou remplacés, tant que le délai
    court et que personne ne l'a contesté : chacun avec le nom de qui l'a fait.
    """
    touches = touches_de(utilisateur, le=le).select_related("consultation", "tour")
    plis = {pli.reference: pli for pli in touches}
    actes = ("pli.retirer", "pli.remplacer")
    inscrits = Ecriture.objects.filter(sujet__in=plis, acte__in=actes).order_by("numero")
    derniers = {ecriture.sujet: ecriture for ecriture in inscrits}
    return [
        (plis[sujet], ecriture.acteur_libelle)
        for sujet, ecriture in derniers.items()
        if ecriture.acteur_reference != utilisateur.acteur.reference
    ]
