"""Écrire l'archive au fil de l'eau :
un bloc en mémoire, et l'empreinte de chaque fichier retenue au passage.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.serializers.json import DjangoJSONEncoder

from beffroi.garde.restitution import forme
from formats.seda import Bordereau, Source, deplier_le_paquet, ecrire
from formats.versement import Blocs

_DATE = (1980, 1, 1, 0, 0, 0)
_FICHIER_ORDINAIRE = 0o100644 << 16
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Empreinte:
    """Ce que le manifeste dit d'un fichier."""

    sha256: str
    taille: int


class Ecrivain:
    """Une archive qui s'écrit. `fichiers` : ce qui y est déjà."""

    def __init__(self, sortie: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED, allowZip64=True)
        self.fichiers: dict[str, Empreinte] = {}

    def ajouter(self, nom: str, octets: bytes) -> None:
        self._zip.writestr(_entree(nom), octets)
        self.fichiers[nom] = Empreinte(hashlib.sha256(octets).hexdigest(), len(octets))

    def copier(self, nom: str, source: Any) -> None:
        """Un fichier de toute taille, bloc par bloc."""
        with self._zip.open(_entree(nom), "w", force_zip64=True) as entree:
            for bloc in self._suivie(nom, source)():
                entree.write(bloc)

    def deplier(self, dossier: str, bordereau: Bordereau, sources: Mapping[str, Source]) -> None:
        """Un paquet SEDA, déplié dans ce dossier."""
        uris = {objet.id: f"{dossier}{objet.uri}" for objet in bordereau.objets()}
        suivies = {id_: self._suivie(uris[id_], source) for id_, source in sources.items()}
        ecrit = deplier_le_paquet(bordereau, suivies, self._zip, dans=dossier)
        octets = ecrire(ecrit)
        self.fichiers[f"{dossier}manifest.xml"] = Empreinte(
            hashlib.sha256(octets).hexdigest(), len(octets)
        )

    def sceller(self, entete: Mapping[str, Any], *, horodater: Callable[[bytes], bytes]) -> str:
        """Le manifeste, puis son jeton (RFC 3161) ; rend l'empreinte du manifeste.

        Plus rien ne s'ajoute ensuite.
        """
        fichiers = {
            nom: {"sha256": e.sha256, "taille": e.taille} for nom, e in self.fichiers.items()
        }
        manifeste = forme.canonique({**entete, "format": forme.FORMAT, "fichiers": fichiers})
        condense = hashlib.sha256(manifeste)
        self._zip.writestr(_entree(forme.MANIFESTE), manifeste)
        self._zip.writestr(_entree(forme.JETON), horodater(condense.digest()))
        self._zip.close()
        return condense.hexdigest()

    def _suivie(self, nom: str, source: Any) -> Blocs:
        def blocs() -> Iterator[bytes]:
            condense, taille = hashlib.sha256(), 0
            lus: Iterable[bytes] = source()
            for bloc in lus:
                condense.update(bloc)
                taille += len(bloc)
                yield bloc
            self.fichiers[nom] = Empreinte(condense.hexdigest(), taille)

        return blocs


def _entree(nom: str) -> zipfile.ZipInfo:
    entree = zipfile.ZipInfo(nom, _DATE)
    entree.create_system, entree.external_attr = _UNIX, _FICHIER_ORDINAIRE
    return entree


def en_json(contenu: Any) -> bytes:
    return json.dumps(
        contenu, ensure_ascii=False, indent=1, sort_keys=True, cls=DjangoJSONEncoder
    ).encode()
