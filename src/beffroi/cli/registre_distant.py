"""Vérifier un registre public par son adresse : tout recalculer depuis la première feuille, et croire les signatures seules."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from beffroi.cli.constats import Constat
from beffroi.cli.erreurs import ErreurDeCommande
from beffroi.cli.phrases import en_francais
from sceau import SealError, log

LIMITE_D_UNE_REPONSE = 64 << 20


@dataclass
class RegistreDistant:
    """Les feuilles d'un registre, l'arbre qu'on en a recalculé soi-même, et sa tête signée si elle s'accorde avec lui."""

    adresse: str
    cle: str = ""
    taille: int = 0
    note: str = ""
    feuilles: list[bytes] = field(default_factory=list)
    noeuds: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def lire_noeud(self, niveau: int, indice: int) -> bytes:
        return self.noeuds[niveau, indice]

    def racine(self, taille: int) -> bytes:
        return log.root(taille, self.lire_noeud)

    def ajouter(self, feuille: bytes) -> None:
        numero = len(self.feuilles)
        self.feuilles.append(feuille)
        for niveau, indice, empreinte in log.append_nodes(numero, log.leaf_hash(feuille), self.lire_noeud):
            self.noeuds[niveau, indice] = empreinte

    def verifier(self) -> Iterator[Constat]:
        """La tête, l'arbre entier, puis chaque tête signée depuis l'origine."""
        donnee = bool(self.cle)
        self.cle = self.cle or self.lire_json("/journal/cles.json")["journal"]
        yield Constat(
            "clé du registre", bon=True, detail="la vôtre" if donnee else f"celle que le site publie : {self.cle}"
        )
        try:
            note = self.lire("/journal/checkpoint").decode()
            tete = log.open_checkpoint(note, [log.Verifier(self.cle)])
        except SealError as erreur:
            yield Constat("tête signée", bon=False, detail=en_francais(erreur))
            return
        self.taille = tete.size
        yield Constat("tête signée", bon=True, detail=f"{tete.size} écritures")
        for feuille in self.lire_les_feuilles():
            self.ajouter(feuille)
        juste = len(self.feuilles) == tete.size and self.racine(tete.size) == tete.root
        yield Constat("arbre recalculé depuis la première feuille", bon=juste, detail=f"{len(self.feuilles)} feuilles")
        if juste:
            self.note = note
            yield from self.verifier_les_tetes()

    def lire_les_feuilles(self) -> Iterator[bytes]:
        for debut in range(0, self.taille, log.TILE_WIDTH):
            largeur = min(log.TILE_WIDTH, self.taille - debut)
            chemin = log.entries_path(debut // log.TILE_WIDTH, largeur)
            yield from log.parse_entries(self.lire(f"/journal/{chemin}"))

    def verifier_les_tetes(self) -> Iterator[Constat]:
        """Chaque tête jamais signée doit être la racine de l'arbre à sa taille : alors chacune prolonge la précédente."""
        nombre, depuis = 0, 0
        while points := self.lire_json(f"/journal/points-de-controle.json?depuis={depuis}")["points"]:
            for point in points:
                depuis = int(point["taille"])
                if depuis > self.taille:
                    break
                if not self.est_une_tete_de_l_arbre(str(point["note"])):
                    yield Constat(
                        "tête signée", bon=False, detail=f"celle de taille {depuis} ne prolonge pas le registre"
                    )
                nombre += 1
            if depuis > self.taille:
                break
        yield Constat("toutes les têtes signées se prolongent", bon=True, detail=f"{nombre} têtes")

    def est_une_tete_de_l_arbre(self, note: str) -> bool:
        try:
            tete = log.open_checkpoint(note, [log.Verifier(self.cle)])
        except SealError:
            return False
        return 0 < tete.size <= self.taille and tete.root == self.racine(tete.size)

    def lire(self, chemin: str) -> bytes:
        adresse = self.adresse.rstrip("/") + chemin
        try:
            with urllib.request.urlopen(adresse, timeout=30) as reponse:
                contenu: bytes = reponse.read(LIMITE_D_UNE_REPONSE)
        except (urllib.error.URLError, ValueError, TimeoutError) as erreur:
            raise ErreurDeCommande(f"impossible de lire {adresse} : {erreur}.") from erreur
        return contenu

    def lire_json(self, chemin: str) -> Any:
        try:
            return json.loads(self.lire(chemin))
        except ValueError as erreur:
            raise ErreurDeCommande(f"{self.adresse}{chemin} ne rend pas ce qu'un registre Beffroi rend.") from erreur
