"""Ce qu'une colonne neuve, ou changée, fait à la version d'avant (`deux_versions`)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import NOT_PROVIDED, CharField, Expression, Field, TextField, Value

from beffroi.socle.noeuds import obstacles
from beffroi.socle.noeuds.obstacles import Obstacle

# Ce qui ne change rien à la forme de la colonne, ou se juge à part.
A_PART = {
    *Field.non_db_attrs,
    "default",
    "db_default",
    "null",
    "unique",
    "db_index",
    "db_comment",
    "on_delete",
    "auto_now",
    "auto_now_add",
}


def ajouter(champ: Any) -> Iterator[Obstacle]:
    if champ.many_to_many:
        return
    if champ.generated:
        yield obstacles.REECRITURE
        return
    if est_indexe(champ):
        yield obstacles.INDEX
    if not se_passe_d_ecriture(champ):
        yield obstacles.OBLIGATOIRE
    else:
        yield from _de_la_naissance(champ)


def _de_la_naissance(champ: Any) -> Iterator[Obstacle]:
    """Ce que la base y met quand la version d'avant se tait, et ce que le modèle y attend."""
    mise = defaut_en_base(champ) if a_un_defaut_en_base(champ) else None
    attendue = champ.default if champ.has_default() or mise is not None else None
    if isinstance(mise, Expression):
        yield obstacles.REECRITURE
    elif attendue != mise:
        yield obstacles.DEFAUTS_DIFFERENTS


def changer(avant: Any, apres: Any) -> Iterator[Obstacle]:
    if avant.many_to_many and apres.many_to_many:
        return
    if avant.db_column != apres.db_column:
        yield obstacles.NOM
    if est_indexe(apres) and not est_indexe(avant):
        yield obstacles.INDEX
    if apres.unique and not avant.unique:
        yield obstacles.CONTRAINTE
    if avant.null and not apres.null:
        yield obstacles.EXIGENCE
    elif se_passe_d_ecriture(avant) and not se_passe_d_ecriture(apres):
        yield obstacles.OBLIGATOIRE
    if not elargit(avant, apres):
        yield obstacles.SORTE


def est_indexe(champ: Any) -> bool:
    return bool(champ.db_index or champ.unique)


def se_passe_d_ecriture(champ: Any) -> bool:
    """La base sait quoi y mettre quand on n'y écrit rien."""
    return bool(champ.null or a_un_defaut_en_base(champ))


def a_un_defaut_en_base(champ: Any) -> bool:
    return champ.db_default is not NOT_PROVIDED


def defaut_en_base(champ: Any) -> Any:
    defaut = champ.db_default
    return defaut.value if isinstance(defaut, Value) else defaut


def elargit(avant: Any, apres: Any) -> bool:
    """Toute valeur d'avant y tient telle quelle, et PostgreSQL ne récrit rien."""
    if forme(avant) == forme(apres):
        return True
    if not isinstance(avant, CharField):
        return False
    if isinstance(apres, TextField):
        return True
    return isinstance(apres, CharField) and _longueur(apres) >= _longueur(avant)


def forme(champ: Any) -> tuple[str, dict[str, Any]]:
    _, chemin, _, dits = champ.deconstruct()
    return chemin, {nom: valeur for nom, valeur in dits.items() if nom not in A_PART}


def _longueur(champ: Any) -> float:
    return champ.max_length if champ.max_length is not None else float("inf")
