"""Les faits d'une consultation qui font courir les durées :
ses contrats, ses renonciations, ce qui la gèle.
"""

from collections.abc import Mapping
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution.models import Attribution
from beffroi.contrat.marches.models import Marche
from beffroi.garde.archives.models import Gel
from beffroi.garde.archives.rules import Contrat, Dossier, Fait
from droit.calendrier.heures import PARIS


def derniere_limite(consultation: Consultation) -> datetime | None:
    """L'heure à partir de laquelle aucune réponse n'est plus fermée :
    celle du dernier tour, ou de la consultation.
    """
    limites = [
        consultation.date_limite_remise,
        *consultation.tours.values_list("date_limite", flat=True),
    ]
    return max((limite for limite in limites if limite), default=None)


def dossier_de(consultation: Consultation) -> Dossier:
    gels = Gel.objects.filter(consultation=consultation, leve_le=None).values_list(
        "motif", flat=True
    )
    marches = Marche.toutes.filter(consultation=consultation).exclude(etat=Marche.Etat.ABANDONNE)
    retenus = plis_retenus(consultation)
    contrats = [contrat_de(marche, retenus) for marche in marches.select_related("pli", "lot")]
    renonces = renonciations_de(consultation)
    # Un lot dont on ne sait encore rien n'a ni signature ni renonciation :
    # tant qu'il attend, toute la procédure attend.
    connus = {*marches.values_list("lot__numero", flat=True), *renonces}
    attendus = (
        []
        if consultation.sans_suite_le
        else [lot for lot in lots_de(consultation) if lot not in connus]
    )
    contrats += [Contrat(reference="", prestation=consultation.nature) for _ in attendus]
    jours = [consultation.sans_suite_le] if consultation.sans_suite_le else list(renonces.values())
    return Dossier(
        contrats=tuple(contrats),
        renonciations=tuple(jour.astimezone(PARIS).date() for jour in jours),
        gels=tuple(gels),
    )


def contrat_de(marche: Marche, retenus: Mapping[int | None, frozenset[str]]) -> Contrat:
    """Ce qui lui est arrivé.

    L'offre de chacun de ses titulaires se garde avec lui, non celle du premier seulement.
    """
    arrives = {
        Fait.SIGNATURE: marche.signe_le,
        Fait.NOTIFICATION: marche.notifie_le,
        Fait.FIN_D_EXECUTION: marche.fini_le,
        Fait.SOLDE: marche.solde_le,
    }
    lot = marche.lot.numero if marche.lot else None
    return Contrat(
        reference=marche.reference,
        prestation=marche.prestation,
        cpv=marche.code_cpv,
        est_une_concession=marche.est_une_concession,
        plis=frozenset([marche.pli.reference] if marche.pli else []).union(retenus.get(lot, ())),
        faits={fait: jour for fait, jour in arrives.items() if jour},
    )


def lots_de(consultation: Consultation) -> list[int | None]:
    """Les numéros des lots ; rien que `None` pour un achat qui n'en a pas."""
    return [*consultation.lots.values_list("numero", flat=True)] or [None]


def plis_retenus(consultation: Consultation) -> dict[int | None, frozenset[str]]:
    """Par lot, les réponses que la décision en vigueur retient ;
    un accord-cadre peut en avoir plusieurs.
    """
    decidees = Attribution.objects.filter(
        consultation=consultation, decidee_le__isnull=False, pli__isnull=False
    )
    en_vigueur = decidees.exclude(remplacantes__decidee_le__isnull=False).select_related(
        "pli__equipe"
    )
    lues = en_vigueur.prefetch_related("autres__pli__equipe")
    return {une.lot: frozenset(retenue.pli.reference for retenue in une.retenues) for une in lues}


def renonciations_de(consultation: Consultation) -> dict[int | None, datetime]:
    """Par lot, la décision en vigueur de ne pas l'attribuer."""
    decidees = Attribution.objects.filter(
        consultation=consultation, decidee_le__isnull=False, remplacantes=None
    )
    renonces = decidees.exclude(sorte=Attribution.Sorte.ATTRIBUEE)
    return {decision.lot: decision.decidee_le for decision in renonces if decision.decidee_le}
