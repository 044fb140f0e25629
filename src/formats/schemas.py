"""Un schéma XML officiel, lu dans son dossier seul :
jamais par le réseau, jamais ailleurs sur la machine.
"""

from functools import cache
from pathlib import Path

from lxml import etree


@cache
def schema(
    chemin: Path, dossier: Path, adresses: tuple[tuple[str, str], ...] = ()
) -> etree.XMLSchema:
    """Le schéma de `chemin` ; ce qu'il appelle se lit dans `dossier`.

    `adresses` : ce qu'il appelle par une adresse du Web,
    et le fichier du dossier qui en tient lieu.
    """
    lecteur = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    lecteur.resolvers.add(_Local(dossier, dict(adresses)))
    return etree.XMLSchema(etree.parse(str(chemin), lecteur))


class _Local(etree.Resolver):  # type: ignore[misc]
    def __init__(self, dossier: Path, adresses: dict[str, str]) -> None:
        super().__init__()
        self._dossier = dossier.resolve()
        self._adresses = adresses

    def resolve(self, adresse: str, identifiant: str | None, contexte: object) -> object:
        dite = self._adresses.get(adresse)
        fichier = (
            self._dossier / dite if dite else Path(adresse.removeprefix("file://"))
        ).resolve()
        if self._dossier not in fichier.parents:
            raise OSError(f"Le schéma appelle {adresse}, hors de son dossier.")
        return self.resolve_filename(str(fichier), contexte)
