"""Pourquoi une migration ne se fait pas pendant que la version d'avant sert, et comment la faire en
deux versions (docs/developpeurs/migrations.md).
"""

from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    """Ce que la migration ferait ; la taille de la table ne compte que si elle la retient."""

    ARRET = "cette version se met à jour arrêtée"
    CASSE = "la version d'avant échouerait"
    RETIENT = "la table serait retenue"
    MUETTE = "rien ne le dit"


@dataclass(frozen=True)
class Obstacle:
    nature: Nature
    pourquoi: str
    que_faire: str


OBLIGATOIRE = Obstacle(
    Nature.CASSE,
    "la version d'avant n'écrit rien dans cette colonne, et la base refuserait ses lignes.",
    "Faites-la facultative (null=True), ou donnez-lui db_default et le même default ; la version "
    "suivante pourra l'exiger.",
)
DEFAUTS_DIFFERENTS = Obstacle(
    Nature.CASSE,
    "la base n'y mettrait pas la valeur de naissance que connaît le logiciel : une ligne prouvée "
    "écrite par la version d'avant se lirait falsifiée.",
    "Donnez à db_default et à default la même constante.",
)
RETRAIT = Obstacle(
    Nature.CASSE,
    "la version d'avant la lit encore.",
    "Cette version-ci cesse de la lire et l'oublie (SeparateDatabaseAndState, state_operations) ; "
    "la suivante l'ôte de la base.",
)
OUBLI = Obstacle(
    Nature.CASSE,
    "cette version n'y écrirait plus rien, et la base refuserait ses lignes.",
    "Rendez d'abord la colonne facultative (null=True, ou db_default), puis oubliez-la.",
)
NOM = Obstacle(
    Nature.CASSE,
    "la version d'avant ne connaît que l'ancien nom.",
    "Gardez le nom en base (db_column, db_table) ; ou ajoutez le nouveau, écrivez dans les deux, "
    "et ôtez l'ancien à la version suivante.",
)
EXIGENCE = Obstacle(
    Nature.CASSE,
    "la version d'avant écrirait des lignes que la base refuserait, et la table serait relue en "
    "entier, retenue.",
    "Cette version-ci n'en écrit plus ; la suivante l'exige : ContrainteEnServant, puis "
    "ContrainteValidee.",
)
SORTE = Obstacle(
    Nature.CASSE,
    "la table serait récrite en entier, retenue, et la version d'avant y lirait autre chose.",
    "Ajoutez une colonne de la nouvelle sorte, remplissez-la par lots, et ôtez l'ancienne à la "
    "version suivante.",
)
REECRITURE = Obstacle(
    Nature.RETIENT,
    "une valeur calculée pour chaque ligne récrit la table en entier, retenue.",
    "Ajoutez la colonne vide, et remplissez-la par lots.",
)
INDEX = Obstacle(
    Nature.RETIENT,
    "un index se construit en retenant les écritures de la table.",
    "Employez IndexEnServant (socle.fondations.en_servant), dans une migration à part, "
    "atomic = False ; d'une clé étrangère, db_index=False et l'index nommé dans Meta.indexes.",
)
CONTRAINTE = Obstacle(
    Nature.CASSE,
    "une contrainte relit toute la table en la retenant, et refuse ce que la version d'avant écrit "
    "peut-être encore.",
    "Employez ContrainteEnServant, puis ContrainteValidee dans la migration suivante, quand la "
    "version d'avant la respecte déjà ; une unicité se met à l'arrêt.",
)
MELANGE = Obstacle(
    Nature.RETIENT,
    "elle change une table et écrit des lignes dans la même transaction : la table reste retenue "
    "jusqu'à la fin.",
    "Faites-en deux migrations : le schéma, puis les lignes.",
)
A_MOITIE = Obstacle(
    Nature.RETIENT,
    "atomic = False, avec plusieurs opérations : interrompue, elle reste à moitié faite.",
    "Gardez-y une opération seule ; les autres dans une migration ordinaire.",
)
SANS_RAISON = Obstacle(
    Nature.MUETTE,
    "ce qu'elle exécute ne se lit pas d'ici.",
    "Dites dans la migration, par en_servant = « … », pourquoi la version d'avant n'en souffre pas "
    "et combien de temps la table est retenue ; sinon, a_l_arret = « … ».",
)
