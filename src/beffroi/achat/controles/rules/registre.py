"""Tous les contrôles, dans l'ordre du catalogue :
les données de `catalogue.toml`, les fonctions des modules ; les jouer.
"""

import tomllib
from datetime import datetime
from importlib.resources import files
from typing import Any

from beffroi.achat.controles.rules import (
    acces,
    articles,
    candidature,
    copie_de_sauvegarde,
    criteres,
    delais,
    depot,
    donnees_personnelles,
    dossier,
    durabilite,
    execution,
    groupement,
    lots,
    negociation,
    offre,
    particularites,
    plateforme,
    publication,
    publicite,
    recours,
    signature,
    variantes,
)
from beffroi.achat.controles.rules.constat import Controle, Fonctions, Gravite
from beffroi.achat.controles.rules.moteur import jouer
from beffroi.achat.controles.rules.rapport import Rapport
from beffroi.achat.controles.rules.version import version_des_regles
from droit.achat import Achat
from droit.en_vigueur import Droit
from droit.tables.lecture import source
from formats.lecture import Texte

_MODULES = (
    acces,
    articles,
    candidature,
    copie_de_sauvegarde,
    criteres,
    delais,
    depot,
    donnees_personnelles,
    dossier,
    durabilite,
    execution,
    groupement,
    lots,
    negociation,
    offre,
    particularites,
    plateforme,
    publication,
    publicite,
    recours,
    signature,
    variantes,
)
_FONCTIONS: dict[str, Fonctions] = {
    code: f for module in _MODULES for code, f in module.FONCTIONS.items()
}


# Ce que toute consultation dit d'elle-même, avec ou sans les questions de la préparation.
CHAMPS_SANS_QUESTION = frozenset(
    {
        "titre",
        "objet",
        "documents",
        "depot_sur_papier",
        "dates.limite",
        "dates.derniere_question",
        "execution.lieu",
        "plateforme.adresse",
        "plateforme.adresse_de_la_consultation",
        "plateforme.adresse_d_aide",
    }
)


def _lire(brut: dict[str, Any]) -> Controle:
    code = brut["code"]
    return Controle(
        code=code,
        titre=brut["titre"],
        gravite=Gravite(brut["gravite"]),
        fondement=tuple(source(texte, ou=code) for texte in brut["fondement"]),
        champ=brut["champ"],
        fonctions=_FONCTIONS[code],
        question=brut.get("question", ""),
        se_garde=brut.get("se_garde", True),
    )


CONTROLES: tuple[Controle, ...] = tuple(
    _lire(brut)
    for brut in tomllib.loads(files(__package__).joinpath("catalogue.toml").read_text("utf-8"))[
        "controles"
    ]
)


def controler(
    achat: Achat | None,
    texte: Texte | None,
    droit: Droit,
    maintenant: datetime,
    *,
    actes: tuple[Texte, ...] = (),
) -> Rapport:
    """Le rapport de tous les contrôles, aux valeurs de la loi de ce jour-là."""
    regles = version_des_regles(droit)
    return jouer(
        CONTROLES, achat, texte, droit=droit, maintenant=maintenant, regles=regles, actes=actes
    )


def controler_le_connu(
    achat: Achat,
    texte: Texte | None,
    droit: Droit,
    maintenant: datetime,
    *,
    actes: tuple[Texte, ...] = (),
) -> Rapport:
    """Pour une consultation née sans les questions :
    ce qu'elle dit d'elle-même, et le texte de son règlement.
    """
    return jouer(
        CONTROLES,
        achat,
        texte,
        droit=droit,
        maintenant=maintenant,
        regles=version_des_regles(droit),
        actes=actes,
        connu=lambda controle: controle.champ in CHAMPS_SANS_QUESTION,
    )
