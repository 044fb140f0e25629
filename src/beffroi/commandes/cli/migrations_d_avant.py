"""Une base commencée avant la 0.1.0, et restée en chemin,
prend d'abord les migrations d'alors, une à une.

Le départ d'un contexte (`*_depart`) crée aussi les tables qu'un voisin avait créées pour lui : en
chemin, elles y sont déjà. Ce module s'en va avec ces migrations, à la version qui suivra la 0.1.0.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


def finir_les_migrations_d_avant(connexion: BaseDatabaseWrapper) -> None:
    chargees = MigrationLoader(connexion, replace_migrations=False)
    d_avant = {cle for depart in chargees.replacements.values() for cle in depart.replaces}
    restent = d_avant - chargees.applied_migrations.keys()
    if not restent or restent == d_avant:
        return
    executeur = MigrationExecutor(connexion)
    executeur.loader = chargees
    dernieres = {contexte: nom for contexte, nom in sorted(d_avant)}
    executeur.migrate([derniere for derniere in dernieres.items() if derniere in restent])
