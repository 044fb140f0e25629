"""Ce que l'annuaire montre et que d'autres savent : où en est la convention de chaque adhérent,
et les blocs de sa fiche. Qui sait dit aussi qui lit : rien, et le bloc n'existe pas.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from beffroi.centre.adherents.models import Adherent
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.socle.fondations.ports import port


@dataclass(frozen=True)
class EtatDeConvention:
    """L'état d'une convention en un mot, et sa page."""

    ton: str
    mot: str
    url: str = ""


@port("adherents.EtatsDesConventions")
def etats_des_conventions(
    adherents: Collection[Adherent], *, le: datetime
) -> Mapping[str, EtatDeConvention]:
    """L'état de chaque convention, par SIREN,
    en un nombre de lectures qui ne dépend pas du leur.
    """


@port("adherents.Presomptions")
def presomptions(adherents: Collection[Adherent], *, annee: int) -> Mapping[str, str]:
    """Ceux que leur population fait présumer sous le seuil d'agents, par SIREN : pourquoi.

    Une présomption n'est pas un effectif : elle ne se demande que de qui n'en a déclaré aucun.
    """


@port("adherents.DefinitionDeLEffectif")
def definition_de_l_effectif(jour: date) -> str:
    """Quels agents l'exploitant a décidé de compter à ce jour :
    une valeur de `Effectif.Definition`.
    """


@dataclass(frozen=True, kw_only=True)
class Fait:
    """Une ligne d'un bloc : quoi, ce qu'on en dit, où elle en est ;
    sa page, si qui lit peut l'ouvrir.
    """

    quoi: str
    dit: str = ""
    ton: str = ""
    mot: str = ""
    url: str = ""
    le: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Bloc:
    """Un bloc de la fiche ; `sinon` : ce qu'il dit quand il n'a rien. `geste` : un mot, sa page."""

    faits: Sequence[Fait] = ()
    sinon: str = ""
    geste: tuple[str, str] | None = None


@port("adherents.SaConvention")
def sa_convention(adherent: Adherent, *, pour: Habilitation, le: datetime) -> Bloc | None:
    """L'état, le dernier jour ; l'acte, pour qui peut le lire."""


@port("adherents.SaContribution")
def sa_contribution(adherent: Adherent, *, pour: Habilitation, le: datetime) -> Bloc | None:
    """Ce qui est appelé, et ce qui ne l'est pas."""


@port("adherents.SesDemandes")
def ses_demandes(adherent: Adherent, *, pour: Habilitation, le: datetime) -> Bloc | None:
    """Ses demandes d'assistance et ses relectures : promesses tenues, ou dépassées.

    Une promesse dépassée se dit à tout le centre ; ce qui était demandé, à qui répond.
    """


@port("adherents.SesInterventions")
def ses_interventions(adherent: Adherent, *, pour: Habilitation, le: datetime) -> Bloc | None:
    """Ce que le centre a fait chez lui ; où en ouvrir une."""


@port("adherents.SesPartagesDEcran")
def ses_partages_d_ecran(adherent: Adherent, *, pour: Habilitation, le: datetime) -> Sequence[Fait]:
    """Les écrans montrés : qui, quand, combien de temps. Jamais ce qui a été vu."""


@port("adherents.OrganismeDUneConsultation")
def organisme_d_une_consultation(dite: str) -> Organisme | None:
    """Qui a la consultation que ces mots nomment, s'ils en nomment une."""
