"""Ce qu'une migration ferait à la version d'avant, qui sert encore pendant qu'elle se fait.

Une mise à jour sans arrêt étend d'abord le schéma, et la version d'avant n'y voit rien ; puis la
nouvelle sert ; puis, à la version suivante, se retire ce que plus personne ne lit. Ici se dit, sans
rien lire de la base, ce qui n'étend pas, et ce qui retiendrait une table remplie plus longtemps
qu'une page n'attend (PostgreSQL).

Une migration y répond par deux mots, chacun avec sa raison : `en_servant`, de ce qu'elle exécute
elle-même (`RunPython`, `RunSQL`) ; `a_l_arret`, d'une version qui se met à jour arrêtée.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import migrations
from django.db.migrations import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from beffroi.socle.fondations.en_servant import (
    ContrainteEnServant,
    ContrainteValidee,
    IndexEnServant,
)
from beffroi.socle.fondations.modeles_neufs import ModelesNeufs
from beffroi.socle.noeuds import champs, obstacles
from beffroi.socle.noeuds.obstacles import Nature, Obstacle

# Une table, pour l'état d'un projet : le contexte, et le nom du modèle en minuscules.
Cle = tuple[str, str]
Juge = Callable[[Any, ModelState | None], Iterable[Obstacle]]


@dataclass(frozen=True)
class Defaut:
    """Une opération qui ne se ferait pas sans arrêt ; `table` : celle qu'elle touche, ou rien."""

    migration: str
    sujet: str
    obstacle: Obstacle
    table: str = ""

    @property
    def constat(self) -> str:
        """Ce qu'en lit un exploitant : comment la récrire est à qui l'a écrite."""
        return f"{self.migration}, {self.sujet} : {self.obstacle.pourquoi}"

    def __str__(self) -> str:
        return f"{self.constat} {self.obstacle.que_faire}".strip()


def defauts(plan: Iterable[Migration], etat: ProjectState) -> Iterator[Defaut]:
    """Ce qui empêche de jouer ces migrations, dans cet ordre, pendant que la version d'avant sert.

    `etat` : les modèles juste avant la première ; il devient ce qu'ils sont après la dernière. Une
    table que le plan crée n'est à personne : la version d'avant ne la connaît pas.
    """
    neuves: set[Cle] = set()
    for migration in plan:
        trouves = list(_de_la_migration(migration, etat, neuves))
        if raison := getattr(migration, "a_l_arret", ""):
            arret = Obstacle(Nature.ARRET, f"{raison.rstrip('.')}.", "")
            yield Defaut(nom_de(migration), "toute la migration", arret)
        else:
            yield from trouves


def nom_de(migration: Migration) -> str:
    return f"{migration.app_label}.{migration.name}"


def _de_la_migration(
    migration: Migration, etat: ProjectState, neuves: set[Cle]
) -> Iterator[Defaut]:
    nom, contexte = nom_de(migration), migration.app_label
    jouees = [une for operation in migration.operations for une in en_base(operation)]
    for operation in migration.operations:
        for une in en_base(operation):
            cle = table_de(une, contexte)
            if cle not in neuves:
                modele = etat.models.get(cle) if cle else None
                for obstacle in _juger(une, modele, migration):
                    yield Defaut(nom, _sujet(une, contexte), obstacle, _nom_de_table(modele))
        yield from _oublis(nom, contexte, operation, etat)
        neuves |= {(contexte, modele) for modele in crees(operation)}
        operation.state_forwards(contexte, etat)
    yield from (
        Defaut(nom, "ensemble", obstacle) for obstacle in _ensemble(migration, jouees, neuves)
    )


def en_base(operation: Operation) -> Iterator[Operation]:
    """Ce qui touche la base : le reste n'est que la mémoire de Django."""
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        for une in operation.database_operations:
            yield from en_base(une)
    else:
        yield operation


def table_de(operation: Operation, contexte: str) -> Cle | None:
    for nom in ("model_name_lower", "old_name_lower", "model_name", "name_lower"):
        if modele := getattr(operation, nom, None):
            return contexte, modele.lower()
    return None


def crees(operation: Operation) -> Iterator[str]:
    if isinstance(operation, ModelesNeufs):
        yield from (creation.name_lower for creation in operation.creations)
    elif isinstance(operation, migrations.CreateModel):
        yield operation.name_lower
    elif isinstance(operation, migrations.SeparateDatabaseAndState):
        for une in operation.database_operations:
            yield from crees(une)


def _nom_de_table(modele: ModelState | None) -> str:
    if modele is None:
        return ""
    return str(modele.options.get("db_table") or f"{modele.app_label}_{modele.name_lower}")


def _sujet(operation: Operation, contexte: str) -> str:
    cle = table_de(operation, contexte)
    quoi = getattr(operation, "name", None) if hasattr(operation, "model_name") else None
    dessus = ".".join(filter(None, (cle[1] if cle else "", quoi)))
    return f"{type(operation).__name__} {dessus}".strip()


def _juger(
    operation: Operation, modele: ModelState | None, migration: Migration
) -> Iterable[Obstacle]:
    juge = next((JUGES[sorte] for sorte in type(operation).__mro__ if sorte in JUGES), None)
    if juge is not None:
        return juge(operation, modele)
    return () if getattr(migration, "en_servant", "") else (obstacles.SANS_RAISON,)


def _oublis(nom: str, contexte: str, operation: Operation, etat: ProjectState) -> Iterator[Defaut]:
    """Un champ que la mémoire de Django oublie, et que la base garde : la nouvelle version n'y
    écrit plus rien, il faut que la base s'en passe.
    """
    if not isinstance(operation, migrations.SeparateDatabaseAndState):
        return
    for oubli in operation.state_operations:
        if isinstance(oubli, migrations.RemoveField) and not operation.database_operations:
            modele = etat.models[contexte, oubli.model_name_lower]
            if not champs.se_passe_d_ecriture(modele.fields[oubli.name]):
                sujet = f"oublie {oubli.model_name_lower}.{oubli.name}"
                yield Defaut(nom, sujet, obstacles.OUBLI, _nom_de_table(modele))


def _ensemble(
    migration: Migration, jouees: Collection[Operation], neuves: Collection[Cle]
) -> Iterator[Obstacle]:
    """Ce qu'aucune opération ne dit seule."""
    retiennent = [
        une
        for une in jouees
        if not isinstance(une, (*ECRIVENT, *A_COTE))
        and table_de(une, migration.app_label) not in neuves
    ]
    if migration.atomic and retiennent and any(isinstance(une, ECRIVENT) for une in jouees):
        yield obstacles.MELANGE
    if not migration.atomic and len(jouees) > 1 and not all(isinstance(u, A_COTE) for u in jouees):
        yield obstacles.A_MOITIE


def toujours(*dits: Obstacle) -> Juge:
    return lambda operation, modele: dits


def ajout(operation: migrations.AddField, _: ModelState | None) -> Iterable[Obstacle]:
    return champs.ajouter(operation.field)


def changement(operation: migrations.AlterField, modele: ModelState | None) -> Iterable[Obstacle]:
    return champs.changer(modele.fields[operation.name], operation.field) if modele else ()


def uniques_ensemble(operation: Any, modele: ModelState | None) -> Iterable[Obstacle]:
    avant = modele.options.get(operation.option_name, set()) if modele else set()
    return () if operation.option_value <= avant else (obstacles.CONTRAINTE,)


ECRIVENT = (migrations.RunPython, migrations.RunSQL)
A_COTE = (IndexEnServant, ContrainteValidee)
JUGES: dict[type[Operation], Juge] = {
    migrations.AddField: ajout,
    migrations.AlterField: changement,
    migrations.AlterUniqueTogether: uniques_ensemble,
    migrations.AlterIndexTogether: uniques_ensemble,
    migrations.RemoveField: toujours(obstacles.RETRAIT),
    migrations.DeleteModel: toujours(obstacles.RETRAIT),
    migrations.RenameField: toujours(obstacles.NOM),
    migrations.RenameModel: toujours(obstacles.NOM),
    migrations.AlterModelTable: toujours(obstacles.NOM),
    migrations.AlterOrderWithRespectTo: toujours(obstacles.OBLIGATOIRE),
    migrations.AddIndex: toujours(obstacles.INDEX),
    migrations.AddConstraint: toujours(obstacles.CONTRAINTE),
    migrations.CreateModel: toujours(),
    ModelesNeufs: toujours(),
    migrations.AlterModelOptions: toujours(),
    migrations.AlterModelManagers: toujours(),
    migrations.AlterModelTableComment: toujours(),
    migrations.RemoveIndex: toujours(),
    migrations.RemoveConstraint: toujours(),
    migrations.AlterConstraint: toujours(),
    migrations.RenameIndex: toujours(),
    IndexEnServant: toujours(),
    ContrainteEnServant: toujours(),
    ContrainteValidee: toujours(),
}
