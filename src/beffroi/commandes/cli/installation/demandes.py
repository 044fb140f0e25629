"""Réunir les choix : ceux d'avant, des options, d'un fichier, et ceux que l'on demande."""

import json
import sys
import tomllib
from argparse import Namespace
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.installation import epreuves
from beffroi.commandes.cli.installation.choix import (
    D_OFFICE,
    QUESTIONS,
    TOUTES,
    ChoixIllisible,
    Question,
)

EN_TETE = "# Ce qui a été répondu à « ./beffroi installer », qui ne le demande plus.\n"


def lire_un_fichier(fichier: Path) -> dict[str, str]:
    """Des réponses écrites d'avance (TOML) : `site = "marches.exemple.fr"`."""
    try:
        lus = tomllib.loads(fichier.read_text("utf-8"))
    except OSError as erreur:
        raise ErreurDeCommande(f"{fichier} ne se lit pas : {erreur.strerror}.") from erreur
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as erreur:
        raise ErreurDeCommande(
            f"{fichier} ne se lit pas ({erreur}). Une ligne par choix : "
            'site = "marches.exemple.fr".'
        ) from erreur
    inconnus = sorted(
        nom for nom, texte in lus.items() if nom not in TOUTES or not isinstance(texte, str)
    )
    if inconnus:
        raise ErreurDeCommande(
            f"{fichier} : « {inconnus[0]} » n'est pas un choix. Il y a "
            f"{', '.join(TOUTES)} ; chacun est un texte."
        )
    return lus


def en_toml(textes: dict[str, str]) -> str:
    return EN_TETE + "".join(
        f"{nom} = {json.dumps(textes[nom], ensure_ascii=False)}\n"
        for nom in TOUTES
        if nom in textes
    )


def donnes(options: Namespace) -> dict[str, str]:
    """Ce que cette commande-ci donne : son fichier, puis ses options, qui l'emportent."""
    fichier = lire_un_fichier(options.choix) if options.choix else {}
    dits = {nom: texte for nom in TOUTES if (texte := getattr(options, nom)) is not None}
    return {**fichier, **dits}


def exiger_la_meme_base(*, connus: dict[str, str], nouveaux: dict[str, str]) -> None:
    """Une fois en service, les données sont dans celle d'avant."""
    if nouveaux.get("base", connus["base"]) != connus["base"]:
        raise ErreurDeCommande(
            "la base de cette installation ne se change pas ainsi : les données n'y seraient pas. "
            "Sauvegardez, réglez BEFFROI_BASE_DE_DONNEES, restaurez : "
            "docs/exploitants/sauvegarder.md."
        )


def reunir(*, connus: dict[str, str], nouveaux: dict[str, str]) -> dict[str, str]:
    """Complète `nouveaux` de ce qui manque ; rien de connu ne se redemande."""
    for nom, texte in nouveaux.items():
        epreuves.eprouver(TOUTES[nom].lire(texte))
    for question in D_OFFICE:
        if question.nom not in connus:
            nouveaux.setdefault(question.nom, question.d_office)
    a_demander = [une for une in QUESTIONS if une.nom not in {*connus, *nouveaux}]
    if a_demander and not sys.stdin.isatty():
        raise ErreurDeCommande(
            f"il manque {', '.join(une.nom for une in a_demander)}, et personne n'est là pour "
            "répondre. Donnez-les par les options du même nom, ou par --choix FICHIER."
        )
    for rang, question in enumerate(a_demander, start=1):
        nouveaux[question.nom] = demander(question, rang=f"{rang}/{len(a_demander)}")
    return {**connus, **nouveaux}


def demander(question: Question, *, rang: str) -> str:
    """Redemande jusqu'à une réponse qui se lit, et qui marche."""
    print(f"\n{rang}  {question.phrase}\n     par exemple : {question.exemple}")
    while True:
        texte = input("     > ").strip()
        try:
            epreuves.eprouver(question.lire(texte))
        except ChoixIllisible as refus:
            print(f"     {refus}")
        else:
            return texte
