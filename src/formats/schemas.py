"""Un schéma XML officiel, lu dans son dossier seul : jamais par le réseau, jamais ailleurs sur la machine."""

from functools import cache
from pathlib import Path

from lxml import etree


@cache
def schema(chemin: Path, dossier: Path) -> etree.XMLSchema:
    """Le schéma de `chemin` ; ce qu'il appelle se lit dans `dossier`."""
    lecteur = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    lecteur.resolvers.add(_Local(dossier))
    return etree.XMLSchema(etree.parse(str(chemin), lecteur))


class _Local(etree.Resolver):  # type: ignore[misc]
    def __init__(self, dossier: Path) -> None:
        super().__init__()
        self._dossier = dossier.resolve()

    def resolve(self, adresse: str, identifiant: str | None, contexte: object) -> object:
        fichier = Path(adresse.removeprefix("file://")).resolve()
        if self._dossier not in fichier.parents:
            raise OSError(f"Le schéma appelle {adresse}, hors de son dossier.")
        return self.resolve_filename(str(fichier), contexte)
