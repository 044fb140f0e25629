"""Le carnet de l'atelier :
une ligne par fichier scellé, ajoutée à la fin, pour ne pas tout récrire à chaque fichier.

La dernière ligne d'un fichier l'emporte. Une ligne coupée par un arrêt ne compte
pas : ce fichier-là sera scellé de nouveau, sous une autre clé, ou annoncé de
nouveau, sous le même scellement.
"""

import json
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from beffroi.commandes.cli.erreurs import ErreurDeCommande


class Carnet:
    """Les fiches des fichiers scellés, par place et par nom."""

    def __init__(self, fichier: Path) -> None:
        self.fichier = fichier
        self.verrou = threading.Lock()
        self.fiches: dict[str, dict[str, Any]] = {}
        for ligne in self.lignes_entieres():
            self.fiches[ligne["cle"]] = ligne["fiche"]

    def lignes_entieres(self) -> Iterable[dict[str, Any]]:
        """Un carnet coupé au milieu d'une ligne finit par une ligne entière,
        pour que la suite s'ajoute bien.
        """
        octets = self.fichier.read_bytes() if self.fichier.exists() else b""
        entier = octets[: octets.rfind(b"\n") + 1]
        if len(entier) < len(octets):
            self.fichier.write_bytes(entier)
        return [json.loads(ligne) for ligne in entier.splitlines()]

    def retenir(self, fiches: dict[str, dict[str, Any]]) -> None:
        lignes = [
            json.dumps({"cle": cle, "fiche": fiche}, ensure_ascii=False)
            for cle, fiche in fiches.items()
        ]
        with self.verrou:
            self.fiches.update(fiches)
            try:
                with self.fichier.open("a", encoding="utf-8") as flux:
                    flux.write("".join(f"{ligne}\n" for ligne in lignes))
            except OSError as erreur:
                raise ErreurDeCommande(
                    f"impossible d'écrire {self.fichier} : {erreur.strerror}."
                ) from erreur
