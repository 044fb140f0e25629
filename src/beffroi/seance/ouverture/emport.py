"""Ce qu'une personne emporte pour ouvrir sans la plateforme :
les plis scellés, sa part de chaque clé, ses fentes.

Rien ici n'est en clair : ce qui part est ce que le serveur garde.
L'archive s'écrit au fil de l'eau, sans place au disque.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.template.loader import render_to_string

from beffroi.personnes.cles import queries as cles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.coffre import flux_scelle
from beffroi.seance.ouverture import queries
from beffroi.seance.ouverture.models import OuverturePli, Seance
from formats.dates import PARIS

_LECTURE_OCTETS = 256 * 1024
_NOM_AU_PLUS = 80
_GENANTS = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]'
)
# Une clé d'accès ne se lit que dans un navigateur : sa fente n'ouvrirait rien ici.
_SORTES_LISIBLES = ("phrase", "secours")


@dataclass(frozen=True)
class Piece:
    """Une entrée de l'archive : où elle va, ce qu'elle était, d'où elle vient."""

    chemin: str
    nom: str
    lire: Callable[[], BinaryIO]
    taille: int


def pieces_de(
    seance: Seance, personne: Utilisateur, *, avec_les_plis: bool, le: datetime
) -> list[Piece]:
    """Un gardien n'emporte que ce qui est à lui :
    sa part et ses fentes, jamais les fichiers de l'acheteur.
    """
    siennes = [*ses_fentes(seance, personne), *ses_parts(seance, personne)]
    return [*siennes, *(plis_scelles(seance, le=le) if avec_les_plis else [])]


def ses_fentes(seance: Seance, personne: Utilisateur) -> list[Piece]:
    """Celles de l'identité qui ouvre sa part, fût-elle remplacée depuis."""
    identites = {
        part.identite_id: part.identite for part in queries.parts_de(seance, personne).values()
    }
    return [
        _octets(
            f"fentes/{_nom_sur(personne.nom)}-{fente.sorte}-{fente.reference}.age",
            fente.nom,
            bytes(fente.contenu),
        )
        for identite in identites.values()
        for fente in cles.fentes_essayees(identite)
        .filter(sorte__in=_SORTES_LISIBLES)
        .order_by("pk")
    ]


def ses_parts(seance: Seance, personne: Utilisateur) -> list[Piece]:
    """Une par clé, chacune dans son dossier : les parts de deux clés ne se mêlent pas."""
    return [
        _octets(
            f"parts/{sorte}/{_nom_sur(personne.nom)}-{part.reference}.age",
            sorte,
            bytes(part.contenu),
        )
        for sorte, part in queries.parts_de(seance, personne).items()
    ]


def plis_scelles(seance: Seance, *, le: datetime) -> list[Piece]:
    """Les enveloppes que la séance propose, hors celles qu'elle laisse scellées :
    manifeste, puis fichiers.
    """
    proposees = [o for o in queries.ouvertures_de(seance) if o.etat != OuverturePli.Etat.ECARTEE]
    return [piece for ouverture in proposees for piece in pieces_de_l_enveloppe(ouverture, le=le)]


def pieces_de_l_enveloppe(ouverture: OuverturePli, *, le: datetime) -> list[Piece]:
    enveloppe = ouverture.enveloppe
    dossier = f"enveloppes/{enveloppe.sorte}/{ouverture.pli.reference}" + (
        f"-lot-{enveloppe.lot}" if enveloppe.lot else ""
    )
    scelles = [enveloppe.manifeste, *enveloppe.fichiers.order_by("pk")]
    return [
        Piece(
            chemin=f"{dossier}/{rang:02d}-{_nom_sur(scelle.nom.removesuffix('.age'))}.age",
            nom=scelle.nom,
            lire=lambda scelle=scelle: flux_scelle(scelle, le),  # type: ignore[misc]
            taille=scelle.taille,
        )
        for rang, scelle in enumerate(scelles)
    ]


def archive(pieces: list[Piece], seance: Seance, *, le: datetime) -> Iterator[bytes]:
    """Le ZIP, morceau après morceau ;
    rien n'est compressé, ce qui est scellé ne se comprime pas.
    """
    sortie = _Sortie()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED, allowZip64=True) as zip_:
        zip_.writestr(_entree("LISEZMOI.txt", le), mode_d_emploi(pieces, seance))
        for piece in pieces:
            entree = _entree(piece.chemin, le)
            entree.file_size = piece.taille
            with piece.lire() as source, zip_.open(entree, "w", force_zip64=True) as cible:
                while morceau := source.read(_LECTURE_OCTETS):
                    cible.write(morceau)
                    yield sortie.vider()
    yield sortie.vider()


def mode_d_emploi(pieces: list[Piece], seance: Seance) -> str:
    contexte = {
        "seance": seance,
        "consultation": seance.consultation,
        "paires": seance.paires_de_cles,
        "seuil": queries.seuil_de(seance),
        "plis": [piece for piece in pieces if piece.chemin.startswith("enveloppes/")],
    }
    return render_to_string("ouverture/hors_ligne.txt", contexte)


def _octets(chemin: str, nom: str, contenu: bytes) -> Piece:
    return Piece(chemin=chemin, nom=nom, lire=lambda: io.BytesIO(contenu), taille=len(contenu))


def _nom_sur(nom: str) -> str:
    """Un nom venu d'ailleurs, sans ce qui sortirait du dossier ou tromperait l'œil ;
    le rang le distingue des autres.
    """
    propre = _GENANTS.sub("_", nom).strip(" .") or "fichier"
    if len(propre) <= _NOM_AU_PLUS:
        return propre
    racine, point, extension = propre.rpartition(".")
    if not point or len(extension) > 10:
        return propre[:_NOM_AU_PLUS]
    return f"{racine[: _NOM_AU_PLUS - len(extension) - 1]}.{extension}"


def _entree(nom: str, date: datetime) -> zipfile.ZipInfo:
    entree = zipfile.ZipInfo(nom, date.astimezone(PARIS).timetuple()[:6])
    entree.external_attr = 0o600 << 16
    return entree


class _Sortie:
    """Un fichier où l'on ne fait qu'écrire, vidé à mesure."""

    def __init__(self) -> None:
        self._ecrits: list[bytes] = []

    def write(self, octets: bytes) -> int:
        self._ecrits.append(bytes(octets))
        return len(octets)

    def flush(self) -> None:
        """Rien n'est retenu."""

    def close(self) -> None:
        """Rien n'est à fermer."""

    def vider(self) -> bytes:
        tout, self._ecrits = b"".join(self._ecrits), []
        return tout
