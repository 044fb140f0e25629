"""Écrire un paquet (SIP) au fil de l'eau :
un bloc en mémoire, quelle que soit la taille des fichiers.

Le paquet est un ZIP sans compression (ZIP64 au besoin) : les fichiers sous
`content/`, puis `manifest.xml`. À données égales, les octets sont les mêmes : l'heure
des entrées est celle du bordereau.
"""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from formats.seda import bornes
from formats.seda.archive import BORDEREAU
from formats.seda.defaut import PaquetImpossible
from formats.seda.ecriture import ecrire, en_arbre
from formats.seda.integrite import du_bordereau
from formats.seda.mesure import Mesure
from formats.seda.modele import NON_IDENTIFIE, SHA_512, Bordereau, Objet
from formats.seda.versions import VERSIONS

# D'où vient un fichier : son chemin, ou de quoi en demander les blocs, une fois.
type Source = Path | Callable[[], Iterable[bytes]]
_FICHIER_ORDINAIRE = 0o100644 << 16
_UNIX = 3


def ecrire_le_paquet(
    bordereau: Bordereau, sources: Mapping[str, Source], sortie: BinaryIO
) -> Bordereau:
    """Écrit le paquet dans `sortie`, où l'on doit pouvoir revenir en arrière ;
    rend le bordereau tel qu'il y est écrit.

    `sources` : par `id` d'objet. Ce qu'un objet ne dit pas (empreinte, taille, format) est mesuré ;
    ce qu'il dit est comparé. Lève `PaquetImpossible`, avant d'écrire ou en cours de route : la
    sortie est alors à jeter. Une source qui ne se lit pas lève son `OSError`.
    """
    if not sortie.seekable():
        raise PaquetImpossible(
            "Un paquet s'écrit dans un fichier : la taille d'une entrée s'y inscrit après coup."
        )
    _refuser_l_impossible(bordereau, sources)
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        return deplier_le_paquet(bordereau, sources, archive)


def deplier_le_paquet(
    bordereau: Bordereau, sources: Mapping[str, Source], archive: zipfile.ZipFile, *, dans: str = ""
) -> Bordereau:
    """Les mêmes entrées, sous le dossier `dans` d'une archive ouverte :
    ce dossier, mis en ZIP, est le paquet.
    """
    _refuser_l_impossible(bordereau, sources)
    heure = bordereau.date.astimezone(UTC)
    mesures = {
        objet.id: _verser(archive, objet, sources[objet.id], _entree(f"{dans}{objet.uri}", heure))
        for objet in bordereau.objets()
    }
    ecrit = bordereau.mesure(mesures)
    archive.writestr(_entree(f"{dans}{BORDEREAU}", heure), _octets(ecrit))
    return ecrit


def _octets(bordereau: Bordereau) -> bytes:
    octets = ecrire(bordereau)
    if len(octets) > bornes.OCTETS_DU_BORDEREAU:
        raise PaquetImpossible(
            f"Le bordereau dépasse {bornes.OCTETS_DU_BORDEREAU // bornes.MEGAOCTET} Mo : "
            "faites-en plusieurs versements."
        )
    return octets


def _refuser_l_impossible(bordereau: Bordereau, sources: Mapping[str, Source]) -> None:
    if bordereau.version not in VERSIONS:
        raise PaquetImpossible(
            f"Le SEDA {bordereau.version} n'est pas connu. Versions connues : "
            f"{', '.join(VERSIONS)}."
        )
    if bordereau.date.tzinfo is None:
        raise PaquetImpossible(
            "La date du transfert n'a pas de fuseau : donnez une heure qui en a un."
        )
    sans_source = [objet.id for objet in bordereau.objets() if objet.id not in sources]
    if sans_source:
        raise PaquetImpossible(f"L'objet {sans_source[0]} n'a pas de source.")
    uris = [objet.uri.casefold() for objet in bordereau.objets()]
    if len(set(uris)) < len(uris):
        raise PaquetImpossible(
            "Deux objets ont la même Uri, la casse ignorée : donnez à chacun la sienne."
        )
    autres = [objet.id for objet in bordereau.objets() if objet.algorithme != SHA_512]
    if autres:
        raise PaquetImpossible(
            f"L'objet {autres[0]} n'est pas en {SHA_512} : un paquet s'écrit avec cette empreinte."
        )
    # Ce que le vérificateur refuserait ne s'écrit pas.
    defauts = du_bordereau(en_arbre(bordereau), avec_les_empreintes=False)
    if defauts:
        raise PaquetImpossible(str(defauts[0]))


def _verser(
    archive: zipfile.ZipFile, objet: Objet, source: Source, place: zipfile.ZipInfo
) -> Objet:
    mesure = Mesure()
    # La taille n'est pas connue d'avance : l'en-tête laisse la place d'une grande.
    with archive.open(place, "w", force_zip64=True) as entree:
        for bloc in _blocs(source):
            mesure.ajouter(bloc)
            entree.write(bloc)
    empreinte = mesure.empreinte().hex()
    if objet.taille is not None and objet.taille != mesure.taille:
        raise PaquetImpossible(
            f"Le fichier de l'objet {objet.id} ({objet.nom}) a {mesure.taille} octets, "
            f"{objet.taille} étaient attendus. "
            "Il est abîmé, ou n'est pas celui que l'on croit."
        )
    if objet.empreinte and objet.empreinte.lower() != empreinte:
        raise PaquetImpossible(
            f"Le fichier de l'objet {objet.id} ({objet.nom}) n'a pas l'empreinte attendue. "
            "Il est abîmé, ou n'est pas celui que l'on croit."
        )
    format_ = mesure.format(objet.nom) if objet.format == NON_IDENTIFIE else objet.format
    return replace(objet, empreinte=empreinte, taille=mesure.taille, format=format_)


def _blocs(source: Source) -> Iterator[bytes]:
    if not isinstance(source, Path):
        yield from source()
        return
    with source.open("rb") as flux:
        while bloc := flux.read(bornes.BLOC):
            yield bloc


def _entree(nom: str, heure: datetime) -> zipfile.ZipInfo:
    # Un ZIP ne date rien d'avant 1980, ni d'après 2107.
    annee = min(max(heure.year, 1980), 2107)
    entree = zipfile.ZipInfo(
        nom, (annee, heure.month, heure.day, heure.hour, heure.minute, heure.second)
    )
    entree.create_system = _UNIX
    entree.external_attr = _FICHIER_ORDINAIRE
    return entree
