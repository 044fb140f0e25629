"""Lire le registre des dépôts d'une consultation."""

from datetime import datetime

from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import Consultation
from beffroi.consultations.queries import publique
from beffroi.organismes.permissions import exiger_role
from beffroi.organismes.queries import habilitation_dans
from beffroi.registre_des_depots.models import RegistreScelle
from beffroi.registre_des_depots.permissions import ACTES


def consultation_pour(utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime) -> Consultation:
    """La consultation, pour un acte sur son registre : 404 si elle est étrangère, 403 sans le rôle."""
    consultation = publique(reference)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    return consultation


def registre_scelle(consultation: Consultation) -> RegistreScelle | None:
    """Le premier tirage, s'il a été scellé."""
    return RegistreScelle.objects.filter(consultation=consultation).first()
