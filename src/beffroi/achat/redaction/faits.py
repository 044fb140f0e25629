"""Ce qu'une clause a besoin de savoir : l'achat, la loi à sa date, et ce qui s'en déduit."""

from dataclasses import dataclass
from datetime import date

from droit.achat import Achat, Lot, PieceDemandee
from droit.citation import Source
from droit.en_vigueur import Droit, DroitInconnu
from droit.tables import Procedure


@dataclass(frozen=True)
class Faits:
    """Un achat vu de la loi. Les mots « marché » et « acheteur » changent pour une concession."""

    achat: Achat
    droit: Droit

    @property
    def procedure(self) -> Procedure:
        return self.droit.procedure(self.achat.procedure)

    @property
    def est_une_concession(self) -> bool:
        return self.achat.est_une_concession

    @property
    def est_formalisee(self) -> bool:
        return self.procedure.formalisee

    @property
    def est_adaptee(self) -> bool:
        return self.procedure.cle.startswith("procedure_adaptee")

    @property
    def est_en_deux_temps(self) -> bool:
        """Les candidatures d'abord, les offres des seuls candidats retenus ensuite."""
        return "sélection" in self.procedure.phases

    @property
    def est_un_accord_cadre(self) -> bool:
        return self.achat.execution.accord_cadre is not None

    @property
    def contrat(self) -> str:
        """« le marché », « l'accord-cadre », « le contrat de concession »."""
        if self.est_une_concession:
            return "le contrat de concession"
        return "l'accord-cadre" if self.est_un_accord_cadre else "le marché"

    @property
    def du_contrat(self) -> str:
        return (
            f"de {self.contrat}"
            if self.contrat.startswith("l'")
            else self.contrat.replace("le ", "du ", 1)
        )

    @property
    def ce_contrat(self) -> str:
        if self.est_une_concession:
            return "ce contrat"
        return "cet accord-cadre" if self.est_un_accord_cadre else "ce marché"

    @property
    def acheteur(self) -> str:
        return "l'autorité concédante" if self.est_une_concession else "l'acheteur"

    @property
    def titulaire(self) -> str:
        return "le concessionnaire" if self.est_une_concession else "le titulaire"

    @property
    def remise(self) -> str:
        """Ce que l'on dépose avant l'heure limite."""
        return "candidature" if self.est_en_deux_temps else "réponse"

    @property
    def lots(self) -> tuple[Lot, ...]:
        return self.achat.allotissement.lots

    def selon(
        self, *, marche: tuple[Source, ...], concession: tuple[Source, ...] = ()
    ) -> tuple[Source, ...]:
        """Les articles de la deuxième ou de la troisième partie du code, selon le contrat."""
        return concession if self.est_une_concession else marche

    def entier(self, cle: str) -> int:
        return self.droit.valeur(cle).entier

    def exige(self, cle: str) -> bool:
        """La loi l'exige à cette date ; faux avant que les tables ne le sachent."""
        try:
            return self.droit.valeur(cle).valeur is True
        except DroitInconnu:
            return False

    def pieces(self, enveloppe: str) -> tuple[PieceDemandee, ...]:
        return tuple(piece for piece in self.achat.offre.pieces if piece.enveloppe == enveloppe)

    @property
    def jour(self) -> date:
        return self.droit.jour
