"""Qui reste à appeler, ce qui est à régulariser, et pour quand :
préparé pour l'écran et pour « À faire ».
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions import depart, gel, regularisation
from beffroi.centre.contributions.couverture import conventions_par_adherent
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.contributions.queries import exercices_de
from beffroi.centre.tarif.rules.dates import limite_de_l_appel, ouverture
from beffroi.centre.tarif.rules.parametres import depuis_des_valeurs
from beffroi.centre.tarif.rules.volume import est_a_regulariser


@dataclass(frozen=True)
class AAppeler:
    """Un adhérent qu'aucun appel émis n'a pour cette année.

    Sans `agents` ni présomption, son effectif est d'abord à déclarer.
    """

    adherent: Adherent
    convention: str
    effet: date
    limite: date
    agents: int | None
    est_presume: bool
    motifs: tuple[str, ...]

    @property
    def peut_s_appeler(self) -> bool:
        return self.agents is not None or self.est_presume


def a_appeler(annee: int, valeurs: Mapping[str, Any]) -> list[AAppeler]:
    """Le plus pressé d'abord. Un nombre constant de lectures ; aucune s'il ne reste personne."""
    deja = gel.deja_appeles(annee)
    restent = {
        cle: siennes for cle, siennes in conventions_par_adherent(annee).items() if cle not in deja
    }
    if not restent:
        return []
    choix = depuis_des_valeurs(valeurs)
    effectifs = gel.effectifs_a_appeler(
        [siennes[0].adherent for siennes in restent.values()], annee, choix
    )
    trouves = [
        AAppeler(
            adherent=siennes[0].adherent,
            convention=siennes[-1].reference,
            effet=siennes[0].debut,
            limite=limite_de_l_appel(annee, siennes[0].debut, choix),
            agents=effectifs[cle]["agents"],
            est_presume=effectifs[cle]["agents"] is None
            and gel.est_presumable(siennes[0].adherent, annee, choix),
            motifs=tuple(effectifs[cle]["motifs_de_l_effectif"]),
        )
        for cle, siennes in restent.items()
    ]
    return sorted(trouves, key=lambda un: (un.limite, un.adherent.nom, un.adherent.pk))


def a_regulariser(exercice: Exercice) -> list[Contribution]:
    return regularisation.a_regulariser(exercice.annee, depuis_des_valeurs(exercice.parametres))


def _a_regulariser_en(exercice: Exercice) -> int:
    """Le nombre des mêmes, compté sur ce que la page a déjà lu."""
    parametres = depuis_des_valeurs(exercice.parametres)
    return sum(
        est_a_regulariser(une.source_du_volume, parametres)
        for une in gel.appels_emis(exercice.annee)
        if not hasattr(une, "regularisation")
    )


@dataclass(frozen=True)
class Suite:
    """Une année dont l'appel est émis :
    qui reste à appeler, ce qui est à régulariser, ce qu'on peut ouvrir.
    """

    annee: int
    a_appeler: list[AAppeler]
    en_retard: int
    a_regulariser: int
    est_ouverte: bool
    # Ce que les conventions ont changé depuis l'émission :
    # un avoir de départ à accorder, des jours pas appelés.
    departs: list[depart.Ecart]
    sous_appeles: list[depart.Ecart]

    @property
    def limite(self) -> date | None:
        return self.a_appeler[0].limite if self.a_appeler else None

    @property
    def declares(self) -> int:
        return sum(un.peut_s_appeler for un in self.a_appeler)


def suites(*, jour: date) -> Iterator[Suite]:
    """Cette année et la précédente,
    si leur appel est émis et qu'il reste quelque chose à y faire.
    """
    for annee in (jour.year, jour.year - 1):
        siens = exercices_de(annee)
        if not _est_emis(siens):
            continue
        dernier = siens[-1]
        restent = a_appeler(annee, dernier.parametres or {})
        finie = jour >= date(annee + 1, 1, 2)
        estimees = _a_regulariser_en(dernier) if finie and dernier.emis_le else 0
        departs, sous_appeles = _ecarts(annee, jour)
        if restent or estimees or departs or sous_appeles:
            retard = sum(un.limite < jour for un in restent)
            ouverte = dernier.emis_le is None
            yield Suite(annee, restent, retard, estimees, ouverte, departs, sous_appeles)


def _est_emis(exercices: list[Exercice]) -> bool:
    return any(un.rang == 0 and un.emis_le is not None for un in exercices)


def _ecarts(annee: int, jour: date) -> tuple[list[depart.Ecart], list[depart.Ecart]]:
    """Un départ s'attend jusqu'à sa fin : il s'annule encore.

    Un second avoir de départ ne s'accorde pas.
    """
    tous = depart.ecarts(annee)
    finis = [
        un
        for un in tous
        if un.montant > 0 and not un.deja_rendu and not (un.fin and un.fin >= jour)
    ]
    return finis, [un for un in tous if un.montant < 0]


def a_l_ecran(*, jour: date) -> dict[str, Any]:
    return {"suites": list(suites(jour=jour)), "jour": jour}


@dataclass(frozen=True)
class AppelAMener:
    """L'appel d'une année que rien n'a encore émis, alors que des conventions la couvrent."""

    annee: int
    adherents: int
    limite: date


def appel_a_mener(*, jour: date, valeurs: Mapping[str, Any]) -> AppelAMener | None:
    """Celui qui s'est ouvert le dernier, du 2 janvier jusqu'à son émission."""
    choix = depuis_des_valeurs(valeurs)
    annee = max(
        an for an in (jour.year, jour.year - 1, jour.year - 2) if ouverture(an, choix) <= jour
    )
    if _est_emis(exercices_de(annee)):
        return None
    restent = a_appeler(annee, valeurs)
    return AppelAMener(annee, len(restent), min(un.limite for un in restent)) if restent else None
