"""Ce que les contrats attendent du dehors :
un tiers qui transmet les actes au préfet (@CTES), l'accord-cadre d'un achat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from beffroi.socle.fondations.ports import port
from beffroi.socle.guichet.lecture import lu_une_fois

if TYPE_CHECKING:
    from beffroi.achat.consultations.models import Consultation
    from beffroi.contrat.marches.models import Marche


@dataclass(frozen=True)
class ActeATransmettre:
    """Le contrat signé, tel qu'il part.

    `fichiers` : le nom et les octets de chaque acte, un par titulaire.
    """

    siret: str
    numero: str
    objet: str
    fichiers: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class AccuseDeTransmission:
    """Ce que la préfecture a accusé : quand, et le fichier qui le prouve."""

    le: date
    nom: str
    octets: bytes


class TransmissionDesActes(Protocol):
    """Rend l'accusé de la préfecture, ou rien tant qu'il n'est pas venu :
    le redemander n'envoie pas deux fois.

    Lève OSError si le tiers ne répond pas.
    """

    def __call__(self, acte: ActeATransmettre) -> AccuseDeTransmission | None: ...


@dataclass(frozen=True)
class SuiteDuContrat:
    """Ce qu'un contexte du dessus attend d'un contrat signé : où il en est, et sa page."""

    titre: str
    ton: str
    mot: str
    phrase: str
    url: str


@port("marches.SuitesDuContrat")
def suites_du_contrat(marche: "Marche", *, le: datetime) -> list[SuiteDuContrat]:
    """Ce que les contextes du dessus attendent encore d'un contrat signé."""


@port("marches.TransmissionDesActes")
def transmission_des_actes() -> TransmissionDesActes | None:
    """Aucun tiers n'est raccordé d'office : l'acheteur transmet lui-même, et joint la preuve."""


@dataclass(frozen=True)
class ActeDUnTitulaire:
    """Où en est l'acte de l'un des titulaires d'un accord-cadre qui en a
    plusieurs, et ce qu'il attend.
    """

    nom: str
    titulaire_le: date | None
    acheteur_le: date | None
    envoyee_le: date | None
    recue_le: date | None
    reste: str


@port("marches.ActesDesTitulaires")
def actes_des_titulaires(marches: Sequence["Marche"]) -> dict[int, list[ActeDUnTitulaire]]:
    """Par contrat, l'acte de chaque titulaire ; rien pour un contrat qui n'en a qu'un à signer."""


@lu_une_fois
def actes_de(marche: "Marche") -> list[ActeDUnTitulaire]:
    return actes_des_titulaires([marche]).get(marche.pk, [])


@port("marches.AccordsCadresDesConsultations")
def accord_cadre_de(consultation: "Consultation") -> "Marche | None":
    """L'accord-cadre dont cette consultation remet les titulaires en concurrence, ou rien."""
