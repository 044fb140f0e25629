"""Lire les retraits d'une consultation : les lignes du registre, ses nombres, ses tirages."""

from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import publiee
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.publicite.retraits import jetons
from beffroi.publicite.retraits.models import Retirant, RetraitDce, TirageDesRetraits
from beffroi.publicite.retraits.permissions import ACTES
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.journal import tirages
from formats import registre_des_retraits as formats
from formats.registre_des_retraits import Registre


def consultation_pour(utilisateur: Utilisateur, reference: str, *, le: datetime) -> Consultation:
    """La consultation, pour lire ses retraits : 404 si elle est étrangère, 403 sans le rôle."""
    consultation = publiee(reference)
    exiger_role(
        habilitation_dans(utilisateur, consultation.organisme, le), "lire_les_retraits", ACTES
    )
    return consultation


def retirant_du_lien(consultation: Consultation, jeton: str) -> Retirant:
    retirant = Retirant.objects.filter(
        consultation=consultation, reference=jetons.reference_de(jeton)
    ).first()
    if retirant is None:
        raise Introuvable()
    return retirant


def version_en_cours(consultation: Consultation, *, le: datetime) -> int:
    """Celle que l'on téléchargeait à cet instant, même inscrite après une autre publication."""
    return 1 + consultation.versions_du_dossier.filter(publiee_le__lte=le).count()


def retraits_de(consultation: Consultation) -> QuerySet[RetraitDce]:
    return RetraitDce.objects.filter(consultation=consultation).select_related(
        "piece", "retirant__etablissement"
    )


def dernier_tirage(consultation: Consultation) -> TirageDesRetraits | None:
    return TirageDesRetraits.objects.filter(consultation=consultation).order_by("-numero").first()


def a_change(tirage: TirageDesRetraits, registre: Registre) -> bool:
    return tirages.a_change(tirage, formats.csv(registre))
