"""Dit une valeur fixée par un texte, depuis quand, et où elle a été lue."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date

from beffroi.commandes.cli.analyse import jour
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from droit.dates import en_toutes_lettres
from droit.en_vigueur import Droit, DroitInconnu, Valeur
from droit.phrases import date_pivot, en_clair


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "cle", metavar="CLE", help="la clé ; « ./beffroi droit cles » les donne toutes"
    )
    analyseur.add_argument(
        "--au", type=jour, metavar="DATE", help="la date, comme 2026-11-24 (d'office, aujourd'hui)"
    )
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")


def executer(options: Namespace) -> int:
    droit = Droit.au(options.au or date.today())  # noqa: DTZ011 — le jour de la personne qui demande
    try:
        valeur = droit.valeur(options.cle)
    except DroitInconnu as inconnu:
        raise ErreurDeCommande(inconnu.phrase) from inconnu
    print(en_json(valeur, droit) if options.json else en_lignes(valeur, droit))
    return 0


def en_lignes(valeur: Valeur, droit: Droit) -> str:
    lignes = [
        f"{valeur.libelle} : {en_clair(valeur.valeur, valeur.unite)}",
        f"Au : {en_toutes_lettres(droit.jour)} ({date_pivot(valeur.pivot)})",
        f"Depuis : {entree(valeur)}",
    ]
    if valeur.prochain_changement:
        lignes.append(f"Change : {en_toutes_lettres(valeur.prochain_changement)}")
    lignes += [
        f"Texte : {valeur.article}",
        f"Lu : {valeur.lu.titre} ({valeur.confiance.phrase})",
        f"Lien : {valeur.lu.lien}",
    ]
    if valeur.note:
        lignes.append(f"Note : {valeur.note}")
    lignes.append(f"Tables : version {droit.version}, empreinte {droit.empreinte}")
    return "\n".join(lignes)


def entree(valeur: Valeur) -> str:
    jour = en_toutes_lettres(valeur.depuis)
    return (
        jour
        if valeur.entree_lue
        else f"au plus tard le {jour} (la date d'entrée en vigueur n'a pas été lue)"
    )


def en_json(valeur: Valeur, droit: Droit) -> str:
    contenu = {
        "cle": valeur.cle,
        "libelle": valeur.libelle,
        "valeur": valeur.valeur,
        "unite": valeur.unite,
        "au": droit.jour,
        "date_pivot": valeur.pivot,
        "depuis": valeur.depuis,
        "entree_en_vigueur_lue": valeur.entree_lue,
        "prochain_changement": valeur.prochain_changement,
        "article": str(valeur.article),
        "source": valeur.lu.titre,
        "lien": valeur.lu.lien,
        "confiance": valeur.confiance.value,
        "note": valeur.note,
        "version": droit.version,
        "empreinte": droit.empreinte,
    }
    return json.dumps(contenu, ensure_ascii=False, indent=2, default=date.isoformat)
