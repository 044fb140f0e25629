"""Lire le registre des dépôts d'une consultation."""

from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import publiee
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.reponse.registre_des_depots.models import RegistreScelle
from beffroi.reponse.registre_des_depots.permissions import ACTES
from beffroi.socle.journal import tirages
from formats import registre_des_depots as formats
from formats.registre_des_depots import Registre


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    """La consultation, pour un acte sur son registre :
    404 si elle est étrangère, 403 sans le rôle.
    """
    consultation = publiee(reference)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    return consultation


def dernier_tirage(consultation: Consultation) -> RegistreScelle | None:
    """Le dernier tirage scellé : c'est lui qui se télécharge."""
    return RegistreScelle.objects.filter(consultation=consultation).order_by("-numero").first()


def tirages_precedents(consultation: Consultation) -> list[RegistreScelle]:
    """Les tirages que d'autres ont suivis, du plus récent au plus ancien."""
    return list(RegistreScelle.objects.filter(consultation=consultation).order_by("-numero")[1:])


def a_change(tirage: RegistreScelle, registre: Registre) -> bool:
    """Le registre d'aujourd'hui n'est plus celui de ce tirage."""
    return tirages.a_change(tirage, formats.csv(registre))
