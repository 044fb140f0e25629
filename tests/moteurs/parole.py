"""Qui, dans un module d'essais, parle de la connexion, de ses erreurs, de ses verrous ou de
plusieurs personnes à la fois : lui-même, ou par ce qu'il nomme du même module.

    def refuse():
        with pytest.raises(IntegrityError): …

    def test_la_base_refuse(): refuse()     # en parle
    def test_l_ecran_le_dit(client): …      # n'en parle pas

Compter les requêtes n'en est pas : c'est l'ORM qui les fait, autant sur les deux moteurs.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PARLE_D_UN_MOTEUR = re.compile(
    r"\bconnections?\b[.,]|\b(?:Integrity|Database|Data|Operational)Error\b|select_for_update"
    r"|RunSQL"
    r"|\bThread\(|ThreadPool|cursor\(|transaction=True|transactional_db"
)
MOT = re.compile(r"\w+")


@cache
def parle(fichier: Path) -> bool:
    return bool(PARLE_D_UN_MOTEUR.search(fichier.read_text("utf-8")))


@cache
def ceux_qui_parlent(fichier: Path) -> frozenset[str]:
    """Les noms du module qui en parlent ; tous, si ce qui vaut pour tous en parle."""
    if not parle(fichier):
        return frozenset()
    dits = dict(definitions(fichier.read_text("utf-8")))
    parlent = {nom for nom, texte in dits.items() if PARLE_D_UN_MOTEUR.search(texte)}
    while (
        suivants := {nom for nom, texte in dits.items() if parlent & {*MOT.findall(texte)}}
        - parlent
    ):
        parlent |= suivants
    valent_pour_tous = {"pytestmark"} | {
        nom for nom, texte in dits.items() if "autouse=True" in texte
    }
    return frozenset(dits if parlent & valent_pour_tous else parlent)


def definitions(source: str) -> Iterator[tuple[str, str]]:
    """Chaque nom que le module définit, et le texte qui le dit, décorateurs compris."""
    lignes = source.splitlines()
    for noeud in ast.parse(source).body:
        for nom in noms_de(noeud):
            debut = min([noeud.lineno, *(d.lineno for d in getattr(noeud, "decorator_list", ()))])
            yield nom, "\n".join(lignes[debut - 1 : noeud.end_lineno])


def noms_de(noeud: ast.stmt) -> list[str]:
    if isinstance(noeud, ast.FunctionDef | ast.ClassDef):
        return [noeud.name]
    if isinstance(noeud, ast.Assign | ast.AnnAssign):
        cibles = noeud.targets if isinstance(noeud, ast.Assign) else [noeud.target]
        return [nom.id for cible in cibles for nom in ast.walk(cible) if isinstance(nom, ast.Name)]
    return []
