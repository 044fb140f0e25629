"""Tous les contrôles, dans l'ordre du catalogue : les données de `catalogue.toml`, les fonctions des modules ; les jouer."""

import tomllib
from datetime import datetime
from importlib.resources import files
from typing import Any

from beffroi.constats.rules.constat import Controle, Fonctions, Gravite
from beffroi.constats.rules.moteur import jouer
from beffroi.constats.rules.rapport import Rapport
from beffroi.controles.rules import (
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
from beffroi.controles.rules.version import version_des_regles
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
_FONCTIONS: dict[str, Fonctions] = {code: f for module in _MODULES for code, f in module.FONCTIONS.items()}


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
    )


CONTROLES: tuple[Controle, ...] = tuple(
    _lire(brut) for brut in tomllib.loads(files(__package__).joinpath("catalogue.toml").read_text("utf-8"))["controles"]
)


def controler(achat: Achat | None, texte: Texte | None, droit: Droit, maintenant: datetime) -> Rapport:
    """Le rapport de tous les contrôles, aux valeurs de la loi de ce jour-là."""
    return jouer(CONTROLES, achat, texte, droit=droit, maintenant=maintenant, regles=version_des_regles(droit))
