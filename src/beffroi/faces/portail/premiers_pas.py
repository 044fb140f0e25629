"""Les premiers pas d'un organisme neuf, rangés : un seul bouton premier, un verrou qui se nomme."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from beffroi.achat.consultations.queries import qui_ont_publie
from beffroi.personnes.organismes.models import Habilitation
from beffroi.socle.fondations import prises
from beffroi.socle.fondations.premiers_pas import PremierPas, SonPas
from beffroi.socle.fondations.rangs import Rangee

# Sans eux, on ne dit à personne que tout est à jour.
INDISPENSABLES = frozenset({"deuxieme", "cle"})


@cache
def declares() -> list[Rangee[SonPas]]:
    return prises.rangees(lambda un: un.premiers_pas)


@dataclass(frozen=True)
class LignePas:
    """Un pas tel que la page le montre : `premier`, le seul bouton premier ;
    `ouvert_par` : le rang de l'étape qui l'ouvre.
    """

    pas: PremierPas
    premier: bool
    ouvert_par: int = 0


@dataclass(frozen=True)
class PremiersPas:
    organisme: str
    lignes: list[LignePas]

    @property
    def faits(self) -> int:
        return sum(ligne.pas.fait for ligne in self.lignes)

    @property
    def a_jour(self) -> bool:
        """Une deuxième personne et une clé : l'organisme ne se bloquera pas."""
        return all(ligne.pas.fait for ligne in self.lignes if ligne.pas.nom in INDISPENSABLES)


def chez_une_neuve(
    acheteurs: Iterable[Habilitation], *, publient: Collection[int] = (), le: datetime
) -> PremiersPas | None:
    """Le premier organisme qui n'a encore rien publié, et à qui il reste un pas ;
    rien n'y mène qui est arrêté.

    `publient` : ceux dont on sait déjà, sans le demander à la base, qu'ils ont publié.
    """
    actifs = [
        une
        for une in acheteurs
        if une.organisme.peut_creer_des_consultations and une.organisme_id not in publient
    ]
    anciens = set(qui_ont_publie([une.organisme_id for une in actifs])) if actifs else set()
    for une in actifs:
        if une.organisme_id not in anciens:
            siens = ceux_de(une, le=le)
            if siens.faits < len(siens.lignes):
                return siens
    return None


def ceux_de(habilitation: Habilitation, *, le: datetime) -> PremiersPas:
    trouves = [rangee.fonction(habilitation, le=le) for rangee in declares()]
    return PremiersPas(str(habilitation.organisme), ranger([un for un in trouves if un]))


def ranger(pas: list[PremierPas]) -> list[LignePas]:
    rangs = {un.nom: rang for rang, un in enumerate(pas, start=1)}
    premier = next((un.nom for un in pas if un.se_fait), "")
    return [LignePas(un, un.nom == premier, rangs.get(un.attend, 0)) for un in pas]
