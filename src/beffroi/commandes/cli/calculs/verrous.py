"""Ce que les verrous tiennent : chaque bibliothèque, sa version, ses empreintes, qui la demande.

Un verrou dit ce qui s'installe, à l'octet près. C'est lui qu'on inventorie et qu'on compare aux
avis de sécurité : ce qui est installé n'en est qu'une copie.
"""

import base64
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi.commandes.cli.erreurs import ErreurDeCommande

RACINE = Path(__file__).resolve().parents[5]
PYTHON, NPM = "requirements.lock", "package-lock.json"
DEMANDE_PAR_LE_PRODUIT = "beffroi (pyproject.toml)"
TETE = re.compile(
    r"(?P<nom>[A-Za-z0-9._-]+)(\[[^]]*\])?==(?P<version>[^ ;\\]+)( ; (?P<si>[^\\]+))?"
)
EMPREINTE = re.compile(r"--hash=sha256:([0-9a-f]{64})")
RAISON = re.compile(r"^    # (?:via |  )(?P<qui>\S.*)$", re.M)
MODULES = "node_modules/"


@dataclass(frozen=True)
class Verrouille:
    """Une bibliothèque d'un verrou ; `ecosysteme` est le mot des avis OSV (« PyPI », « npm »)."""

    ecosysteme: str
    nom: str
    version: str
    empreintes: tuple[tuple[str, str], ...]
    demandee_par: tuple[str, ...]
    condition: str = ""
    licence: str = ""

    @property
    def purl(self) -> str:
        return purl(self.ecosysteme, self.nom, self.version)

    @property
    def est_directe(self) -> bool:
        """Le produit la demande lui-même."""
        return DEMANDE_PAR_LE_PRODUIT in self.demandee_par


def purl(ecosysteme: str, nom: str, version: str) -> str:
    """Le nom universel d'un paquet : `pkg:pypi/lxml@6.0.2`, `pkg:npm/%40scure/base@2.4.0`."""
    return f"pkg:{ecosysteme.lower()}/{nom.replace('@', '%40')}@{version}"


def normaliser(nom: str) -> str:
    """Le nom d'un paquet Python, tel que l'index le compare (PEP 503)."""
    return re.sub(r"[-_.]+", "-", nom).lower()


def projet(racine: Path = RACINE) -> Mapping[str, Any]:
    """Ce que le produit dit de lui-même : nom, version, licence."""
    decrit: Mapping[str, Any] = tomllib.loads(_texte(racine / "pyproject.toml"))["project"]
    return decrit


def verrouilles(racine: Path = RACINE) -> list[Verrouille]:
    """Ce qui tourne : les bibliothèques du serveur, puis celles que le navigateur reçoit."""
    return [*du_serveur(_texte(racine / PYTHON)), *du_navigateur(_texte(racine / NPM))]


def du_serveur(texte: str) -> Iterator[Verrouille]:
    """Un verrou tel que `uv pip compile --generate-hashes` l'écrit."""
    for bloc in re.split(r"^(?=[A-Za-z0-9])", texte, flags=re.M)[1:]:
        tete = TETE.match(bloc)
        if tete is None:
            raise ErreurDeCommande(f"{PYTHON} : « {bloc.splitlines()[0]} » ne se lit pas.")
        yield Verrouille(
            ecosysteme="PyPI",
            nom=normaliser(tete["nom"]),
            version=tete["version"],
            condition=(tete["si"] or "").strip(),
            empreintes=tuple(("SHA-256", valeur) for valeur in EMPREINTE.findall(bloc)),
            demandee_par=tuple(raison["qui"] for raison in RAISON.finditer(bloc)),
        )


def du_navigateur(texte: str) -> Iterator[Verrouille]:
    """Un verrou de npm, sans ce qui ne sert qu'à construire."""
    paquets: dict[str, dict[str, Any]] = json.loads(texte)["packages"]
    livres = {chemin: dit for chemin, dit in paquets.items() if not dit.get("dev")}
    for chemin, dit in livres.items():
        nom = chemin.rpartition(MODULES)[2]
        if not chemin:
            continue
        yield Verrouille(
            ecosysteme="npm",
            nom=nom,
            version=dit["version"],
            licence=dit.get("license", ""),
            empreintes=(_integrite(dit["integrity"]),),
            demandee_par=tuple(
                autre.rpartition(MODULES)[2] or DEMANDE_PAR_LE_PRODUIT
                for autre, contenu in livres.items()
                if nom in contenu.get("dependencies", {})
            ),
        )


def _integrite(dite: str) -> tuple[str, str]:
    """« sha512-… » (Subresource Integrity, base 64), dans les mots de CycloneDX."""
    algorithme, _, valeur = dite.partition("-")
    return f"SHA-{algorithme.removeprefix('sha')}", base64.b64decode(valeur).hex()


def _texte(fichier: Path) -> str:
    try:
        return fichier.read_text("utf-8")
    except FileNotFoundError:
        raise ErreurDeCommande(
            f"{fichier.name} n'est pas là : lancez la commande d'une installation entière."
        ) from None
