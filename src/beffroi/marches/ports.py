"""Ce que les contrats attendent du dehors : un tiers qui transmet les actes au préfet (@CTES), l'accord-cadre d'un achat."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from beffroi.socle.ports import branche

if TYPE_CHECKING:
    from beffroi.consultations.models import Consultation
    from beffroi.marches.models import Marche


@dataclass(frozen=True)
class ActeATransmettre:
    """Le contrat signé, tel qu'il part. `fichiers` : le nom et les octets de chaque acte, un par titulaire."""

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
    """Rend l'accusé de la préfecture, ou rien tant qu'il n'est pas venu : le redemander n'envoie pas deux fois.

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


class SuitesDuContrat(Protocol):
    def __call__(self, marche: "Marche", *, le: datetime) -> list[SuiteDuContrat]: ...


def suites_du_contrat() -> SuitesDuContrat:
    tenues: SuitesDuContrat = branche("marches.SuitesDuContrat")
    return tenues


def transmission_des_actes() -> TransmissionDesActes | None:
    """Aucun tiers n'est raccordé d'office : l'acheteur transmet lui-même, et joint la preuve."""
    offrir: Callable[[], TransmissionDesActes | None] = branche("marches.TransmissionDesActes")
    return offrir()


@dataclass(frozen=True)
class ActeDUnTitulaire:
    """Où en est l'acte de l'un des titulaires d'un accord-cadre qui en a plusieurs, et ce qu'il attend."""

    nom: str
    titulaire_le: date | None
    acheteur_le: date | None
    envoyee_le: date | None
    recue_le: date | None
    reste: str


class ActesDesTitulaires(Protocol):
    """Par contrat, l'acte de chaque titulaire ; rien pour un contrat qui n'en a qu'un à signer."""

    def __call__(self, marches: Sequence["Marche"]) -> dict[int, list[ActeDUnTitulaire]]: ...


def actes_des_titulaires() -> ActesDesTitulaires:
    tenus: ActesDesTitulaires = branche("marches.ActesDesTitulaires")
    return tenus


def actes_de(marche: "Marche") -> list[ActeDUnTitulaire]:
    return actes_des_titulaires()([marche]).get(marche.pk, [])


class AccordsCadresDesConsultations(Protocol):
    """L'accord-cadre dont cette consultation remet les titulaires en concurrence, ou rien."""

    def __call__(self, consultation: "Consultation") -> "Marche | None": ...


def accord_cadre_de(consultation: "Consultation") -> "Marche | None":
    dire: AccordsCadresDesConsultations = branche("marches.AccordsCadresDesConsultations")
    return dire(consultation)
