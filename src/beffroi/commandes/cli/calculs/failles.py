"""Compare les versions verrouillées à des avis de sécurité (OSV), sans réseau.

./beffroi failles
./beffroi failles /media/cle/osv
./beffroi failles --json

Le dossier contient des avis en JSON, ou les archives « all.zip » qu'osv.dev publie pour PyPI et
npm ; d'office, le dossier « osv » de BEFFROI_NORMES.

Code de retour : 0, aucune version verrouillée n'est concernée ; 1, au moins une l'est ; 2, un avis
ne se lit pas, et il pouvait en concerner une ; 3, la comparaison n'a pas eu lieu, ou pas entière.
"""

import json
import zipfile
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from beffroi.commandes.cli import normes_dossier
from beffroi.commandes.cli.calculs import verrous
from beffroi.commandes.cli.calculs.verrous import Verrouille
from beffroi.commandes.cli.verdict import Verdict
from formats import osv
from formats.pluriels import compter

DOSSIER = "osv"


@dataclass
class Comparaison:
    """Ce que les avis disent des versions verrouillées, et ce qui a manqué pour le dire."""

    concernees: list[tuple[Verrouille, osv.Avis]] = field(default_factory=list)
    illisibles: list[str] = field(default_factory=list)
    lus: int = 0
    dernier: str = ""
    absents: tuple[str, ...] = tuple(osv.VERSIONS)

    @property
    def verdict(self) -> Verdict:
        if self.concernees:
            return Verdict.FAUX
        if self.illisibles:
            return Verdict.ILLISIBLE
        return Verdict.NON_ETABLI if self.absents else Verdict.INTACT


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument("dossier", nargs="?", type=Path, metavar="DOSSIER", help="les avis")
    normes_dossier.arguments(analyseur)
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")


def executer(options: Namespace) -> int:
    dossier = options.dossier or dossier_d_office(options)
    connues = verrous.verrouilles()
    lue = comparer(avis_de(dossier) if dossier else (), connues)
    if options.json:
        print(json.dumps(en_json(lue), ensure_ascii=False, indent=2))
    else:
        dire(lue, dossier=dossier, combien=len(connues))
    return int(lue.verdict)


def dossier_d_office(options: Namespace) -> Path | None:
    normes = normes_dossier.indique(options)
    return normes / DOSSIER if normes else None


def avis_de(dossier: Path) -> Iterator[tuple[str, bytes]]:
    """Chaque avis du dossier, sous son nom : un fichier, ou une entrée d'archive."""
    for fichier in sorted(dossier.rglob("*")):
        if fichier.suffix == ".json":
            yield str(fichier.relative_to(dossier)), fichier.read_bytes()
        elif fichier.suffix == ".zip":
            yield from _avis_de_l_archive(fichier, nom=str(fichier.relative_to(dossier)))


def _avis_de_l_archive(fichier: Path, *, nom: str) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(fichier) as archive:
            for entree in sorted(archive.namelist()):
                if entree.endswith(".json"):
                    yield f"{nom}/{entree}", archive.read(entree)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
        # Une archive abîmée compte pour un avis qui ne se lit pas.
        yield nom, b""


def comparer(avis: Iterable[tuple[str, bytes]], connues: Iterable[Verrouille]) -> Comparaison:
    """Chaque avis, devant chaque version qu'il pourrait toucher."""
    par_nom = defaultdict(list)
    for connue in connues:
        par_nom[connue.ecosysteme, connue.nom].append(connue)
    lue, vus = Comparaison(), set()
    for nom, octets in avis:
        try:
            un = osv.lire(octets)
            vus |= {touche.ecosysteme for touche in un.touches}
            vises = {touche.ecosysteme_et_nom for touche in un.touches} & par_nom.keys()
            lue.concernees += [
                (connue, un)
                for vise in sorted(vises)
                for connue in par_nom[vise]
                if un.concerne(ecosysteme=connue.ecosysteme, nom=connue.nom, version=connue.version)
            ]
        except osv.AvisIllisible as cause:
            lue.illisibles.append(f"{nom} : {cause}")
            continue
        lue.lus += 1
        lue.dernier = max(lue.dernier, un.modifie_le)
    lue.absents = tuple(ecosysteme for ecosysteme in osv.VERSIONS if ecosysteme not in vus)
    return lue


def dire(lue: Comparaison, *, dossier: Path | None, combien: int) -> None:
    for connue, un in lue.concernees:
        print(f"non   {connue.nom} {connue.version} ({connue.ecosysteme}) : {un.identifiant}")
        print(f"      {un.resume}")
        if un.autres_noms:
            print(f"      Aussi : {', '.join(un.autres_noms)}")
        corriges = un.corriges(ecosysteme=connue.ecosysteme, nom=connue.nom)
        print(f"      Corrigé dans : {', '.join(corriges) or 'aucune version connue'}")
    for phrase in lue.illisibles:
        print(f"?     avis illisible, {phrase}")
    if lue.absents:
        print(
            f"?     Aucun avis pour {' ni '.join(lue.absents)} : la comparaison n'a pas eu lieu. "
            + comment(dossier)
        )
    if not lue.lus:
        return
    print(
        f"{compter(lue.lus, 'avis', 'avis')}, le plus récent du {lue.dernier[:10]}, devant "
        f"{compter(combien, 'version verrouillée', 'versions verrouillées')} : "
        f"{len(lue.concernees) or 'aucune'} concernée{'s' * (len(lue.concernees) > 1)}."
    )


def comment(dossier: Path | None) -> str:
    if dossier is None:
        return f"Donnez un dossier d'avis, ou réglez {normes_dossier.VARIABLE}."
    return f"Placez dans {dossier} les avis qu'osv.dev publie (all.zip)."


def en_json(lue: Comparaison) -> dict[str, object]:
    return {
        "verdict": int(lue.verdict),
        "avis_lus": lue.lus,
        "dernier_avis": lue.dernier or None,
        "sans_avis": list(lue.absents),
        "illisibles": lue.illisibles,
        "concernees": [
            {
                "purl": connue.purl,
                "avis": un.identifiant,
                "autres_noms": list(un.autres_noms),
                "resume": un.resume,
                "corrige_dans": un.corriges(ecosysteme=connue.ecosysteme, nom=connue.nom),
            }
            for connue, un in lue.concernees
        ],
    }
