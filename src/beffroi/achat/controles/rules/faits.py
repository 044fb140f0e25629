"""Les faits que les contrôles jugent, lus une fois :
le projet d'achat, et le texte de son règlement.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from beffroi.achat.relectures.rules import reperage
from beffroi.achat.relectures.rules.reperage import (
    InstantEcrit,
    Mention,
    PhraseSituee,
    SiteEcrit,
    Sujet,
    Trouvaille,
)
from droit.achat import Achat
from droit.calendrier.heures import PARIS
from droit.en_vigueur import Droit
from droit.tables import Procedure
from formats.lecture import Texte


@dataclass(frozen=True)
class Projet:
    """La consultation structurée, la loi à sa date, et l'heure qu'il est."""

    achat: Achat
    droit: Droit
    maintenant: datetime

    @cached_property
    def procedure(self) -> Procedure:
        return self.droit.procedure(self.achat.procedure)

    @property
    def formalisee(self) -> bool:
        return self.procedure.formalisee

    @property
    def envoi(self) -> date:
        """Le jour où l'avis part ; au plus tôt aujourd'hui s'il n'est pas encore parti."""
        return self.achat.dates.envoi_de_l_avis or self.maintenant.astimezone(PARIS).date()

    @property
    def limite(self) -> datetime | None:
        return self.achat.dates.limite

    @property
    def cle_de_l_acheteur(self) -> str:
        """Le type d'acheteur, tel que les clés des tables l'écrivent."""
        return {
            "pouvoir adjudicateur": "pouvoir_adjudicateur",
            "entité adjudicatrice": "entite_adjudicatrice",
            "autorité concédante": "autorite_concedante",
        }[self.achat.acheteur.type_d_acheteur]


@dataclass(frozen=True)
class Reglement:
    """Le texte du règlement, et ce qui s'y repère, chaque chose cherchée une seule fois.

    `actes` : les actes d'engagement du dossier qui ont pu être lus.
    """

    texte: Texte
    droit: Droit
    actes: tuple[Texte, ...] = ()

    @cached_property
    def phrases(self) -> tuple[Trouvaille[str], ...]:
        return tuple(situee.phrase for situee in self._situees)

    @cached_property
    def plie(self) -> str:
        """Toutes les phrases pliées, une par ligne : un motif absent d'ici n'est dans aucune."""
        return "\n".join(phrase.valeur for phrase in self.phrases)

    def mentions(self, sujet: Sujet) -> tuple[Trouvaille[Mention], ...]:
        if sujet not in self._mentions:
            self._mentions[sujet] = reperage.mentions_parmi(self._situees, sujet)
        return self._mentions[sujet]

    @cached_property
    def _situees(self) -> tuple[PhraseSituee, ...]:
        return reperage.phrases_situees(self.texte)

    @cached_property
    def _mentions(self) -> dict[Sujet, tuple[Trouvaille[Mention], ...]]:
        return {}

    @cached_property
    def limites(self) -> tuple[Trouvaille[InstantEcrit], ...]:
        return reperage.limites_de_remise(self.texte)

    @cached_property
    def limites_des_questions(self) -> tuple[Trouvaille[InstantEcrit], ...]:
        return reperage.limites_des_questions(self.texte)

    @cached_property
    def sites(self) -> tuple[Trouvaille[SiteEcrit], ...]:
        return reperage.sites(self.texte)

    @cached_property
    def adresses_postales(self) -> tuple[Trouvaille[reperage.AdressePostale], ...]:
        return reperage.adresses_postales(self.texte)

    @cached_property
    def articles(self) -> tuple[Trouvaille[reperage.ArticleCite], ...]:
        return reperage.articles_cites(self.texte)

    @cached_property
    def formats(self) -> tuple[Trouvaille[str], ...]:
        return reperage.formats_nommes(self.texte)

    @cached_property
    def baremes(self) -> tuple[reperage.Bareme, ...]:
        return reperage.baremes(self.texte)
