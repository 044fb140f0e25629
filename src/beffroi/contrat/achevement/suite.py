"""Ce que la page de suivi d'une consultation dit de son achèvement,
et ce que la page d'un contrat en montre.
"""

from datetime import datetime

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtapeApresOuverture
from beffroi.contrat.achevement import ecrans, queries, redaction
from beffroi.contrat.achevement.rules.attribution import Delai
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.ports import SuiteDuContrat
from beffroi.contrat.marches.suite import OUVERTES


def etape_de_l_avis(consultation: Consultation, *, le: datetime) -> EtapeApresOuverture | None:
    """Rien tant qu'aucun contrat n'est signé."""
    if consultation.etat not in OUVERTES or not redaction.a_de_quoi_dire(consultation, le=le):
        return None
    lots = queries.lots_de(consultation, le=le)
    conclus = [lot for lot in lots if lot.est_conclu]
    if not conclus:
        return None
    en_retard = [lot for lot in conclus if lot.delai.delai == Delai.DEPASSE]
    attendus = [lot for lot in conclus if lot.attend]
    phrase = (en_retard or attendus or conclus)[0].delai.phrase
    return EtapeApresOuverture(
        nom="Avis d'attribution",
        phrase=phrase if attendus or conclus[0].exigence.exige else f"{conclus[0].exigence.motif}",
        url=reverse("achevement:avis", args=[consultation.reference]),
        geste="Écrire l'avis" if attendus else "Voir",
        attend=bool(attendus),
    )


def etape_du_rapport(consultation: Consultation, *, le: datetime) -> EtapeApresOuverture | None:
    """Exigé, il attend le premier contrat signé ; établi, il se relit.

    Facultatif, il ne s'annonce pas de lui-même.
    """
    if consultation.etat not in OUVERTES or not redaction.a_de_quoi_dire(consultation, le=le):
        return None
    rapports, exige = queries.rapports_de(consultation), ecrans.devoir(consultation, le=le).exige
    if not rapports and not exige:
        return None
    conclu = any(lot.est_conclu for lot in queries.lots_de(consultation, le=le))
    if not rapports and not conclu:
        return None
    version = (
        f"Version {rapports[0].version} établie."
        if rapports
        else "Il est exigé, et n'est pas encore établi."
    )
    return EtapeApresOuverture(
        nom="Rapport de présentation",
        phrase=version,
        url=reverse("achevement:rapport", args=[consultation.reference]),
        geste="Voir" if rapports else "Établir le rapport",
        attend=not rapports,
    )


def du_contrat(marche: Marche, *, le: datetime) -> list[SuiteDuContrat]:
    """Le port `marches.SuitesDuContrat` :
    l'avis et le rapport de la consultation d'où vient le contrat.
    """
    consultation = marche.consultation
    if consultation is None or marche.signe_le is None:
        return []
    lot = next((lot for lot in queries.lots_de(consultation, le=le) if lot.marche == marche), None)
    if lot is None:
        return []
    dite = ecrans.ligne_du_lot(lot)
    suites = [
        SuiteDuContrat(
            "Avis d'attribution",
            dite.ton,
            dite.mot,
            f"{dite.phrase} {lot.exigence.motif}",
            reverse("achevement:avis", args=[consultation.reference]),
        )
    ]
    etape = etape_du_rapport(consultation, le=le)
    if etape is not None:
        ton, mot = ("attention", "À établir") if etape.attend else ("ok", "Établi")
        suites.append(SuiteDuContrat(etape.nom, ton, mot, etape.phrase, etape.url))
    return suites
