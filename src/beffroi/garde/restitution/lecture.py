"""Lire et vérifier une archive de restitution, d'où qu'elle vienne :
bornée, bloc par bloc, sans base ni réseau.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePath
from typing import Any, BinaryIO

from cryptography import x509

from beffroi.garde.restitution import forme
from formats.phrases_du_sceau import en_francais
from formats.seda import Archive, PaquetIllisible
from sceau import SealError, handover, log, timestamp
from sceau.evidence import Check
from sceau.segment import Segment

OCTETS_DU_MANIFESTE = 64_000_000
OCTETS_D_UN_JSON = 64_000_000
OCTETS_D_UNE_LIGNE = 4_000_000
FAUTES_DITES = 50
DU_SEGMENT = {
    "entries": "chaque écriture du journal est au registre",
    "entry_timestamps": "l'horodatage de chaque écriture porte sur elle",
    "qualified_timestamp": "l'horodatage qualifié",
    "lines": "chaque ligne de cahier est de celles que le registre a retenues",
}
_MAL_FORME = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


class ArchiveRefusee(ValueError):
    """Cette archive ne se lit pas, ou n'est pas ce qu'elle dit ; la phrase dit pourquoi."""


class Manque(Enum):
    """Ce qu'il faudrait connaître d'ailleurs que de l'archive."""

    CLE = auto()
    AUTORITE = auto()
    CLES_D_AILLEURS = auto()
    REGISTRE = auto()


@dataclass(frozen=True, slots=True)
class Controle:
    """Un contrôle, une ligne.
    `bon` vaut None quand rien n'était à conclure, mais que cela doit se savoir.

    `qualifie` : ce que l'on sait des jetons qualifiés, à dire selon les racines données. `manque` :
    l'archive en porte une, qui ne prouve que son accord avec elle-même.
    """

    quoi: str
    bon: bool | None
    detail: str = ""
    qualifie: Check | None = None
    manque: Manque | None = None


class Rendue:
    """Une archive ouverte. Rien n'est cru de ce qu'elle dit avant `controler`."""

    def __init__(self, flux: BinaryIO) -> None:
        try:
            self.archive = Archive(flux)
        except PaquetIllisible as refus:
            raise ArchiveRefusee(str(refus)) from refus
        if self.archive.defauts:
            raise ArchiveRefusee(str(self.archive.defauts[0]))
        self.octets_du_manifeste = self.lire(forme.MANIFESTE, OCTETS_DU_MANIFESTE)
        self.manifeste = _objet(self.octets_du_manifeste)
        if self.manifeste.get("format") != forme.FORMAT:
            raise ArchiveRefusee(
                "Cette archive n'est pas une restitution de Beffroi, ou d'une version inconnue."
            )

    @property
    def sha256(self) -> str:
        """Ce qui la désigne : l'empreinte de son manifeste."""
        return hashlib.sha256(self.octets_du_manifeste).hexdigest()

    def empreintes(self) -> set[str]:
        """Les SHA-256 que le manifeste dit ; vide s'il est mal formé."""
        dits = self.manifeste.get("fichiers")
        return (
            {str(dit.get("sha256")) for dit in dits.values() if isinstance(dit, dict)}
            if isinstance(dits, dict)
            else set()
        )

    def lire(self, nom: str, au_plus: int = OCTETS_D_UN_JSON) -> bytes:
        """Un fichier court, d'un bloc."""
        if self.archive.noms.get(nom, au_plus + 1) > au_plus or not self.archive.est_lisible(nom):
            raise ArchiveRefusee(f"{nom} manque à cette archive, ou est démesuré.")
        return b"".join(self.blocs(nom))

    def json(self, nom: str) -> dict[str, Any]:
        return _objet(self.lire(nom))

    def blocs(self, nom: str) -> Iterator[bytes]:
        if not self.archive.est_lisible(nom):
            raise ArchiveRefusee(f"{nom} manque à cette archive.")
        try:
            yield from self.archive.blocs(nom)
        except PaquetIllisible as panne:
            raise ArchiveRefusee(str(panne)) from panne


def est_une_restitution(flux: BinaryIO) -> bool:
    """Si elle dit en être une ; rien d'autre n'est vérifié."""
    try:
        return bool(Rendue(flux).manifeste)
    except ArchiveRefusee:
        return False


def controler(
    rendue: Rendue,
    *,
    cles: Sequence[log.Verifier] = (),
    autorites: Sequence[x509.Certificate] = (),
    racines: Sequence[x509.Certificate] = (),
) -> Iterator[Controle]:
    """Le jeton, puis chaque fichier, puis le journal et ses jetons.

    Rien n'est levé, quoi qu'elle contienne.
    """
    yield from _confiance(cles, autorites)
    yield _tente("l'horodatage porte sur ce manifeste", lambda: _horodatage(rendue, autorites))
    fautes = list(_fautes(rendue))
    yield Controle(
        "chaque fichier est celui du manifeste",
        bon=not fautes,
        detail=f"{len(rendue.archive.noms)} fichiers",
    )
    yield from (Controle(nom, bon=False, detail=faute) for nom, faute in fautes[:FAUTES_DITES])
    yield from _du_journal(rendue, cles, autorites, racines)
    yield from _apportees(rendue, cles, autorites)


def _du_journal(
    rendue: Rendue,
    cles: Sequence[log.Verifier],
    autorites: Sequence[x509.Certificate],
    racines: Sequence[x509.Certificate],
) -> Iterator[Controle]:
    try:
        segment = _segment(rendue, cles, autorites, racines)
    except (ArchiveRefusee, SealError, *_MAL_FORME) as refus:
        yield Controle(DU_SEGMENT["entries"], bon=False, detail=_dit(refus))
        return
    if segment.proved < segment.count:
        yield Controle(DU_SEGMENT["entries"], bon=False, detail="une écriture n'a pas de preuve")
    yield from du_segment(segment)


def _confiance(
    cles: Sequence[log.Verifier], autorites: Sequence[x509.Certificate]
) -> Iterator[Controle]:
    quoi = "une clé vient de l'archive elle-même"
    if not cles:
        yield Controle(quoi, bon=None, detail=forme.CLE_DU_JOURNAL, manque=Manque.CLE)
    if not autorites:
        yield Controle(quoi, bon=None, detail=forme.AUTORITE, manque=Manque.AUTORITE)


def _tente(quoi: str, controle: Any) -> Controle:
    try:
        return Controle(quoi, bon=True, detail=controle())
    except (ArchiveRefusee, SealError, *_MAL_FORME) as refus:
        return Controle(quoi, bon=False, detail=_dit(refus))


def _dit(refus: Exception) -> str:
    """Ce que nous disons nous-mêmes ; d'une valeur mal formée, rien que cela."""
    if isinstance(refus, SealError):
        return refus.said
    return (
        str(refus)
        if isinstance(refus, ArchiveRefusee)
        else "une valeur manque, ou n'a pas sa forme"
    )


def _horodatage(rendue: Rendue, autorites: Sequence[x509.Certificate]) -> str:
    racines = autorites or timestamp.load_roots(rendue.lire(forme.AUTORITE))
    return _date(rendue.octets_du_manifeste, rendue.lire(forme.JETON), racines)


def _date(manifeste: bytes, jeton: bytes, racines: Sequence[x509.Certificate]) -> str:
    lu = timestamp.verify(
        timestamp.parse_response(jeton), hashlib.sha256(manifeste).digest(), racines
    )
    return f"{lu.time.isoformat()}, {lu.authority}"


def _fautes(rendue: Rendue) -> Iterator[tuple[str, str]]:
    dits = rendue.manifeste.get("fichiers")
    if not isinstance(dits, dict):
        yield forme.MANIFESTE, "ne nomme aucun fichier"
        return
    presents = rendue.archive.noms.keys() - {forme.MANIFESTE, forme.JETON}
    yield from ((nom, "n'est pas au manifeste") for nom in sorted(presents - dits.keys()))
    for nom, dit in sorted(dits.items()):
        if nom not in presents:
            yield nom, "manque"
            continue
        try:
            sha256, taille = empreinte(rendue.blocs(nom))
            if (sha256, taille) != (dit["sha256"], dit["taille"]):
                yield nom, "n'a plus l'empreinte que le manifeste dit"
        except ArchiveRefusee as refus:
            yield nom, str(refus)
        except _MAL_FORME:
            yield nom, "le manifeste le décrit mal"


def empreinte(blocs: Iterator[bytes]) -> tuple[str, int]:
    condense, taille = hashlib.sha256(), 0
    for bloc in blocs:
        condense.update(bloc)
        taille += len(bloc)
    return condense.hexdigest(), taille


def du_segment(segment: Segment) -> Iterator[Controle]:
    """Ce qui se dit du journal qu'une archive emporte, sorte par sorte."""
    for controle in segment.checks():
        bon = {"ok": True, "failed": False}.get(controle.outcome)
        detail = en_francais(controle.detail)
        if controle.code == "entries" and bon:
            detail = f"{segment.proved} écritures sur {segment.count}"
        qualifie = controle if controle.code == "qualified_timestamp" else None
        doute = controle.code == "entries" and bon is None
        yield Controle(
            DU_SEGMENT[controle.code],
            bon=bon,
            detail=detail,
            qualifie=qualifie,
            manque=Manque.REGISTRE if doute else None,
        )


def _segment(
    rendue: Rendue,
    cles: Sequence[log.Verifier],
    autorites: Sequence[x509.Certificate],
    racines: Sequence[x509.Certificate],
) -> Segment:
    """Les registres de toutes les consultations, tels que l'archive les porte ;
    rien de celles qui sont en cours.
    """
    connues = cles or [
        log.Verifier(ligne)
        for ligne in rendue.lire(forme.CLE_DU_JOURNAL).decode().splitlines()
        if ligne
    ]
    toutes = handover.follow(connues, _releves(rendue, forme.RELEVES))
    segment = Segment(log_keys=toutes, qualified_roots=racines)
    for reference in rendue.manifeste["consultations"]:
        pieces = rendue.json(forme.donnees_de(reference))["pieces"]
        _lire_le_registre(segment, rendue, pieces, autorites=autorites)
    return segment


def _releves(rendue: Rendue, chemin: str | None) -> list[Mapping[str, Any]]:
    """Ce qui mène d'une clé de ce registre à l'autre ; rien d'un registre qui n'en a pas changé."""
    porte = chemin is not None and chemin in rendue.archive.noms
    return handover.load(rendue.lire(chemin)) if chemin and porte else []


def cle_d_origine(rendue: Rendue) -> str:
    return rendue.lire(forme.CLE_DU_JOURNAL).decode().strip()


def mene_a_cette_archive(cle: str, rendue: Rendue) -> bool:
    """Une clé déjà connue d'un registre a-t-elle elle-même passé la main à celle de cette archive ?
    Que celle-ci le dise ne suffit pas.
    """
    suivies = handover.follow([log.Verifier(cle)], _releves(rendue, forme.RELEVES))
    return cle_d_origine(rendue) in {une.vkey for une in suivies}


def _lire_le_registre(
    segment: Segment,
    rendue: Rendue,
    pieces: Sequence[dict[str, Any]],
    *,
    autorites: Sequence[x509.Certificate],
) -> None:
    chemins = {piece["nom"]: piece["chemin"] for piece in pieces if piece["sorte"] == forme.PREUVES}
    lire_le_segment(segment, chemins, rendue.blocs, autorites=autorites)


def lire_le_segment(
    segment: Segment,
    chemins: Mapping[str, str],
    blocs: Callable[[str], Iterator[bytes]],
    *,
    autorites: Sequence[x509.Certificate],
) -> None:
    """`chemins` : où sont les fichiers du segment, par leur nom ;
    un paquet d'avant n'a ni têtes, ni lignes.
    """
    if forme.JOURNAL not in chemins:
        return
    if forme.TETES in chemins:
        segment.heads(_court(blocs(chemins[forme.TETES])))
    sous = autorites or timestamp.load_roots(_court(blocs(chemins[forme.CERTIFICATS])))
    segment.entries(lignes(blocs(chemins[forme.JOURNAL])), roots=sous)
    if forme.LIGNES in chemins:
        segment.batches(lignes(blocs(chemins[forme.LIGNES])))


def releves_jointes(
    chemins: Mapping[str, str], blocs: Callable[[str], Iterator[bytes]]
) -> list[Mapping[str, Any]]:
    """Celles qu'un paquet porte, pour aller d'une clé de son registre à l'autre."""
    chemin = chemins.get(PurePath(forme.RELEVES).name)
    return handover.load(_court(blocs(chemin))) if chemin else []


def _court(blocs: Iterator[bytes]) -> bytes:
    lu = bytearray()
    for bloc in blocs:
        lu += bloc
        if len(lu) > OCTETS_D_UN_JSON:
            raise ArchiveRefusee("Un fichier du journal est démesuré.")
    return bytes(lu)


def apportees(rendue: Rendue) -> list[dict[str, Any]]:
    """Ce que l'organisme avait repris là-bas ;
    une archive d'avant que cela n'y soit n'en dit rien.
    """
    return [
        rendue.json(forme.donnees_de_la_reprise(reference))
        for reference in rendue.manifeste.get("reprises", ())
    ]


def pieces_de_l_apportee(dite: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from dite["pieces"]
    for consultation in dite["consultations"]:
        yield from consultation["pieces"]


def _apportees(
    rendue: Rendue, cles: Sequence[log.Verifier], autorites: Sequence[x509.Certificate]
) -> Iterator[Controle]:
    """Chacune sous la clé de la plateforme d'où elle vient, et au manifeste qu'elle y avait."""
    try:
        dites = [
            (dite, f"venu de {dite['origine']}, archive {dite['restitution']}")
            for dite in apportees(rendue)
        ]
    except _MAL_FORME as refus:
        yield Controle("ce qui venait d'ailleurs", bon=False, detail=_dit(refus))
        return
    for dite, d_ou in dites:
        preuves = {
            piece["nom"]: piece["chemin"]
            for piece in dite["pieces"]
            if piece["etape"] == forme.ORIGINE
        }
        if not _est_connue(rendue, dite, preuves, cles, autorites):
            yield Controle(
                f"{d_ou} : sa clé et son certificat viennent de l'archive",
                bon=None,
                manque=Manque.CLES_D_AILLEURS,
            )
        yield _tente(
            f"{d_ou} : chaque fichier y est", lambda dite=dite: _fichiers_venus(rendue, dite)
        )
        quoi = f"{d_ou} : chaque écriture est à son registre"
        yield _tente(quoi, lambda dite=dite, preuves=preuves: _registre_venu(rendue, dite, preuves))
        if preuves:
            quoi = f"{d_ou} : son manifeste, daté là-bas, nomme chaque fichier"
            yield _tente(
                quoi, lambda dite=dite, preuves=preuves: _manifeste_venu(rendue, dite, preuves)
            )


def _est_connue(
    rendue: Rendue,
    dite: dict[str, Any],
    preuves: dict[str, str],
    cles: Sequence[log.Verifier],
    autorites: Sequence[x509.Certificate],
) -> bool:
    """Le registre et l'horodatage de la plateforme d'origine sont de ceux que l'on donne."""
    try:
        siennes = set(_autorites_venues(rendue, preuves))
    except (ArchiveRefusee, SealError):
        return False
    connue = dite.get("cle_d_origine") in {cle.vkey for cle in cles}
    return connue and bool(siennes) and siennes <= set(autorites)


def _fichiers_venus(rendue: Rendue, dite: dict[str, Any]) -> str:
    """Le manifeste de cette archive-ci, déjà contrôlé, tient les octets :
    ce qui est dit de chacun en est l'empreinte.
    """
    nombre = 0
    for piece in pieces_de_l_apportee(dite):
        if rendue.manifeste["fichiers"][piece["chemin"]]["sha256"] != piece["sha256"]:
            raise ArchiveRefusee(f"{piece['chemin']} n'a pas l'empreinte que sa description dit.")
        nombre += 1
    return f"{nombre} fichiers"


def _registre_venu(rendue: Rendue, dite: dict[str, Any], preuves: dict[str, str]) -> str:
    presente = [log.Verifier(dite["cle_d_origine"])]
    venues = _releves(rendue, preuves.get(PurePath(forme.RELEVES).name))
    segment = Segment(log_keys=handover.follow(presente, venues))
    for consultation in dite["consultations"]:
        pieces = consultation["pieces"]
        porte = any(
            piece["nom"] == forme.CERTIFICATS and piece["sorte"] == forme.PREUVES
            for piece in pieces
        )
        autorites = () if porte else _autorites_venues(rendue, preuves)
        _lire_le_registre(segment, rendue, pieces, autorites=autorites)
    fautifs = [controle for controle in du_segment(segment) if controle.bon is False]
    if fautifs or segment.proved < segment.count:
        raise ArchiveRefusee(fautifs[0].detail if fautifs else "Une écriture n'a pas de preuve.")
    return f"{segment.count} écritures"


def _autorites_venues(rendue: Rendue, preuves: dict[str, str]) -> Sequence[x509.Certificate]:
    """Le certificat de l'archive d'origine, s'il a été gardé avec elle."""
    nom = PurePath(forme.AUTORITE).name
    return timestamp.load_roots(rendue.lire(preuves[nom])) if nom in preuves else ()


def _manifeste_venu(rendue: Rendue, dite: dict[str, Any], preuves: dict[str, str]) -> str:
    octets = rendue.lire(preuves[forme.MANIFESTE], OCTETS_DU_MANIFESTE)
    if hashlib.sha256(octets).hexdigest() != dite["manifeste"]:
        raise ArchiveRefusee("Ce n'est pas le manifeste de l'archive d'origine.")
    nommes = {fichier["sha256"] for fichier in _objet(octets)["fichiers"].values()}
    for piece in pieces_de_l_apportee(dite):
        if piece["etape"] != forme.ORIGINE and piece["sha256"] not in nommes:
            raise ArchiveRefusee(f"{piece['chemin']} n'était pas dans l'archive d'origine.")
    return _date(octets, rendue.lire(preuves[forme.JETON]), _autorites_venues(rendue, preuves))


def lignes(blocs: Iterator[bytes]) -> Iterator[bytes]:
    """Les lignes d'un flux, une à la fois ; une ligne démesurée se refuse."""
    reste = b""
    for bloc in blocs:
        *entieres, reste = (reste + bloc).split(b"\n")
        yield from (ligne for ligne in entieres if ligne)
        if len(reste) > OCTETS_D_UNE_LIGNE:
            raise ArchiveRefusee("Une ligne du journal est démesurée.")
    if reste:
        yield reste


def _objet(octets: bytes) -> dict[str, Any]:
    try:
        lu = json.loads(octets)
    except (ValueError, RecursionError) as mal_forme:
        raise ArchiveRefusee("Un fichier JSON de cette archive ne se lit pas.") from mal_forme
    if not isinstance(lu, dict):
        raise ArchiveRefusee("Un fichier JSON de cette archive n'a pas sa forme.")
    return lu
