"""Les faits d'une consultation qui font courir les durées : ses contrats, ses renonciations, ce qui la gèle."""

from datetime import datetime

from beffroi.archives.models import Gel
from beffroi.archives.rules import Contrat, Dossier, Fait
from beffroi.attribution.models import Attribution
from beffroi.consultations.models import Consultation
from beffroi.marches.models import Marche
from droit.calendrier.heures import PARIS


def dossier_de(consultation: Consultation) -> Dossier:
    gels = Gel.objects.filter(consultation=consultation, leve_le=None).values_list("motif", flat=True)
    contrats = Marche.toutes.filter(consultation=consultation).exclude(etat=Marche.Etat.ABANDONNE)
    return Dossier(
        contrats=tuple(contrat_de(marche) for marche in contrats.select_related("pli")),
        renonciations=tuple(jour.astimezone(PARIS).date() for jour in renonciations_de(consultation)),
        gels=tuple(gels),
    )


def contrat_de(marche: Marche) -> Contrat:
    arrives = {
        Fait.SIGNATURE: marche.signe_le,
        Fait.NOTIFICATION: marche.notifie_le,
        Fait.FIN_D_EXECUTION: marche.fini_le,
        Fait.SOLDE: marche.solde_le,
    }
    return Contrat(
        reference=marche.reference,
        prestation=marche.prestation,
        cpv=marche.code_cpv,
        est_une_concession=marche.est_une_concession,
        plis=frozenset([marche.pli.reference] if marche.pli else []),
        faits={fait: jour for fait, jour in arrives.items() if jour},
    )


def renonciations_de(consultation: Consultation) -> list[datetime]:
    """Toute la procédure, ou un lot : la décision en vigueur de ne pas l'attribuer."""
    if consultation.sans_suite_le:
        return [consultation.sans_suite_le]
    decidees = Attribution.objects.filter(consultation=consultation, decidee_le__isnull=False, remplacantes=None)
    renonces = decidees.exclude(sorte=Attribution.Sorte.ATTRIBUEE)
    return [decision.decidee_le for decision in renonces if decision.decidee_le]
