"""Plante des fautes connues dans une copie du code, et dit quel test les trouve (`tests/fautes/fautes.toml`).

  ./beffroi test --fautes                          les quarante, l'une après l'autre
  ./beffroi test --fautes pli-a-l-heure-exacte-hors-delai montant-emis-modifiable
  ./beffroi test --fautes --serie longue --vers tests/fautes/trouvees_avant.toml

Une faute est trouvée quand un test échoue avec elle et passe sans elle. Les tests joués sont ceux que la faute nomme, dans
la série demandée : `courte`, celle de chaque jour, ou `longue`, où tout se joue sur les deux moteurs.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi.commandes.cli.erreurs import ErreurDeCommande

RACINE = Path(__file__).resolve().parents[4]
LISTE = "tests/fautes/fautes.toml"
MODELES = Path("var") / "modeles"
PLATEFORME = ("tests/pannes", "tests/parcours")
PYTEST = ("-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-rfE", "--no-header")
TOUT_PASSE, UN_ECHEC, RIEN_A_JOUER = 0, 1, 5
# Le serveur naît du code de la copie : une migration fautive fait la base où ses tests se jouent.
SUR_POSTGRESQL = """
import os, sys, pytest
from tests.serveurs.postgresql import postgresql
with postgresql() as adresse:
    os.environ["BEFFROI_BASE_DE_DONNEES"] = adresse
    code = pytest.main(sys.argv[1:])
sys.exit(code)
"""


@dataclass(frozen=True, kw_only=True)
class Faute:
    """Une ligne de la liste : ce qui est écrit, ce qu'une personne pressée écrirait, et les tests qui devraient le voir."""

    nom: str
    quartier: str
    contexte: str
    sorte: str
    dit: str
    fichier: str
    avant: str
    apres: str
    ou: tuple[str, ...]

    def plantee_dans(self, texte: str) -> str:
        """Le texte fautif ; `ErreurDeCommande` si la faute ne se plante pas à un endroit et un seul."""
        fois = texte.count(self.avant)
        if fois != 1:
            raise ErreurDeCommande(f"{self.nom} : le texte d'avant est {fois} fois dans {self.fichier}, au lieu d'une.")
        return texte.replace(self.avant, self.apres)


@dataclass(frozen=True)
class Etage:
    """Une façon de jouer des tests : sur quoi, et lesquels."""

    nom: str
    marque: str
    en_postgresql: bool = False
    de_la_plateforme: bool = False

    def chemins(self, faute: Faute) -> list[str]:
        return [ou for ou in faute.ou if ou.startswith(PLATEFORME) == self.de_la_plateforme]


SQLITE = Etage("SQLite", "not navigateur")
SUR_LA_PLATEFORME = Etage("plateforme", "", de_la_plateforme=True)


def serie(marque: str) -> tuple[Etage, ...]:
    """Tout sur SQLite ; sur PostgreSQL, ce qui porte cette marque ; puis la plateforme entière."""
    return SQLITE, Etage("PostgreSQL", f"{marque} and not navigateur", en_postgresql=True), SUR_LA_PLATEFORME


SERIES = {"courte": serie("moteurs"), "longue": serie("base")}


@dataclass(frozen=True)
class Constat:
    """Ce que la série a dit d'une faute. `par` : le premier test qui échoue ; vide si elle passe inaperçue."""

    faute: Faute
    par: str = ""
    etage: str = ""
    secondes: int = 0

    def dit(self) -> dict[str, Any]:
        """Ce qui s'en garde."""
        if not self.par:
            return {"trouvee": False}
        return {"trouvee": True, "par": self.par, "etage": self.etage}

    def en_une_ligne(self) -> str:
        verdict = f"{self.etage}, {self.par}" if self.par else "PAS TROUVÉE"
        return f"{self.faute.nom} : {verdict} ({self.secondes} s)"


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("fautes", nargs="*", metavar="faute", help="les fautes à planter (toutes)")
    analyseur.add_argument("--serie", choices=sorted(SERIES), default="courte", help="celle qui doit les trouver")
    analyseur.add_argument("--vers", type=Path, help="le fichier TOML où garder ce qui est trouvé")


def executer(options: Namespace) -> int:
    choisies = choisir(lire_la_liste(), options.fautes)
    constats = []
    with une_copie() as copie:
        for groupe in groupes(choisies):
            with plantees(groupe, copie):
                for faute in groupe:
                    constats.append(chercher(faute, copie, SERIES[options.serie]))
                    print(constats[-1].en_une_ligne(), flush=True)
                    if options.vers:
                        retenir(constats, options.vers)
    vues = sum(bool(constat.par) for constat in constats)
    print(f"{vues} fautes trouvées sur {len(constats)}, dans la série {options.serie}.")
    return 0 if vues == len(constats) else 1


def lire_la_liste(racine: Path = RACINE) -> list[Faute]:
    lues = tomllib.loads((racine / LISTE).read_text("utf-8"))["faute"]
    return [Faute(**{**lue, "ou": tuple(lue["ou"])}) for lue in lues]


def choisir(fautes: Sequence[Faute], noms: Sequence[str]) -> list[Faute]:
    inconnues = set(noms) - {faute.nom for faute in fautes}
    if inconnues:
        raise ErreurDeCommande(f"aucune faute de la liste ne s'appelle {', '.join(sorted(inconnues))}.")
    return [faute for faute in fautes if not noms or faute.nom in noms]


def groupes(fautes: Sequence[Faute]) -> list[list[Faute]]:
    """Une à la fois, puis les migrations ensemble : les rejouer est long, et leurs tables ne se touchent pas."""
    migrations = [faute for faute in fautes if faute.sorte == "migration"]
    seules = [[faute] for faute in fautes if faute.sorte != "migration"]
    return [*seules, migrations] if migrations else seules


@contextmanager
def une_copie() -> Iterator[Path]:
    """Les fichiers suivis, et les bases déjà migrées ; effacée à la sortie."""
    suivis = subprocess.run(["git", "ls-files", "-z"], cwd=RACINE, capture_output=True, check=True).stdout.decode()
    with tempfile.TemporaryDirectory(prefix="beffroi-fautes-") as dossier:
        copie = Path(dossier)
        for nom in filter(None, suivis.split("\0")):
            (copie / nom).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(RACINE / nom, copie / nom)
        if (RACINE / MODELES).is_dir():
            # PostgreSQL tient à ses droits et à son compte : `cp -a` les garde.
            (copie / "var").mkdir()
            subprocess.run(["cp", "-a", RACINE / MODELES, copie / MODELES], check=True)
        yield copie


@contextmanager
def plantees(fautes: Sequence[Faute], copie: Path) -> Iterator[None]:
    """Ces fautes sont dans la copie, le temps d'un bloc."""
    sains = {copie / faute.fichier: (copie / faute.fichier).read_text("utf-8") for faute in fautes}
    try:
        for faute in fautes:
            fichier = copie / faute.fichier
            fichier.write_text(faute.plantee_dans(fichier.read_text("utf-8")), "utf-8")
        yield
    finally:
        for fichier, texte in sains.items():
            fichier.write_text(texte, "utf-8")


def chercher(faute: Faute, copie: Path, etages: Sequence[Etage]) -> Constat:
    """Étage après étage, jusqu'au premier test qui échoue."""
    debut = time.monotonic()
    for etage in etages:
        echoue = premier_echec(etage, etage.chemins(faute), copie)
        if echoue and not premier_echec(etage, [echoue], RACINE):
            return Constat(faute, echoue, moteur_de(echoue, etage), round(time.monotonic() - debut))
    return Constat(faute, secondes=round(time.monotonic() - debut))


def moteur_de(test: str, etage: Etage) -> str:
    """Quelques tests choisissent eux-mêmes leur moteur, et leur nom le dit."""
    return "PostgreSQL" if "[postgresql" in test else etage.nom


def premier_echec(etage: Etage, tests: Sequence[str], racine: Path) -> str:
    """Le premier de ces tests qui échoue ; vide si tous passent, ou si l'étage n'en joue aucun."""
    if not tests:
        return ""
    lanceur = ["-c", SUR_POSTGRESQL] if etage.en_postgresql else ["-m", "pytest"]
    marque = ["-m", etage.marque] if etage.marque else []
    demande = [sys.executable, *lanceur, *PYTEST, *marque, *tests]
    joue = subprocess.run(demande, cwd=racine, env=environnement(racine), capture_output=True, text=True, check=False)
    if joue.returncode in (TOUT_PASSE, RIEN_A_JOUER):
        return ""
    echecs = [ligne for ligne in joue.stdout.splitlines() if ligne.startswith(("FAILED ", "ERROR "))]
    if joue.returncode != UN_ECHEC or not echecs:
        fin = (joue.stdout + joue.stderr)[-3000:]
        raise ErreurDeCommande(f"pytest n'a pas pu jouer {' '.join(tests)} ({etage.nom}).\n{fin}")
    return echecs[0].split(" - ")[0].split(" ", 1)[1]


def environnement(racine: Path) -> dict[str, str]:
    """Celui de cette commande, où le code est celui de `racine`, et ce qui s'en compile à côté de lui."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(chemin) for chemin in (racine / "src", racine)),
        "PYTHONPYCACHEPREFIX": str(racine / "var" / "octets"),
        "BEFFROI_TEST_STANDARDS": os.environ.get("BEFFROI_TEST_STANDARDS", str(RACINE.parent / "shared" / "standards")),
    }


def retenir(constats: Sequence[Constat], vers: Path) -> None:
    """Au fil de l'eau : une série interrompue n'a rien perdu. Ce qui n'est pas replanté garde ce qui en était dit."""
    vers.parent.mkdir(parents=True, exist_ok=True)
    gardes = tomllib.loads(vers.read_text("utf-8")) if vers.exists() else {}
    gardes |= {constat.faute.nom: constat.dit() for constat in constats}
    ordre = [faute.nom for faute in lire_la_liste() if faute.nom in gardes]
    vers.write_text("\n".join(en_toml(nom, gardes[nom]) for nom in ordre), "utf-8")


def en_toml(nom: str, dit: Mapping[str, Any]) -> str:
    """Les booléens et les textes de TOML s'écrivent comme ceux de JSON."""
    lignes = (f"{cle} = {json.dumps(valeur, ensure_ascii=False)}\n" for cle, valeur in dit.items())
    return f"[{nom}]\n{''.join(lignes)}"


if __name__ == "__main__":
    from beffroi.commandes.cli.analyse import Analyseur

    lecteur = Analyseur("./beffroi test --fautes", __doc__)
    arguments(lecteur)
    sys.exit(executer(lecteur.parse_args()))
