"""Ce que les niveaux attendent de dehors : ProConnect, quand il sera relié."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.ports import port


@dataclass(frozen=True)
class AttestationDeProConnect:
    """Ce que le fournisseur d'identité de la personne dit de son entreprise."""

    entreprise: str
    fournisseur: str


@port("niveaux.ProConnect")
def attestation_de_proconnect(
    personne: Utilisateur, *, le: datetime
) -> AttestationDeProConnect | None:
    """L'entreprise pour qui cette personne vient de se connecter ; rien si personne ne le dit."""
