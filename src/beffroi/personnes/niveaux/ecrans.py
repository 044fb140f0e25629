"""Ce que la page « Prouver votre entreprise » montre, préparé pour elle."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from beffroi.personnes.entreprises.models import Equipe, Membre
from beffroi.personnes.niveaux import queries, rules
from beffroi.personnes.niveaux.models import Defi, LettreDeCode, PreuveDEntreprise
from beffroi.personnes.niveaux.ports import attestation_de_proconnect
from beffroi.personnes.niveaux.rules import Faits, Niveau
from droit.decision import Decision

VOISINES_MONTREES = 20
TONS = {True: ("ok", "En cours"), False: ("gris", "Finie")}


@dataclass(frozen=True)
class LigneDePreuve:
    preuve: PreuveDEntreprise
    ton: str
    mot: str


@dataclass
class PageDePreuve:
    """La page d'une personne, pour l'équipe au nom de qui elle agit."""

    membre: Membre
    le: datetime

    @cached_property
    def faits(self) -> Faits:
        return queries.faits_de_l_equipe(self.membre, le=self.le)

    @property
    def est_prouvee(self) -> bool:
        return self.faits.niveau is Niveau.PROUVEE

    @cached_property
    def preuves(self) -> list[LigneDePreuve]:
        return lignes(list(queries.preuves_de(self.membre.equipe)), le=self.le)

    @property
    def defi(self) -> Defi | None:
        return queries.defi_en_cours(self.membre.equipe, le=self.le)

    @cached_property
    def lettre(self) -> LettreDeCode | None:
        return queries.lettre_en_cours(self.membre.equipe)

    @cached_property
    def voisines(self) -> list[Equipe]:
        """Une équipe prouvée lit qui dit la même entreprise ; une autre n'apprend rien."""
        if not self.est_prouvee:
            return []
        return list(queries.voisines(self.membre.equipe)[:VOISINES_MONTREES])

    @property
    def proconnect(self) -> bool:
        """Le fournisseur d'identité de la personne dit la même entreprise."""
        attestee = attestation_de_proconnect(self.membre.utilisateur, le=self.le)
        return (
            attestee is not None and attestee.entreprise == self.membre.equipe.numero_d_entreprise
        )

    @property
    def peut_demander_une_lettre(self) -> Decision:
        equipe = self.membre.equipe
        return rules.peut_demander_une_lettre(
            francaise=equipe.nature == equipe.Nature.FRANCAISE,
            en_cours=self.lettre is not None,
            prouvee=queries.est_prouvee(equipe, le=self.le, moyen=PreuveDEntreprise.Moyen.COURRIER),
        )


def lignes(preuves: list[PreuveDEntreprise], *, le: datetime) -> list[LigneDePreuve]:
    """Chaque preuve et ce qu'elle vaut maintenant, en un mot."""
    return [LigneDePreuve(preuve, *_etat(preuve, le)) for preuve in preuves]


def _etat(preuve: PreuveDEntreprise, le: datetime) -> tuple[str, str]:
    if preuve.revoquee_le:
        return "attention", "Révoquée"
    return TONS[preuve.vaut_le(le)]
