"""Les jours d'une année que les conventions d'un adhérent couvrent,
et ceux qu'elles laissent entre deux.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from beffroi.centre.conventions.queries import ConventionDeLExercice, conventions_de_l_exercice

UN_JOUR = timedelta(days=1)


@dataclass(frozen=True)
class Couverture:
    """Ce qu'une ligne fige de ses conventions, sous le nom de ses champs."""

    convention: str
    debut: date
    fin: date | None
    fin_pour_impaye: bool
    interruptions: list[list[str]] | None

    def champs(self) -> dict[str, Any]:
        return asdict(self)

    def s_arrete_en(self, annee: int) -> bool:
        return bool(self.interruptions) or (self.fin is not None and self.fin.year == annee)


def conventions_par_adherent(annee: int) -> dict[int, list[ConventionDeLExercice]]:
    """Par la clé de l'adhérent, dans l'ordre de leur effet ;
    une convention finie avant son effet ne couvre rien.
    """
    couvertes: dict[int, list[ConventionDeLExercice]] = {}
    for convention in conventions_de_l_exercice(annee):
        if convention.fin is None or convention.fin >= convention.debut:
            couvertes.setdefault(convention.adherent.pk, []).append(convention)
    return couvertes


def couverture(conventions: list[ConventionDeLExercice]) -> Couverture:
    """Chaque convention compte ses jours.

    Après une fin pour impayé, rien ne se rend : l'entre-deux reste dû (art. 5).
    """
    siennes = sorted(conventions, key=lambda convention: convention.debut)
    derniere, interruptions = siennes[0], list[list[str]]()
    for suivante in siennes[1:]:
        if derniere.fin is None:
            continue
        if suivante.debut > derniere.fin + UN_JOUR and not derniere.fin_pour_impaye:
            trou = (derniere.fin + UN_JOUR, suivante.debut - UN_JOUR)
            interruptions.append([jour.isoformat() for jour in trou])
        if suivante.fin is None or suivante.fin >= derniere.fin:
            derniere = suivante
    return Couverture(
        siennes[-1].reference,
        siennes[0].debut,
        derniere.fin,
        derniere.fin_pour_impaye,
        interruptions or None,
    )
