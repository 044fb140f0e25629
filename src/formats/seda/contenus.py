"""Nos règles sur les fichiers d'un paquet : chacun est là, désigné, entier.

Un seul passage, un bloc en mémoire.
"""

import base64
import binascii
from collections.abc import Iterator

from lxml import etree

from formats.seda.archive import BORDEREAU, Archive, PaquetIllisible
from formats.seda.balises import Element, jeton
from formats.seda.defaut import Defaut
from formats.seda.integrite import enfant, objets_numeriques, ou_est
from formats.seda.mesure import ALGORITHMES, Mesure


def du_paquet(archive: Archive, racine: Element) -> tuple[list[Defaut], int]:
    """Ce que les fichiers ont de fautif, et les octets relus."""
    par_uri: dict[str, list[Element]] = {}
    joints: list[Element] = []
    for objet in objets_numeriques(racine):
        uri = enfant(objet, "Uri")
        if uri:
            par_uri.setdefault(uri, []).append(objet)
        elif enfant(objet, "Attachment"):
            joints.append(objet)
    defauts: list[Defaut] = []
    lus = 0
    for uri, objets in par_uri.items():
        if uri not in archive.noms:
            defauts.append(_absent(uri, objets[0], archive))
        elif archive.est_lisible(uri):
            taille, dits = _comparer(archive, uri, objets)
            lus += taille
            defauts += dits
    for objet in joints:
        defauts += _joint(objet)
    return [*defauts, *_orphelins(archive, par_uri)], lus


def _absent(uri: str, objet: Element, archive: Archive) -> Defaut:
    autre = next((nom for nom in archive.noms if nom.casefold() == uri.casefold()), "")
    suite = f" L'archive contient « {autre} » : la casse compte." if autre else ""
    return Defaut(
        ou=ou_est(objet),
        phrase=f"le fichier « {uri} » n'est pas dans le paquet.{suite}",
        remede="Ajoutez-le, ou corrigez son Uri.",
        regle="absent",
    )


def _comparer(archive: Archive, uri: str, objets: list[Element]) -> tuple[int, list[Defaut]]:
    mesure = Mesure({_somme(objet)[0] for objet in objets} & ALGORITHMES.keys())
    try:
        for bloc in archive.blocs(uri):
            mesure.ajouter(bloc)
    except PaquetIllisible as abime:
        return 0, [
            Defaut(
                ou=ou_est(objets[0]),
                phrase=str(abime),
                remede="Refaites le paquet depuis l'original.",
                regle="zip-abime",
            )
        ]
    return mesure.taille, [dit for objet in objets for dit in _reproches(objet, mesure, uri)]


def _somme(objet: Element) -> tuple[str, str]:
    """L'algorithme et la valeur de l'empreinte."""
    trouve = objet.find(f"{{{etree.QName(objet).namespace}}}MessageDigest")
    return (
        ("", "")
        if trouve is None
        else (trouve.get("algorithm", ""), "".join((trouve.text or "").split()))
    )


def _reproches(objet: Element, mesure: Mesure, nom: str) -> Iterator[Defaut]:
    dite = enfant(objet, "Size")
    if dite and dite.lstrip("0") != str(mesure.taille):
        yield Defaut(
            ou=ou_est(objet),
            phrase=f"sa taille dite est {dite} octets, il en a {mesure.taille}.",
            remede="Corrigez Size, ou remettez le bon fichier.",
            regle="taille",
        )
    if not dite and mesure.taille:
        yield Defaut(
            ou=ou_est(objet),
            phrase="sa taille n'est pas dite.",
            remede="Donnez Size.",
            regle="taille-absente",
            est_une_erreur=False,
        )
    algorithme, valeur = _somme(objet)
    if algorithme in ALGORITHMES and not _est_celle(valeur, mesure.empreinte(algorithme)):
        yield Defaut(
            ou=ou_est(objet),
            phrase=f"son empreinte {algorithme} n'est pas celle du fichier « {nom} ».",
            remede="Le fichier a changé, ou l'empreinte est fausse : reprenez l'original.",
            regle="empreinte",
        )
    yield from _format(objet, mesure, nom)


def _est_celle(dite: str, trouvee: bytes) -> bool:
    """Le schéma admet l'hexadécimal et la base 64."""
    return dite.lower() == trouvee.hex() or dite == base64.b64encode(trouvee).decode()


def _format(objet: Element, mesure: Mesure, nom: str) -> Iterator[Defaut]:
    """Un autre format que le nôtre se signale ;
    PRONOM en a d'autres, plus précis que les nôtres.
    """
    format_ = objet.find(f"{{{etree.QName(objet).namespace}}}FormatIdentification")
    dit = "" if format_ is None else enfant(format_, "FormatId")
    infos = objet.find(f"{{{etree.QName(objet).namespace}}}FileInfo")
    reconnu = mesure.format(nom if infos is None else enfant(infos, "Filename"))
    if dit and reconnu.puid and dit != reconnu.puid:
        yield Defaut(
            ou=ou_est(objet),
            phrase=(
                f"son format dit est {dit} ; nous y reconnaissons {reconnu.puid} ({reconnu.nom})."
            ),
            remede="Vérifiez le format.",
            regle="format",
            est_une_erreur=False,
        )


def _joint(objet: Element) -> Iterator[Defaut]:
    """Un fichier écrit dans le bordereau lui-même, en base 64."""
    try:
        contenu = base64.b64decode("".join(enfant(objet, "Attachment").split()), validate=True)
    except (binascii.Error, ValueError):
        yield Defaut(
            ou=ou_est(objet),
            phrase="son contenu n'est pas de la base 64.",
            remede="Refaites-le.",
            regle="zip-abime",
        )
        return
    mesure = Mesure({_somme(objet)[0]} & ALGORITHMES.keys())
    mesure.ajouter(contenu)
    yield from _reproches(objet, mesure, jeton(objet.get("id", "")))


def _orphelins(archive: Archive, par_uri: dict[str, list[Element]]) -> Iterator[Defaut]:
    for nom in archive.noms:
        if nom != BORDEREAU and nom not in par_uri:
            yield Defaut(
                ou=f"entrée « {nom} »",
                phrase="aucun objet du bordereau ne la désigne.",
                remede="Décrivez-la dans le bordereau, ou retirez-la du paquet.",
                regle="orphelin",
            )
