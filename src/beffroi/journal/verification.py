"""Relire tout le journal depuis la base, et trouver ce qui aurait changé, octet par octet.

Chaque contexte qui tient des lignes prouvées par le journal déclare sa propre relecture dans `apps.ready()`.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from beffroi.journal import chainage
from beffroi.journal.models import Ecriture, Noeud, PointDeControle
from sceau import SealError, log, receipt, timestamp


@dataclass(frozen=True)
class Constat:
    """Ce qui a été vérifié, et si c'est intact. `ou` situe la faute : une table, une ligne, un fichier."""

    quoi: str
    bon: bool
    ou: str = ""


Relecture = Callable[[], Iterator[Constat]]
_relectures: list[Relecture] = []


def declarer(relecture: Relecture) -> None:
    """Ajoute la relecture d'un contexte ; la déclarer deux fois n'a pas plus d'effet."""
    if relecture not in _relectures:
        _relectures.append(relecture)


def relire_tout() -> Iterator[Constat]:
    """Le journal lui-même, puis ce que chaque contexte y appuie."""
    yield from relire_le_journal()
    for relecture in _relectures:
        yield from relecture()


def relire_le_journal() -> Iterator[Constat]:
    """Écritures une à une, puis l'arbre, puis les têtes signées."""
    noeuds: dict[tuple[int, int], bytes] = {}
    attendu, fautes = 0, 0
    for ecriture in Ecriture.objects.order_by("numero").iterator(chunk_size=500):
        for faute in fautes_de(ecriture, attendu):
            fautes += 1
            yield Constat(faute, bon=False, ou=f"journal_ecriture, n° {ecriture.numero}")
        if ecriture.numero == attendu:
            ajouter(noeuds, ecriture.numero, bytes(ecriture.feuille))
        attendu = ecriture.numero + 1
    if not fautes:
        yield Constat(f"{attendu} écritures : suite sans trou, contenu, jeton et feuille conformes", bon=True)
    yield from relire_l_arbre(noeuds)
    yield from relire_les_tetes(noeuds, attendu)


def fautes_de(ecriture: Ecriture, attendu: int) -> Iterator[str]:
    """Ce qui, dans une écriture, ne correspond plus à sa feuille."""
    if ecriture.numero != attendu:
        yield f"le numéro attendu est {attendu}"
    jeton = bytes(ecriture.jeton)
    if log.leaf_data(ecriture.contenu.encode(), jeton) != bytes(ecriture.feuille):
        yield "le contenu ou le jeton ne donne plus cette feuille"
    try:
        empreinte = hashlib.sha256(ecriture.contenu.encode()).digest()
        timestamp.verify(jeton, empreinte, roots=[chainage.autorite_locale().root])
    except SealError as erreur:
        yield f"le jeton d'horodatage n'est pas valable ({erreur})"
    yield from colonnes_qui_mentent(ecriture)


def colonnes_qui_mentent(ecriture: Ecriture) -> Iterator[str]:
    """Les colonnes qui répètent le contenu doivent dire la même chose que lui."""
    try:
        contenu = json.loads(ecriture.contenu)
    except ValueError:
        yield "le contenu n'est plus lisible"
        return
    if receipt.canonical(contenu).decode() != ecriture.contenu:
        yield "le contenu n'est plus canonique"
    repetees = contenu.get("ecriture", contenu)
    acteur = repetees.get("acteur", {})
    dites = {
        "acte": (repetees.get("acte"), ecriture.acte),
        "sujet": (repetees.get("sujet"), ecriture.sujet),
        "organisme": (repetees.get("organisme"), ecriture.organisme),
        "acteur_reference": (acteur.get("reference"), ecriture.acteur_reference),
        "acteur_libelle": (acteur.get("libelle"), ecriture.acteur_libelle),
        "le": (repetees.get("le"), chainage.instant(ecriture.le)),
    }
    for colonne, (dit, lu) in dites.items():
        if dit is not None and dit != lu:
            yield f"la colonne {colonne} dit « {lu} », le contenu dit « {dit} »"


def ajouter(noeuds: dict[tuple[int, int], bytes], numero: int, feuille: bytes) -> None:
    """Complète l'arbre d'une feuille. Après un trou, il n'y a plus d'arbre à compléter : la tête signée le dira."""
    try:
        complets = log.append_nodes(numero, log.leaf_hash(feuille), lambda niveau, indice: noeuds[niveau, indice])
    except KeyError:
        return
    noeuds.update({(niveau, indice): empreinte for niveau, indice, empreinte in complets})


def relire_l_arbre(noeuds: dict[tuple[int, int], bytes]) -> Iterator[Constat]:
    """Les nœuds gardés doivent être ceux que les feuilles donnent, ni plus, ni moins."""
    gardes = {(n.niveau, n.indice): bytes(n.empreinte) for n in Noeud.objects.iterator(chunk_size=2000)}
    differents = sorted(place for place in gardes.keys() | noeuds.keys() if gardes.get(place) != noeuds.get(place))
    for niveau, indice in differents:
        yield Constat(
            "nœud différent de ce que donnent les feuilles", bon=False, ou=f"journal_noeud, {niveau}/{indice}"
        )
    if not differents:
        yield Constat(f"{len(noeuds)} nœuds de l'arbre recalculés", bon=True)


def relire_les_tetes(noeuds: dict[tuple[int, int], bytes], nombre: int) -> Iterator[Constat]:
    """Chaque tête signée est bien la racine de l'arbre à sa taille : donc chacune prolonge la précédente."""
    clef = [log.Verifier(chainage.signataire().vkey)]
    bonnes = 0
    for point in PointDeControle.objects.order_by("taille").iterator(chunk_size=500):
        faute = faute_de_la_tete(point, noeuds, nombre, clef)
        if faute:
            yield Constat(faute, bon=False, ou=f"journal_pointdecontrole, taille {point.taille}")
        else:
            bonnes += 1
    yield Constat(f"{bonnes} têtes signées, chacune prolonge la précédente", bon=True)


def faute_de_la_tete(
    point: PointDeControle, noeuds: dict[tuple[int, int], bytes], nombre: int, clef: list[log.Verifier]
) -> str:
    try:
        tete = log.open_checkpoint(point.note, clef)
    except SealError as erreur:
        return f"la signature n'est pas valable ({erreur})"
    if tete.size != point.taille or tete.size > nombre:
        return f"la tête signée dit {tete.size} écritures"
    try:
        racine = log.root(tete.size, lambda niveau, indice: noeuds[niveau, indice])
    except KeyError:
        return "il manque des écritures sous cette tête signée"
    return "" if racine == tete.root else "la racine signée n'est pas celle de l'arbre"
