"""Mes réponses, rangées par ce qu'elles demandent : le danger d'abord."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.comptes.models import Utilisateur
from beffroi.depots import acces, queries
from beffroi.depots.models import Pli
from beffroi.reponses.avancement import Avancement, avancement


@dataclass(frozen=True)
class Rubriques:
    """Les quatre listes de l'écran, chacune la plus urgente d'abord."""

    en_danger: list[Avancement]
    en_preparation: list[Avancement]
    deposees: list[Pli]
    passees: list[Pli]

    @property
    def est_vide(self) -> bool:
        return not (self.en_danger or self.en_preparation or self.deposees or self.passees)


def rubriques(utilisateur: Utilisateur, *, le: datetime) -> Rubriques:
    brouillons = acces.reponses_de(utilisateur).filter(expire_le__gte=le)
    etats = [avancement(brouillon, le=le) for brouillon in brouillons.order_by("consultation__date_limite_remise")]
    vivants = [etat for etat in etats if etat.recoit_encore]
    plis = list(queries.plis_deposes(utilisateur))
    actuels = [pli for pli in plis if pli.etat == Pli.Etat.DEPOSE]
    return Rubriques(
        en_danger=[etat for etat in vivants if etat.situation in {"envoyee", "modifiee"}],
        en_preparation=[etat for etat in vivants if etat.situation == "vide"],
        deposees=actuels,
        passees=[pli for pli in plis if pli.etat != Pli.Etat.DEPOSE],
    )
