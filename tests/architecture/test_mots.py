"""Un champ reçoit `choices=Etat.choices` :
Django appellerait une suite de mots, au lieu de la lire.
"""

import ast
from importlib import import_module

from beffroi.socle.fondations.mots import Mots
from tests.architecture.arbre import SOURCES, du_produit, relatif, syntaxe
from tests.architecture.cercles import nom_du_module


def test_un_champ_recoit_les_choix_d_une_suite_de_mots_et_non_la_suite():
    fautes = [
        f"{relatif(fichier)}:{valeur.lineno} choices={ast.unparse(valeur)}"
        for fichier in du_produit()
        if SOURCES in fichier.parents
        for valeur in choix_nommes(fichier)
        if est_une_suite_de_mots(valeur, fichier)
    ]

    assert fautes == []


def choix_nommes(fichier):
    return [
        noeud.value
        for noeud in ast.walk(syntaxe(fichier))
        if isinstance(noeud, ast.keyword) and noeud.arg == "choices"
        if isinstance(noeud.value, ast.Name | ast.Attribute)
    ]


def est_une_suite_de_mots(valeur, fichier) -> bool:
    """Le nom, suivi depuis son module ;
    celui d'une classe imbriquée ne s'y trouve pas, et n'en est donc pas une.
    """
    premier, *suite = ast.unparse(valeur).split(".")
    trouve = getattr(import_module(nom_du_module(fichier, SOURCES)), premier, None)
    for nom in suite:
        trouve = getattr(trouve, nom, None)
    return isinstance(trouve, type) and issubclass(trouve, Mots)
