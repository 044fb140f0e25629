"""Le volume qui décide de la tranche :
quelle année, et quoi faire quand elle manque (convention, art. 4).
"""

from dataclasses import dataclass
from typing import Literal

from beffroi.centre.tarif.rules.parametres import D_OFFICE, Parametres

Source = Literal["compte", "estime", "t1", "constate"]


@dataclass(frozen=True)
class Volume:
    """Le nombre retenu, d'où il vient, et s'il sera comparé au compte de l'année."""

    nombre: int
    source: Source
    motif: str
    a_regulariser: bool = False


def annee_comptee(exercice: int, parametres: Parametres = D_OFFICE) -> int:
    """L'année dont on compte les consultations pour cet exercice."""
    return exercice - 1 if parametres.base_volume == "n_moins_1" else exercice


def exercice_decide(annee: int, parametres: Parametres = D_OFFICE) -> int:
    """L'exercice dont les consultations de cette année décident."""
    return annee + (annee - annee_comptee(annee, parametres))


def annee_de_l_appel(exercice: int, parametres: Parametres = D_OFFICE) -> int:
    """L'année où l'exercice s'appelle, en janvier."""
    return exercice + 1 if parametres.base_volume == "n_constate_appele_n_plus_1" else exercice


def volume_retenu(
    exercice: int,
    *,
    compte: int,
    estime: int | None,
    est_la_premiere_annee: bool,
    parametres: Parametres = D_OFFICE,
) -> Volume:
    """Le compte de l'année qui décide. Une année précédente partielle vaut telle quelle (5b)."""
    annee = annee_comptee(exercice, parametres)
    if parametres.base_volume == "n_estime_regularise":
        return _estime(estime, f"Volume estimé pour {exercice}, à régulariser", a_regulariser=True)
    if parametres.base_volume == "n_moins_1" and est_la_premiere_annee:
        return _premiere_annee(estime, parametres)
    return Volume(compte, "compte", f"Consultations comptées en {annee}.")


def est_a_regulariser(source: str, parametres: Parametres = D_OFFICE) -> bool:
    """Un volume qui n'était qu'estimé se compare au compte de l'année,
    une fois l'année finie (rulings 5 et 6).
    """
    if parametres.base_volume == "n_estime_regularise":
        return source in {"estime", "t1"}
    return (
        parametres.base_volume == "n_moins_1"
        and parametres.premiere_annee == "regularisation"
        and source != "compte"
    )


def constate(exercice: int, *, compte: int, retenu: int) -> Volume:
    """Le compte de l'exercice même, qui remplace ce qu'on avait retenu sans le connaître."""
    return Volume(
        compte,
        "constate",
        f"Consultations comptées en {exercice}, année finie ; {retenu} avaient été retenues.",
    )


def _premiere_annee(estime: int | None, parametres: Parametres) -> Volume:
    if parametres.premiere_annee == "t1":
        return Volume(0, "t1", "Première année : première tranche (premiere_annee=t1).")
    a_regulariser = parametres.premiere_annee == "regularisation"
    suite = ", à régulariser" if a_regulariser else ""
    return _estime(
        estime, f"Première année : volume estimé à l'adhésion{suite}", a_regulariser=a_regulariser
    )


def _estime(estime: int | None, motif: str, *, a_regulariser: bool) -> Volume:
    if estime is None:
        return Volume(0, "t1", f"{motif}. Aucune estimation : première tranche.", a_regulariser)
    return Volume(estime, "estime", f"{motif}.", a_regulariser)
