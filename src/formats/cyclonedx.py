"""L'inventaire d'un logiciel, en CycloneDX 1.6 (ECMA-424) : ce qui tourne, sous quelle licence,
d'où cela vient, qui demande quoi.

Rien n'y dépend de l'heure ni de l'endroit : les mêmes composants donnent les mêmes octets, et deux
inventaires se comparent par leur empreinte.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

VERSION = "1.6"
SCHEMA = f"http://cyclonedx.org/schema/bom-{VERSION}.schema.json"
# De quoi dériver un numéro de série stable du contenu lui-même (RFC 9562, § 5.5).
ESPACE = uuid.uuid5(uuid.NAMESPACE_URL, SCHEMA)


@dataclass(frozen=True)
class Licence:
    """Une expression SPDX, ou le nom que l'auteur donne à sa licence."""

    texte: str
    est_spdx: bool

    def document(self) -> dict[str, Any]:
        return {"expression": self.texte} if self.est_spdx else {"license": {"name": self.texte}}


@dataclass(frozen=True)
class Composant:
    """Une bibliothèque, ou ce que l'inventaire décrit ; `purl` la désigne partout."""

    nom: str
    version: str
    purl: str
    sorte: str = "library"
    licence: Licence | None = None
    empreintes: tuple[tuple[str, str], ...] = ()
    condition: str = ""
    demande: tuple[str, ...] = field(default=())

    def document(self) -> dict[str, Any]:
        ecrit: dict[str, Any] = {
            "type": self.sorte,
            "bom-ref": self.purl,
            "name": self.nom,
            "version": self.version,
            "scope": "optional" if self.condition else "required",
            "purl": self.purl,
        }
        if self.licence:
            ecrit["licenses"] = [self.licence.document()]
        if self.empreintes:
            ecrit["externalReferences"] = [self._distribution()]
        if self.condition:
            ecrit["properties"] = [{"name": "beffroi:condition", "value": self.condition}]
        return ecrit

    def _distribution(self) -> dict[str, Any]:
        """Chaque paquet publié de cette version que le verrou accepte, par son empreinte."""
        return {
            "type": "distribution",
            "url": self.purl,
            "hashes": [{"alg": alg, "content": valeur} for alg, valeur in sorted(self.empreintes)],
        }


def inventaire(produit: Composant, composants: Iterable[Composant]) -> bytes:
    """Le document entier, composants et relations dans l'ordre de leur `purl`."""
    tous = sorted(composants, key=lambda composant: composant.purl)
    contenu = {
        "metadata": {
            "component": {c: v for c, v in produit.document().items() if c != "scope"},
            "tools": {"components": [_outil(produit)]},
        },
        "components": [composant.document() for composant in tous],
        "dependencies": [
            {"ref": composant.purl, "dependsOn": sorted(set(composant.demande))}
            for composant in [produit, *tous]
        ],
    }
    document = {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": VERSION,
        "serialNumber": f"urn:uuid:{uuid.uuid5(ESPACE, json.dumps(contenu, sort_keys=True))}",
        "version": 1,
        **contenu,
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _outil(produit: Composant) -> dict[str, str]:
    return {
        "type": "application",
        "name": f"{produit.nom} inventaire",
        "version": produit.version,
    }
