"""Les communes et les EPCI d'un département,
lus dans les fichiers du code officiel géographique (COG, INSEE). Sans base.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stdnum import luhn

from beffroi.centre.adherents.services.annuaire import Identite

# Les SIREN en 999 ne sont à personne : ceux-là sont inventés, et se voient.
RACINE_INVENTEE = "999"


class CogIllisible(ValueError):
    """Le dossier ne contient pas ce qu'on y cherche ; la phrase dit quoi."""


@dataclass(frozen=True)
class Trouvee:
    """Une collectivité du COG, et sa population."""

    identite: Identite
    population: int


def lire(dossier: Path, departement: str) -> list[Trouvee]:
    """Les communes du département, puis ses EPCI ; l'ordre est celui des fichiers."""
    communes = [
        _commune(ligne)
        for ligne in _lignes(dossier, "communes")
        if ligne["code_insee"].startswith(departement)
    ]
    if not communes:
        raise CogIllisible(f"Aucune commune du département {departement} dans {dossier}.")
    return communes + [_epci(rang, ligne) for rang, ligne in enumerate(_lignes(dossier, "epci"))]


def _lignes(dossier: Path, sorte: str) -> Iterator[dict[str, str]]:
    fichiers = sorted(dossier.glob(f"{sorte}*.csv"))
    if not fichiers:
        raise CogIllisible(f"Aucun fichier « {sorte}….csv » dans {dossier}.")
    with fichiers[-1].open(encoding="utf-8-sig", newline="") as flux:
        lecteur = csv.DictReader(flux, delimiter=";")
        if not {"nom", "code_insee" if sorte == "communes" else "type"} <= set(
            lecteur.fieldnames or ()
        ):
            raise CogIllisible(
                f"{fichiers[-1].name} n'a pas les colonnes attendues, "
                "séparées par des points-virgules."
            )
        yield from lecteur


def _commune(ligne: dict[str, str]) -> Trouvee:
    code = ligne["code_insee"]
    postaux = ligne.get("codes_postaux", "")
    identite = Identite(
        siren=ligne.get("siren") or siren_invente(code),
        nom=f"Commune {de(ligne['nom'])}",
        nature="commune",
        code_commune=code,
        code_postal=postaux[:5] if postaux[:5].isdigit() else "",
        ville=ligne["nom"],
    )
    return Trouvee(identite, _entier(ligne.get("population", "")))


def _epci(rang: int, ligne: dict[str, str]) -> Trouvee:
    siren = ligne.get("siren") or siren_invente(f"90{rang:03d}")
    return Trouvee(
        Identite(siren=siren, nom=ligne["nom"], nature="epci"),
        _entier(ligne.get("population_totale", "")),
    )


def siren_invente(code: str) -> str:
    """Un SIREN de clé juste, le même à chaque fois pour le même code ;
    la Corse (2A, 2B) comprise.
    """
    racine = RACINE_INVENTEE + code.replace("A", "1").replace("B", "2")
    return racine + luhn.calc_check_digit(racine)


def de(nom: str) -> str:
    """« de Bomy », « d'Azincourt », « du Touquet », « des Attaques »."""
    for article, avec in (("Le ", "du "), ("Les ", "des "), ("La ", "de La "), ("L'", "de L'")):
        if nom.startswith(article):
            return avec + nom.removeprefix(article)
    return f"d'{nom}" if nom[:1] in "AEIOUYÉÈÊH" else f"de {nom}"


def _entier(texte: str) -> int:
    return int(texte) if texte.isdigit() else 0
