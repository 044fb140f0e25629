"""Le port `niveaux.ProConnect`, tant que personne n'y est relié : il n'atteste rien, et le dit."""

from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.niveaux.ports import AttestationDeProConnect


def attestation(personne: Utilisateur, *, le: datetime) -> AttestationDeProConnect | None:
    return None
