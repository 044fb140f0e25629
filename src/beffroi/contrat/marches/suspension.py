"""Quand un contrat peut se signer : ce que l'attribution en dit ;
sans consultation ici, rien n'attend (R. 2182-1).
"""

from datetime import date, datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution import queries as attributions
from beffroi.contrat.marches.models import Marche
from droit.decision import Decision, Motif


def peut_signer(marche: Marche, *, le: datetime) -> Decision:
    """Refuse tant que court la suspension, qu'une lettre manque,
    ou si ce n'est plus cette offre qui est retenue.
    """
    if marche.consultation is None:
        return Decision.accord()
    if not est_celui_de_l_offre_retenue(marche, le=le):
        return Decision.refus(
            Motif(
                "Ce contrat n'est plus celui de l'offre retenue : la décision a changé, "
                "ou la procédure est sans suite. "
                "Abandonnez-le, puis ouvrez celui qui convient."
            )
        )
    return attributions.peut_signer(marche.consultation, numero_du_lot(marche), le=le)


def est_celui_de_l_offre_retenue(marche: Marche, *, le: datetime) -> bool:
    """Le pli, la variante et le montant du contrat sont ceux de la
    décision qui vaut aujourd'hui.
    """
    consultation = marche.consultation
    if consultation is None or consultation.etat == Consultation.Etat.SANS_SUITE:
        return False
    attribution = attributions.attribution_de(
        consultation, numero_du_lot(marche), le=le
    ).attribution
    if attribution is None:
        return False
    retenue = (attribution.pli_id, attribution.variante, attribution.montant)
    plis = [offre.pli for offre in attribution.retenues]
    choisis = {
        membre["identifiant"] for pli in plis for membre in pli.groupement.get("membres", [])
    }
    choisis |= {pli.equipe.identifiant for pli in plis}
    tenus = set(marche.titulaires.values_list("siret", flat=True))
    return choisis == tenus and retenue == (marche.pli_id, marche.variante, marche.montant)


def premier_jour(marche: Marche, *, le: datetime) -> date | None:
    """Le premier jour où l'acheteur peut signer, si un délai court."""
    if marche.consultation is None:
        return None
    return attributions.attribution_de(
        marche.consultation, numero_du_lot(marche), le=le
    ).signable_le


def numero_du_lot(marche: Marche) -> int | None:
    return marche.lot.numero if marche.lot else None
