"""Ce que les écrans de la facturation montrent, préparé d'avance."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from beffroi.centre.contributions.models import Exercice
from beffroi.centre.facturation import remise
from beffroi.centre.facturation.creancier import Creancier
from beffroi.centre.facturation.lecture import AFacturer, a_facturer
from formats.facture import Rapport

RIEN = Decimal(0)


@dataclass(frozen=True)
class Ligne:
    """Une facture dans la liste : son numéro, à qui, combien, et ce qui l'empêche de partir."""

    une: AFacturer
    manques: tuple[str, ...]

    @property
    def sorte(self) -> str:
        return "Avoir" if self.une.avoir else "Facture"

    @property
    def montant(self) -> Decimal:
        return -self.une.avoir.montant if self.une.avoir else self.une.contribution.montant or RIEN

    @property
    def ton(self) -> str:
        return "attention" if self.manques else "ok"

    @property
    def mot(self) -> str:
        return "À corriger" if self.manques else "Peut partir"


@dataclass(frozen=True)
class Totaux:
    """Un exercice en chiffres."""

    factures: int
    avoirs: int
    a_corriger: int
    montant: Decimal


@dataclass(frozen=True)
class Examen:
    """Une forme d'une facture devant les contrôles :
    lesquels, ce qu'ils refusent, ce qui n'a pas eu lieu.
    """

    forme: remise.Forme
    rapport: Rapport


def lignes(exercice: Exercice, centre: Creancier) -> list[Ligne]:
    """Toutes les factures de l'exercice, devant nos règles seules :
    les officielles se lisent facture par facture.
    """
    return [Ligne(une, tuple(remise.refus(une, centre=centre))) for une in a_facturer(exercice)]


def totaux(lignes: list[Ligne]) -> Totaux:
    avoirs = sum(1 for ligne in lignes if ligne.une.avoir)
    a_corriger = sum(1 for ligne in lignes if ligne.manques)
    return Totaux(
        len(lignes) - avoirs, avoirs, a_corriger, sum((ligne.montant for ligne in lignes), RIEN)
    )


def examens(une: AFacturer, centre: Creancier) -> list[Examen]:
    """Chaque forme devant les contrôles officiels ; rien tant que nos règles refusent."""
    return [
        Examen(forme, remise.examiner(une, forme, centre=centre)[1])
        for forme in remise.FORMES.values()
    ]


def fiche_de_l_adherent(une: AFacturer) -> str:
    return reverse("adherents:fiche", args=[une.contribution.adherent.siren])
