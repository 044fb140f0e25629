"""La balance, préparée pour l'écran :
par adhérent, ce qui est appelé, titré, payé, dû, et depuis quand.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.recettes import lecture
from beffroi.centre.recettes.rules.soldes import (
    ANCIENNETES,
    PAS_ECHU,
    RIEN,
    Solde,
    anciennete,
    jours_de_retard,
)
from formats.pluriels import compter

TOUS, DUS, EN_RETARD, A_COMPLETER, TROP_PERCUS = (
    "tous",
    "",
    "en_retard",
    "a_completer",
    "trop_percus",
)
PLEINE_LARGEUR = Decimal("98.5")


@dataclass(frozen=True)
class Suivi:
    """Une contribution et ses recettes, ce jour-là."""

    contribution: Contribution
    solde: Solde
    titre: Decimal
    echeance: date | None
    retard: int
    anciennete: str

    @property
    def appel(self) -> str:
        return numero_d_appel(self.contribution)

    @property
    def numero_du_titre(self) -> str:
        return str(lecture.titre_en_cours(self.contribution) or "")

    @property
    def a_completer(self) -> bool:
        """Il manque sa réception, d'où court l'échéance, ou son titre."""
        return bool(self.solde.reste) and (self.contribution.recue_le is None or not self.titre)

    @property
    def etat(self) -> tuple[str, str]:
        return etat(self.solde, self.retard if self.solde.reste else 0)


class DesSommes(Protocol):
    @property
    def paye(self) -> Decimal: ...
    @property
    def reste(self) -> Decimal: ...
    @property
    def trop_percu(self) -> Decimal: ...


def etat(sommes: DesSommes, retard: int) -> tuple[str, str]:
    """Le ton et le mot : où en est ce qui est dû."""
    if retard:
        return "attention", f"En retard de {compter(retard, 'jour')}"
    if sommes.reste:
        return "cours", "Payé en partie" if sommes.paye else "À payer"
    return ("attention", "Trop-perçu") if sommes.trop_percu else ("ok", "Soldé")


def suivre(contribution: Contribution, *, le: date) -> Suivi:
    titre, echeance = lecture.titre_en_cours(contribution), lecture.echeance_de(contribution)
    return Suivi(
        contribution,
        lecture.solde(contribution, le=le),
        titre.montant if titre else RIEN,
        echeance,
        jours_de_retard(echeance, le=le),
        anciennete(echeance, le=le),
    )


@dataclass(frozen=True)
class Ligne:
    """Un adhérent dans la balance :
    ses contributions suivies, leur somme, et sa pire ancienneté.
    """

    adherent: Adherent
    nom: str
    suivis: Sequence[Suivi]
    totaux: "Totaux" = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "totaux", totaux(self.suivis))

    @property
    def retard(self) -> int:
        return max((suivi.retard for suivi in self.suivis if suivi.solde.reste), default=0)

    @property
    def a_completer(self) -> bool:
        return any(suivi.a_completer for suivi in self.suivis)

    @property
    def etat(self) -> tuple[str, str]:
        return etat(self.totaux, self.retard)

    @property
    def manque(self) -> str:
        """Ce qui manque pour suivre : une réception, un titre."""
        dus = [suivi for suivi in self.suivis if suivi.solde.reste]
        manques = ["réception à noter"] * any(suivi.contribution.recue_le is None for suivi in dus)
        manques += ["titre à noter"] * any(not suivi.titre for suivi in dus)
        return ", ".join(manques)


@dataclass(frozen=True)
class Totaux:
    """Les sommes d'une balance. Un reste et un trop-perçu de deux appels ne se compensent pas."""

    appele: Decimal
    avoirs: Decimal
    titre: Decimal
    paye: Decimal
    reste: Decimal
    trop_percu: Decimal


def totaux(suivis: Iterable[Suivi]) -> Totaux:
    soldes = [(suivi.solde, suivi.titre) for suivi in suivis]
    return Totaux(
        appele=sum((solde.appele for solde, _ in soldes), RIEN),
        avoirs=sum((solde.avoirs for solde, _ in soldes), RIEN),
        titre=sum((titre for _, titre in soldes), RIEN),
        paye=sum((solde.paye for solde, _ in soldes), RIEN),
        reste=sum((solde.reste for solde, _ in soldes), RIEN),
        trop_percu=sum((solde.trop_percu for solde, _ in soldes), RIEN),
    )


def balance(contributions: Iterable[Contribution], *, le: date) -> list[Ligne]:
    """Par adhérent, par nom ; le nom est celui de son dernier appel."""
    par_adherent = defaultdict[int, list[Suivi]](list)
    for contribution in contributions:
        par_adherent[contribution.adherent_id].append(suivre(contribution, le=le))
    lignes = (_ligne(suivis) for suivis in par_adherent.values())
    return sorted(lignes, key=lambda ligne: (ligne.nom.casefold(), ligne.adherent.siren))


def _ligne(suivis: list[Suivi]) -> Ligne:
    dernier = max(suivis, key=lambda suivi: suivi.contribution.exercice.annee).contribution
    return Ligne(dernier.adherent, dernier.nom, suivis)


def filtrees(lignes: Iterable[Ligne], *, voir: str, nom: str) -> list[Ligne]:
    cherche = nom.strip().casefold()
    return [
        ligne
        for ligne in lignes
        if _se_montre(ligne, voir)
        and (cherche in ligne.nom.casefold() or ligne.adherent.siren == cherche)
    ]


def _se_montre(ligne: Ligne, voir: str) -> bool:
    return {
        DUS: bool(ligne.totaux.reste or ligne.totaux.trop_percu),
        EN_RETARD: bool(ligne.retard),
        A_COMPLETER: ligne.a_completer,
        TROP_PERCUS: bool(ligne.totaux.trop_percu),
    }.get(voir, True)


@dataclass(frozen=True)
class Filtre:
    valeur: str
    libelle: str


def filtres(lignes: Sequence[Ligne]) -> list[Filtre]:
    libelles = {
        DUS: "Pas soldés",
        EN_RETARD: "En retard",
        A_COMPLETER: "Réception ou titre à noter",
        TROP_PERCUS: "Trop-perçus",
        TOUS: "Tous",
    }
    return [
        Filtre(valeur, f"{dit} ({sum(_se_montre(ligne, valeur) for ligne in lignes)})")
        for valeur, dit in libelles.items()
    ]


@dataclass(frozen=True)
class Age:
    """Une colonne de l'ancienneté : combien d'appels, ce qui en reste dû, et sa barre."""

    mot: str
    nombre: int
    reste: Decimal
    largeur: str


def ages(lignes: Iterable[Ligne]) -> list[Age]:
    """Ce qui reste dû, du pas échu au plus ancien."""
    restes, nombres = dict.fromkeys(ANCIENNETES, RIEN), dict.fromkeys(ANCIENNETES, 0)
    for suivi in (suivi for ligne in lignes for suivi in ligne.suivis if suivi.solde.reste):
        restes[suivi.anciennete] += suivi.solde.reste
        nombres[suivi.anciennete] += 1
    echelle = max(restes.values()) or Decimal(1)
    return [
        Age(mot, nombres[mot], restes[mot], f"{restes[mot] * PLEINE_LARGEUR / echelle:.1f}")
        for mot in ANCIENNETES
    ]


def echu(tous: Iterable[Age]) -> Decimal:
    return sum((age.reste for age in tous if age.mot != PAS_ECHU), RIEN)
