"""Qui demande : la feuille tirée du Schematron se garde sur le disque,
l'ouvrier garde la feuille compilée.
"""

import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock, Timer

from lxml import etree

from formats.schematron import traduction
from formats.schematron.constat import Constat, lire

# Compiler une phase de quarante-cinq mille règles prend de 3 à 30 secondes selon la machine.
SECONDES_MAXIMUM = 180
# Chaque feuille compilée tient quelques dizaines de mégaoctets.
FEUILLES_GARDEES = 4
# Change avec la traduction : une feuille d'hier ne sert pas à un programme d'aujourd'hui.
VERSION = hashlib.sha256(Path(traduction.__file__).read_bytes()).hexdigest()


class MoteurArrete(RuntimeError):
    """Le moteur n'a pas répondu : rien n'a été vérifié."""


class Ouvrier:
    """Un processus Saxon, lancé à la première demande,
    relancé s'il est mort, un document à la fois.

    Il garde les dernières feuilles compilées ; qui en emploie davantage, et a la place, le dit.
    """

    def __init__(self, feuilles_gardees: int = FEUILLES_GARDEES) -> None:
        self._feuilles_gardees = feuilles_gardees
        self._processus: subprocess.Popen[str] | None = None
        self._erreurs = tempfile.TemporaryFile()
        self._verrou = Lock()

    def executer(
        self, feuille: Path, document: bytes, *, secondes: int = SECONDES_MAXIMUM
    ) -> bytes:
        """Le rapport SVRL de ce document."""
        demande = {"feuille": str(feuille), "document": base64.b64encode(document).decode()}
        with self._verrou:
            processus = self._vivant()
            garde = Timer(secondes, processus.kill)
            garde.start()
            try:
                ligne = _echanger(processus, json.dumps(demande))
            finally:
                garde.cancel()
        if not ligne:
            raise MoteurArrete(
                "Le moteur des règles officielles s'est arrêté avant d'avoir répondu "
                f"({secondes} s au plus)."
                f"{self._derniere_erreur()}"
            )
        reponse = json.loads(ligne)
        if "erreur" in reponse:
            raise MoteurArrete(
                f"Le moteur des règles officielles a refusé le document : {reponse['erreur']}"
            )
        return str(reponse["rapport"]).encode()

    def arreter(self) -> None:
        with self._verrou:
            if self._processus is not None:
                self._processus.kill()
                self._processus.wait()
                _fermer(self._processus)
                self._processus = None

    def _derniere_erreur(self) -> str:
        """La dernière ligne que l'ouvrier a dite avant de mourir :
        une bibliothèque absente, une mémoire trop courte.
        """
        self._erreurs.seek(0)
        lignes = self._erreurs.read().decode("utf-8", "replace").strip().splitlines()
        return f" Il a dit : {lignes[-1][:200]}" if lignes else ""

    def _vivant(self) -> "subprocess.Popen[str]":
        if self._processus is None or self._processus.poll() is not None:
            if self._processus is not None:
                _fermer(self._processus)
            chemin = os.pathsep.join(
                [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
            )
            self._processus = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "formats.schematron.ouvrier",
                    str(self._feuilles_gardees),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._erreurs,
                text=True,
                encoding="utf-8",
                env={**os.environ, "PYTHONPATH": chemin},
            )
        return self._processus


def valider(
    document: bytes, *, schematron: Path, phase: str, cache: Path, ouvrier: Ouvrier | None = None
) -> list[Constat]:
    """Les constats d'une phase sur un document.

    `cache` : le dossier où se gardent les feuilles traduites.
    """
    return executer(
        document, feuille=feuille_de(schematron, phase=phase, cache=cache), ouvrier=ouvrier
    )


def executer(document: bytes, *, feuille: Path, ouvrier: Ouvrier | None = None) -> list[Constat]:
    """Les constats d'une feuille déjà compilée en XSLT, la nôtre ou celle de l'autorité."""
    propre = etree.tostring(
        etree.fromstring(document, _lecteur()), encoding="UTF-8", xml_declaration=True
    )
    if ouvrier is not None:
        return lire(ouvrier.executer(feuille, propre))
    ouvrier = Ouvrier()
    try:
        return lire(ouvrier.executer(feuille, propre))
    finally:
        ouvrier.arreter()


def feuille_de(schematron: Path, *, phase: str, cache: Path) -> Path:
    """La feuille de cette phase, traduite une fois pour un même contenu de tous ses fichiers."""
    fichiers = _fichiers(schematron, _etat(schematron))
    empreinte = _empreinte(phase, tuple((f, _etat(f)) for f in fichiers))
    feuille = cache / f"{phase.strip('#')}-{empreinte}.xsl"
    if not feuille.exists():
        cache.mkdir(parents=True, exist_ok=True)
        _poser(feuille, traduction.en_xslt(schematron, phase=phase))
    return feuille


@lru_cache(maxsize=32)
def _fichiers(schematron: Path, _dans_cet_etat: tuple[int, int]) -> list[Path]:
    """Ceux qu'il nomme ne changent qu'avec lui : le principal d'eForms en inclut deux cents."""
    return traduction.fichiers(schematron)


@lru_cache(maxsize=32)
def _empreinte(phase: str, fichiers: tuple[tuple[Path, tuple[int, int]], ...]) -> str:
    """Celle du contenu.

    Relire à chaque document les deux cents fichiers d'eForms coûterait plus que de les exécuter.
    """
    somme = hashlib.sha256(f"{VERSION}{phase}".encode())
    for fichier, _ in fichiers:
        somme.update(fichier.read_bytes() if fichier.exists() else b"")
    return somme.hexdigest()[:32]


def _etat(fichier: Path) -> tuple[int, int]:
    """Ce qui change avec un fichier : sa date et sa taille, nulles s'il n'existe pas."""
    if not fichier.exists():
        return (0, 0)
    vu = fichier.stat()
    return (vu.st_mtime_ns, vu.st_size)


def _poser(cible: Path, contenu: bytes) -> None:
    """Présent veut dire entier : on écrit à côté, puis on met en place."""
    with tempfile.NamedTemporaryFile(dir=cible.parent, delete=False) as brouillon:
        brouillon.write(contenu)
    Path(brouillon.name).replace(cible)


def _echanger(processus: "subprocess.Popen[str]", demande: str) -> str:
    assert processus.stdin is not None
    assert processus.stdout is not None
    try:
        processus.stdin.write(demande + "\n")
        processus.stdin.flush()
        return processus.stdout.readline()
    except (BrokenPipeError, OSError):
        return ""


def _fermer(processus: "subprocess.Popen[str]") -> None:
    for tuyau in (processus.stdin, processus.stdout):
        if tuyau is not None:
            # Ce qui attendait d'être écrit à un processus mort n'a plus de lecteur.
            with suppress(BrokenPipeError):
                tuyau.close()


def _lecteur() -> etree.XMLParser:
    """Sans entité, sans réseau, sans excès : le document vient d'ailleurs."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
