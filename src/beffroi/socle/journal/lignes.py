"""Les lignes qui prouvent :
l'acte qui en écrit une engage au journal l'empreinte de chaque colonne qu'il a touchée.

Un modèle qui hérite de `LigneProuvee` n'a rien d'autre à faire : ses écritures se marquent
d'elles-mêmes dans la transaction, et `journaliser` y joint leurs empreintes. Une colonne
changée sans acte contredit pour toujours la dernière empreinte engagée ; un acte qui n'y
touche pas ne la blanchit pas.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeGuard, TypeVar

from django.apps import apps
from django.db import connection, models, transaction

from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.journal.chainage import instant

Modele = TypeVar("Modele", bound=models.Model)
OCTETS_D_UNE_EMPREINTE = 16
PAR_LOT = 500
# Pour une table : sa clé, puis l'empreinte de chaque colonne engagée ;
# rien si la ligne a été retirée par un acte.
Engagement = dict[str, dict[str, dict[str, str] | None]]


@dataclass
class Marque:
    """Des lignes qu'une transaction vient d'écrire, et les colonnes touchées.

    Une transaction défaite l'oublie.
    """

    modele: type["LigneProuvee"]
    cles: tuple[Any, ...]
    colonnes: frozenset[str]
    engagee: bool = field(default=False, compare=False)
    # Tendu au démarrage (`apps.py`) :
    # une ligne ne connaît pas le journal, qui, lui, connaît les lignes.
    filet: ClassVar[Callable[["Marque"], None]]

    def __call__(self) -> None:
        """À la validation : ce qu'aucun acte n'a engagé s'engage pour lui-même."""
        if not self.engagee:
            Marque.filet(self)


class LignesProuvees(models.QuerySet[Any]):
    """Marque ce qu'elle écrit en nombre."""

    def update(self, **champs: Any) -> int:
        colonnes = colonnes_prouvees(self.model, champs)
        cles = tuple(self.values_list("pk", flat=True)) if colonnes else ()
        touchees = super().update(**champs)
        marquer(self.model, cles, colonnes)
        return touchees

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        crees = super().bulk_create(objs, *args, **options)
        marquer(self.model, tuple(objet.pk for objet in crees), colonnes_prouvees(self.model))
        return crees

    def delete(self) -> tuple[int, dict[str, int]]:
        cles = tuple(self.values_list("pk", flat=True))
        effacees = super().delete()
        marquer(self.model, cles, colonnes_prouvees(self.model))
        return effacees


class GestionnaireDeLignes(models.Manager[Modele]):
    """Le gestionnaire d'un modèle prouvé ; un gestionnaire particulier en hérite."""

    def get_queryset(self) -> models.QuerySet[Modele]:
        return LignesProuvees(self.model, using=self._db)


class PartProuvee(NamedTuple):
    """Ce qui prouve, dans une colonne dont le reste change à chaque usage."""

    lire: Callable[[Any], Any]
    reste: HorsPreuve


class LigneProuvee(models.Model):
    """Une ligne que le journal prouve.

    `HORS_PREUVE` nomme les colonnes qui n'en sont pas, avec leur raison ; `REPRISES`, celles qu'une
    mise à jour a renommées ou remplies, et d'où elles viennent : le registre les engage alors.
    `PARTS_PROUVEES` : d'une colonne dont une part change à chaque usage, ce qui prouve.
    """

    HORS_PREUVE: ClassVar[dict[str, HorsPreuve]] = {}
    REPRISES: ClassVar[dict[str, str]] = {}
    PARTS_PROUVEES: ClassVar[dict[str, PartProuvee]] = {}

    if not TYPE_CHECKING:
        # Le typage garde le gestionnaire ordinaire de chaque modèle :
        # celui-ci en a les mêmes méthodes.
        objects = GestionnaireDeLignes()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        super().save(*args, **options)
        marquer(type(self), (self.pk,), colonnes_prouvees(type(self), options.get("update_fields")))

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        cle = self.pk
        effacees = super().delete(*args, **options)
        marquer(type(self), (cle,), colonnes_prouvees(type(self)))
        return effacees


def modeles_prouves() -> Iterator[type[LigneProuvee]]:
    """Les nôtres, et ceux d'une bibliothèque qu'un contexte prouve (`lignes_d_autrui`)."""
    return (modele for modele in apps.get_models() if est_prouve(modele))


def est_prouve(modele: type[models.Model]) -> TypeGuard[type[LigneProuvee]]:
    return hasattr(modele, "HORS_PREUVE")


def colonnes_prouvees(modele: type[Any], noms: Collection[str] | None = None) -> frozenset[str]:
    """Les colonnes que la preuve couvre, parmi celles que ces champs désignent ;
    toutes si rien n'est dit.
    """
    champs = [
        champ for champ in modele._meta.concrete_fields if champ.attname not in modele.HORS_PREUVE
    ]
    return frozenset(
        champ.attname
        for champ in champs
        if noms is None or champ.name in noms or champ.attname in noms
    )


def marquer(modele: type[Any], cles: tuple[Any, ...], colonnes: frozenset[str]) -> None:
    """Retient ces lignes jusqu'à l'acte qui les engagera.

    Django oublie la marque si la transaction se défait.
    """
    if cles and colonnes:
        transaction.on_commit(Marque(modele._meta.concrete_model, cles, colonnes))


def en_attente() -> list[Marque]:
    """Les marques de la transaction en cours qu'aucun acte n'a encore engagées."""
    return [
        suite[1]
        for suite in connection.run_on_commit
        if isinstance(suite[1], Marque) and not suite[1].engagee
    ]


def engager(nonce: str) -> Engagement:
    """Les empreintes de tout ce qui attend, relu en base ; plus rien n'attend ensuite."""
    marques, engagement = en_attente(), Engagement()
    touchees: dict[type[LigneProuvee], dict[Any, set[str]]] = {}
    for marque in marques:
        lignes = touchees.setdefault(marque.modele, {})
        for cle in marque.cles:
            lignes.setdefault(cle, set()).update(marque.colonnes)
        marque.engagee = True
    for modele, lignes in touchees.items():
        engagement[modele._meta.db_table] = empreintes_des_lignes(modele, lignes, nonce)
    return engagement


def empreintes_des_lignes(
    modele: type[LigneProuvee], lignes: dict[Any, set[str]], nonce: str
) -> dict[str, dict[str, str] | None]:
    engagees: dict[str, dict[str, str] | None] = {str(cle): None for cle in lignes}
    for ligne in _relire(modele)(list(lignes)).iterator(chunk_size=PAR_LOT):
        engagees[str(ligne.pk)] = empreintes(ligne, lignes[ligne.pk], nonce)
    return engagees


@cache
def _relire(modele: type[LigneProuvee]) -> Callable[[list[Any]], models.QuerySet[LigneProuvee]]:
    return prete(lambda cles: modele._base_manager.filter(pk__in=cles))


def empreintes(ligne: LigneProuvee, colonnes: Iterable[str], nonce: str) -> dict[str, str]:
    """L'empreinte de chaque colonne, sous l'aléa de l'écriture :
    elle ne dit rien à qui n'a pas la ligne.
    """
    return {colonne: empreinte(ligne, colonne, nonce) for colonne in sorted(colonnes)}


def empreinte(ligne: LigneProuvee, colonne: str, nonce: str) -> str:
    texte = json.dumps(
        [ligne._meta.db_table, str(ligne.pk), colonne, valeur(part_prouvee(ligne, colonne))],
        ensure_ascii=False,
        sort_keys=True,
        default=str,
    )
    condense = hmac.new(bytes.fromhex(nonce), texte.encode(), hashlib.sha256).digest()
    return condense[:OCTETS_D_UNE_EMPREINTE].hex()


def part_prouvee(ligne: LigneProuvee, colonne: str) -> Any:
    entiere = getattr(ligne, colonne)
    part = ligne.PARTS_PROUVEES.get(colonne)
    return part.lire(entiere) if part else entiere


def valeur(brute: Any) -> Any:
    """La même valeur, dite de la même façon sur SQLite et sur PostgreSQL."""
    if isinstance(brute, datetime):
        return instant(brute)
    if isinstance(brute, date):
        return brute.isoformat()
    if isinstance(brute, bytes | memoryview):
        return bytes(brute).hex()
    return brute
