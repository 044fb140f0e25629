"""La page de conformité : article, règle ou contrôle, test, écran.

Tirée du code par `./beffroi docs`.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from beffroi.achat.controles.rules import CONTROLES
from beffroi.achat.controles.rules.constat import Controle
from beffroi.commandes.outillage.conformite import (
    Ligne,
    Reference,
    lignes,
    preuves_du_controle,
    references,
)

ECRANS = Path(__file__).with_name("ecrans_du_droit.toml")
VERS_LA_RACINE = "../../"
_NUMERO = re.compile(r" (?=[LRD]\. \d|annexe|\d+$)")
TEXTES = {
    "CCP": "Code de la commande publique",
    "CGCT": "Code général des collectivités territoriales",
    "CJA": "Code de justice administrative",
    "CT": "Code du travail",
    "RGPD": "Règlement général sur la protection des données",
}
EN_TETE = """# Conformité : article, règle, test, écran

Cette page est tirée du code par `./beffroi docs`. Elle dit, pour chaque article que la plateforme
applique, ce qui l'applique, la valeur des tables qu'il fixe, le test qui le prouve, et l'écran où
une personne le rencontre.

Un article se compte entier : « R. 2123-1, 2°, a » est à la ligne de l'article R. 2123-1. Une règle
ou un contrôle sans test fait échouer la série ; un test d'un article que rien n'applique aussi. Un
article qui n'a ni écran, ni raison de ne pas en avoir, aussi.
"""


def page() -> str:
    blocs = [EN_TETE]
    prouvees = {
        reference: ligne
        for reference, ligne in lignes().items()
        if ligne.tests or ligne.est_une_regle
    }
    for texte, groupe in groupby(prouvees.items(), key=lambda paire: paire[0].texte):
        blocs += [f"## {TEXTES.get(texte, texte)}", "\n".join(_tableau(list(groupe))), ""]
    blocs += ["## Les contrôles", "\n".join(_controles())]
    return "\n".join(blocs).rstrip() + "\n"


@cache
def ecrans() -> list[dict[str, Any]]:
    return list(tomllib.loads(ECRANS.read_text("utf-8"))["ecrans"])


@cache
def sans_ecran() -> dict[Reference, str]:
    """Les articles que personne ne rencontre à l'écran, exprès, et pourquoi."""
    groupes = tomllib.loads(ECRANS.read_text("utf-8"))["sans_ecran"]
    return {
        reference: g["raison"]
        for g in groupes
        for article in g["articles"]
        for reference in citee(article)
    }


@cache
def citee(article: str) -> tuple[Reference, ...]:
    """« CCP R. 2132-2 », « Code du travail L. 3133-1 », « RGPD 15 » : le texte, puis le numéro."""
    texte, numero = _NUMERO.split(article, maxsplit=1)
    return references(texte, numero)


def titres_des_ecrans(reference: Reference, ligne: Ligne) -> list[str]:
    return [
        ecran["titre"]
        for ecran in ecrans()
        if (ecran.get("controles") and ligne.controles)
        or any(reference in citee(article) for article in ecran["articles"])
    ]


def _tableau(rangees: list[tuple[Reference, Ligne]]) -> Iterator[str]:
    yield ""
    yield "| article | règle ou contrôle | valeur des tables | test | écran |"
    yield "|---|---|---|---|---|"
    for reference, ligne in rangees:
        dits = sorted(ligne.documentation - ligne.regles) if not ligne.controles else []
        regles = [f"`{regle}`" for regle in (*sorted(ligne.regles), *dits)] + sorted(
            ligne.controles
        )
        valeurs = [f"`{cle}`" for cle in sorted(ligne.valeurs)]
        valeurs += [f"procédure `{cle}`" for cle in sorted(ligne.procedures)]
        cases = [
            reference.numero,
            ", ".join(regles),
            ", ".join(valeurs),
            _liens(ligne.tests),
            _ecrans(reference, ligne),
        ]
        yield f"| {' | '.join(cases)} |"


def _ecrans(reference: Reference, ligne: Ligne) -> str:
    raison = sans_ecran().get(reference)
    return f"pas d'écran : {raison}" if raison else ", ".join(titres_des_ecrans(reference, ligne))


def _liens(tests: set[str] | list[str]) -> str:
    return ", ".join(f"[{_nom(test)}]({VERS_LA_RACINE}{test})" for test in sorted(tests))


def _nom(test: str) -> str:
    return PurePosixPath(test).stem.removeprefix("test_")


def _controles() -> Iterator[str]:
    yield ""
    yield "| code | ce qu'il regarde | gravité | fondement | il lit | question au juriste | test |"
    yield "|---|---|---|---|---|---|---|"
    for controle in CONTROLES:
        fondement = " ; ".join(map(str, controle.fondement))
        cases = [
            controle.code,
            controle.titre,
            controle.gravite.value,
            fondement,
            _lit(controle),
            controle.question,
        ]
        yield f"| {' | '.join([*cases, _liens(preuves_du_controle(controle.code))])} |"


def _lit(controle: Controle) -> str:
    fonctions = controle.fonctions
    noms = {
        "la consultation": fonctions.projet,
        "le règlement": fonctions.texte,
        "les deux": fonctions.comparaison,
    }
    return ", ".join(nom for nom, fonction in noms.items() if fonction)
