"""Ce qu'une scène laisse derrière elle, et comment elle revient."""

import copy
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import UserSettingsHolder, settings
from django.db import connection, transaction

from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal import cadence, chainage
from beffroi.socle.journal.lignes import Marque, en_attente
from beffroi.socle.journal.models import Ecriture
from tests.semis import contenu, objets
from tests.semis.veille import Point, Veille, veiller

FRAICHEUR = timedelta(minutes=10)
LIEUX = {"DONNEES", "STOCKAGE"}


@dataclass(frozen=True)
class Semis[T]:
    """Ce qui a été planté, à quel instant,
    et ce que la base, le stockage et la fin de la transaction en ont reçu.
    """

    plante: T
    le: datetime
    arrivee: Point
    changements: list[contenu.Changement]
    gardes: objets.Objets
    suites: list[Callable[[], Any]]
    # Un acte de la scène a engagé les lignes qui attendaient avant elle.
    engage: bool

    def vaut_pour(self, le: datetime, fraicheur: timedelta) -> bool:
        """Un instant passé depuis peu est le même, tant que le registre n'a pas avancé ;
        un test qui voyage plante le sien.
        """
        depuis_peu = timedelta(0) <= le - self.le < fraicheur
        return depuis_peu and cadence.rang(le) == cadence.rang(self.le)

    def replanter(self) -> T:
        for changement in self.changements:
            changement.refaire()
        objets.garder(self.gardes)
        for marque in en_attente() if self.engage else ():
            marque.engagee = True
        for suite in self.suites:
            transaction.on_commit(copy.copy(suite) if isinstance(suite, Marque) else suite)
        return self.rendre()

    def rendre(self) -> T:
        """À chaque test la sienne : ce qu'il en change ne passe pas au suivant."""
        return copy.deepcopy(self.plante)


class Champ:
    """Les semis de ce processus."""

    def __init__(self) -> None:
        self.semis: dict[tuple[Hashable, ...], Semis[Any]] = {}
        self.neuve: Point | None = None
        # Une scène qui en plante une autre sème le tout d'un seul tenant.
        self.on_seme = False


champ = Champ()


def plante[T](
    nom: Hashable, planter: Callable[[], T], *, le: datetime, fraicheur: timedelta = FRAICHEUR
) -> T:
    """Plante, ou replante ce qui l'a été sous ce nom, au même point."""
    veille = veiller()
    depart = point_de_depart(veille)
    if depart is None:
        return planter()
    connu = champ.semis.get((nom, depart, *conditions()))
    if connu is None or not connu.vaut_pour(le, fraicheur):
        return semer(nom, depart, planter, le=le)
    rendu: T = connu.replanter()
    veille.arriver(connu.arrivee)
    return rendu


def semee[**P, T](fixture: Callable[P, T]) -> Callable[P, T]:
    """Une fixture que le test suivant retrouve, si elle part du même point.

    Son nom est le sien : elle ne dépend que de la base et de fixtures qui en viennent.
    """
    nom = (fixture.__module__, fixture.__qualname__)

    @wraps(fixture)
    def planter(*arguments: P.args, **options: P.kwargs) -> T:
        return plante(nom, lambda: fixture(*arguments, **options), le=maintenant())

    return planter


def conditions() -> tuple[Hashable, ...]:
    """Ce dont une scène dépend sans le dire : le jeton du journal, vrai ou sans calcul, qui écoute
    ce que ses actes annoncent, et les réglages que le test a changés, hors du lieu où l'on garde.
    """
    couche, changes = settings._wrapped, dict[str, object]()
    while isinstance(couche, UserSettingsHolder):
        changes = {**vars(couche), **changes}
        couche = couche.default_settings
    dits = {nom: repr(dit) for nom, dit in changes.items() if nom.isupper() and nom not in LIEUX}
    return chainage.jeton_local, *a_l_ecoute(), *sorted(dits.items())


def a_l_ecoute() -> tuple[Hashable, ...]:
    """Un test qui détourne les annonces plante une scène que les abonnés n'ont pas complétée."""
    abonnes = evenements._abonnes.items()
    return evenements.publier, frozenset((quoi, tuple(qui)) for quoi, qui in abonnes if qui)


def point_de_depart(veille: Veille) -> Point | None:
    """Le point exact où se trouve la base d'un test ; rien si on ne le connaît pas."""
    veille.suivre(connection)
    if champ.on_seme or not connection.in_atomic_block or not objets.est_un_dossier():
        return None
    if veille.ecrites:
        return None
    if veille.point is None and not Ecriture.objects.exists():
        champ.neuve = champ.neuve or Point(contenu.lire(contenu.modeles(), {}))
        veille.arriver(champ.neuve)
    return veille.point


def semer[T](nom: Hashable, depart: Point, planter: Callable[[], T], *, le: datetime) -> T:
    """Plante, et retient tout ce qui en est né."""
    veille, suites, attendaient = veiller(), len(connection.run_on_commit), en_attente()
    with on_seme(), objets.objets_gardes() as gardes:
        plante = planter()
    if not veille.ecrites <= contenu.modeles().keys():
        return plante
    apres = contenu.lire(contenu.ranger(veille.ecrites), depart.tables)
    semis = champ.semis[nom, depart, *conditions()] = Semis(
        plante=plante,
        le=le,
        arrivee=Point({**depart.tables, **apres}),
        changements=[
            contenu.changement(table, depart.tables[table], lu) for table, lu in apres.items()
        ],
        gardes=gardes,
        suites=suites_apres(suites),
        engage=any(marque.engagee for marque in attendaient),
    )
    veille.arriver(semis.arrivee)
    return semis.rendre()


@contextmanager
def on_seme() -> Iterator[None]:
    champ.on_seme = True
    try:
        yield
    finally:
        champ.on_seme = False


def suites_apres(premiere: int) -> list[Callable[[], Any]]:
    """Ce que la validation fera ; les lignes qu'un acte a engagées n'attendent plus rien."""
    suites = (suite[1] for suite in connection.run_on_commit[premiere:])
    return [
        copy.copy(suite) if isinstance(suite, Marque) else suite
        for suite in suites
        if not (isinstance(suite, Marque) and suite.engagee)
    ]
