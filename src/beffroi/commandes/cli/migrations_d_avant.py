"""Une base commencée avant la 0.1.0, et restée en chemin,
prend d'abord les migrations d'alors, une à une.

Le départ d'un contexte (`*_depart`) crée aussi les tables qu'un voisin avait créées pour lui : en
chemin, elles y sont déjà. Une base neuve, même arrêtée en chemin, a au moins un départ : elle
continue par eux. Ce module s'en va avec ces migrations, à la version qui suivra la 0.1.0.
"""

from collections.abc import Mapping, Set

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Cle = tuple[str, str]


def finir_les_migrations_d_avant(connexion: BaseDatabaseWrapper) -> None:
    chargees = MigrationLoader(connexion, replace_migrations=False)
    departs, faites = chargees.replacements, chargees.applied_migrations.keys()
    if departs.keys() & faites:
        inscrire_les_departs_faits(connexion, departs, faites)
        return
    d_avant = {cle for depart in departs.values() for cle in depart.replaces}
    restent = d_avant - faites
    if not restent or restent == d_avant:
        return
    executeur = MigrationExecutor(connexion)
    executeur.loader = chargees
    dernieres = {contexte: nom for contexte, nom in sorted(d_avant)}
    executeur.migrate([derniere for derniere in dernieres.items() if derniere in restent])


def inscrire_les_departs_faits(
    connexion: BaseDatabaseWrapper, departs: Mapping[Cle, Migration], faites: Set[Cle]
) -> None:
    """Un départ s'inscrit quand ses tables sont là, d'abord sous les noms qu'il remplace :
    arrêté entre deux noms, il est fait.
    """
    registre = MigrationRecorder(connexion)
    for cle, depart in departs.items():
        noms = {*depart.replaces, cle}
        if cle not in faites and noms & faites:
            for nom in sorted(noms - faites):
                registre.record_applied(*nom)
