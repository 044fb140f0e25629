"""Desceller une enveloppe :
ouvrir le manifeste, puis chaque fichier, en flux, et noter ce qui ne concorde pas.

Rien ne s'écrit ici dans la base. Un fichier illisible n'arrête pas les autres.
"""

import hashlib
import io
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from beffroi.reponse.depots.limits import OCTETS_D_UN_MANIFESTE
from beffroi.seance.coffre import manifeste as manifestes
from beffroi.seance.coffre.constats import Constat, cause_du_refus, du_fichier
from beffroi.seance.coffre.errors import LectureImpossible, ScelleNonRendu
from beffroi.seance.coffre.manifeste import Manifeste, ManifesteIllisible
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.stockage import BlobStore, Ecrit, StockageEnPanne
from sceau import SealError, unseal
from sceau.keys import Opener
from sceau.profile import PART_SIZE, PREFIX_SIZE, root

BLOC = 1024 * 1024
Lecture = Callable[["FichierAOuvrir"], BinaryIO]
# Le stockage ne rend rien, ou s'arrête en route : cela peut passer, et n'accuse pas l'enveloppe.
PANNES = (OSError, LectureImpossible, StockageEnPanne)


@dataclass(frozen=True)
class FichierAOuvrir:
    """Un fichier scellé, tel que le récépissé le décrit."""

    nom: str
    racine: str
    sha256: str
    cle_de_stockage: str


@dataclass(frozen=True)
class EnveloppeAOuvrir:
    """Une enveloppe scellée, avec ce que le récépissé engage."""

    reference: str
    sorte: str
    lot: int | None
    consultation: str
    engagement: str
    manifeste: FichierAOuvrir
    fichiers: tuple[FichierAOuvrir, ...]


@dataclass(frozen=True)
class FichierSorti:
    """Un fichier en clair, rangé au stockage."""

    nom: str
    taille: int
    sha256: str
    cle_de_stockage: str
    constats: tuple[Constat, ...]


@dataclass
class Contenu:
    """Ce que l'enveloppe contenait, et ce qu'on en constate."""

    fichiers: list[FichierSorti] = field(default_factory=list)
    constats: list[Constat] = field(default_factory=list)

    @property
    def est_illisible(self) -> bool:
        return not self.fichiers

    @property
    def tous_les_constats(self) -> list[Constat]:
        """Ceux de l'enveloppe, puis ceux de chaque fichier."""
        return [
            *self.constats,
            *(constat for fichier in self.fichiers for constat in fichier.constats),
        ]


@dataclass(frozen=True)
class Etabli:
    """De quoi travailler :
    la clé, les scellés, le rangement des clairs, et le signe de vie à donner.

    `sans_les_manquants` :
    ce que le stockage ne rend pas devient un constat, au lieu d'arrêter l'ouverture.
    """

    cle: Opener
    lire: Lecture
    clairs: BlobStore
    prefixe: str
    signe_de_vie: Callable[[], None]
    sans_les_manquants: bool = False

    def supporter(self, panne: Exception, *, nom: str) -> None:
        """Une panne du stockage arrête tout,
        sauf si l'on a décidé d'ouvrir sans ce qu'il ne rend pas.
        """
        if isinstance(panne, PANNES) and not self.sans_les_manquants:
            raise ScelleNonRendu(nom) from panne


class FluxControle(io.RawIOBase):
    """Lit un scellé en calculant son SHA-256 et la racine de ses parties."""

    def __init__(self, source: BinaryIO, signe_de_vie: Callable[[], None]) -> None:
        self._source, self._signe_de_vie = source, signe_de_vie
        self._entier, self._partie = hashlib.sha256(), hashlib.sha256()
        self._reste, self._parties = PREFIX_SIZE + PART_SIZE, list[bytes]()

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: "bytearray | memoryview") -> int:  # type: ignore[override]
        try:
            octets = self._source.read(len(tampon))
        except Exception as cause:  # chaque stockage a ses propres pannes de lecture
            raise LectureImpossible(str(cause)) from cause
        tampon[: len(octets)] = octets
        self._compter(octets)
        self._signe_de_vie()
        return len(octets)

    def achever(self) -> tuple[str, str]:
        """Lit jusqu'au bout ; rend le SHA-256 et la racine."""
        while self.read(BLOC):
            pass
        return self._entier.hexdigest(), root([*self._parties, self._partie.digest()]).hex()

    def _compter(self, octets: bytes) -> None:
        self._entier.update(octets)
        while octets:
            if not self._reste:
                self._parties.append(self._partie.digest())
                self._partie, self._reste = hashlib.sha256(), PART_SIZE
            morceau, octets = octets[: self._reste], octets[self._reste :]
            self._partie.update(morceau)
            self._reste -= len(morceau)


def desceller_enveloppe(enveloppe: EnveloppeAOuvrir, *, etabli: Etabli) -> Contenu:
    """Ouvre tout ce qui s'ouvre ; chaque désaccord devient un constat."""
    contenu = Contenu()
    manifeste = lire_manifeste(enveloppe, etabli=etabli, constats=contenu.constats)
    for numero, fichier in enumerate(enveloppe.fichiers, start=1):
        sorti = ouvrir_fichier(
            fichier, cle=f"{etabli.prefixe}/{numero}", etabli=etabli, constats=contenu.constats
        )
        if sorti is not None:
            contenu.fichiers.append(confronter(sorti, fichier=fichier, manifeste=manifeste))
    if manifeste is not None:
        contenu.constats += [
            Constat("fichier_annonce_absent", nom=ligne.nom)
            for ligne in manifeste.absents([(f.nom, f.racine) for f in enveloppe.fichiers])
        ]
    return contenu


def lire_manifeste(
    enveloppe: EnveloppeAOuvrir, *, etabli: Etabli, constats: list[Constat]
) -> Manifeste | None:
    """Le manifeste scellé, comparé à l'engagement du récépissé."""
    clair = io.BytesIO()
    try:
        with etabli.lire(enveloppe.manifeste) as source:
            lu = io.BufferedReader(FluxControle(source, etabli.signe_de_vie), BLOC)
            unseal(lu, Borne(clair, OCTETS_D_UN_MANIFESTE), [etabli.cle])  # type: ignore[arg-type]
        manifeste = manifestes.lire(clair.getvalue())
    except (SealError, ManifesteIllisible, *PANNES) as erreur:
        etabli.supporter(erreur, nom=enveloppe.manifeste.nom)
        constats.append(Constat("manifeste_illisible", cause=cause_du_refus(erreur)))
        return None
    if hashlib.sha256(clair.getvalue()).hexdigest() != enveloppe.engagement:
        constats.append(Constat("manifeste_autre_que_l_engagement"))
    if (manifeste.consultation, manifeste.enveloppe, manifeste.lot) != (
        enveloppe.consultation,
        enveloppe.sorte,
        enveloppe.lot,
    ):
        constats.append(Constat("manifeste_d_une_autre_enveloppe"))
    return manifeste


def lire_un_scelle(scelle: bytes, *, cle: Opener) -> bytes:
    """Le contenu d'un petit scellé tenu en mémoire ; rien s'il ne s'ouvre pas avec cette clé."""
    clair = io.BytesIO()
    try:
        unseal(io.BytesIO(scelle), clair, [cle])
    except SealError:
        return b""
    return clair.getvalue()


def ouvrir_fichier(
    fichier: FichierAOuvrir, *, cle: str, etabli: Etabli, constats: list[Constat]
) -> FichierSorti | None:
    """Descelle un fichier vers le stockage ; rien n'y reste s'il est illisible."""
    try:
        with etabli.lire(fichier) as source:
            controle = FluxControle(source, etabli.signe_de_vie)
            ecrit = verser(controle, cle=cle, etabli=etabli)
            empreintes = controle.achever()
    except (SealError, *PANNES) as erreur:
        etabli.supporter(erreur, nom=fichier.nom)
        etabli.clairs.supprimer(cle)
        constats.append(Constat("fichier_illisible", nom=fichier.nom, cause=cause_du_refus(erreur)))
        return None
    return FichierSorti(
        nom=fichier.nom,
        taille=ecrit.taille,
        sha256=ecrit.sha256,
        cle_de_stockage=cle,
        constats=du_fichier(
            fichier.nom, attendues=(fichier.sha256, fichier.racine), lues=empreintes
        ),
    )


def confronter(
    sorti: FichierSorti, *, fichier: FichierAOuvrir, manifeste: Manifeste | None
) -> FichierSorti:
    """Compare le fichier sorti à ce que le manifeste en dit ; le nom du manifeste l'emporte."""
    if manifeste is None:
        return sorti
    ligne = manifeste.ligne(nom=fichier.nom, racine=fichier.racine)
    if ligne is None:
        constats = (*sorti.constats, Constat("fichier_hors_manifeste", nom=sorti.nom))
        return FichierSorti(**{**vars(sorti), "constats": constats})
    return FichierSorti(
        **{
            **vars(sorti),
            "nom": ligne.nom,
            "constats": (
                *sorti.constats,
                *ligne.desaccords(taille=sorti.taille, sha256=sorti.sha256),
            ),
        }
    )


def verser(source: io.RawIOBase, *, cle: str, etabli: Etabli) -> Ecrit:
    """Relie le descellement, qui écrit, au stockage, qui lit :
    un tube et un fil, en mémoire constante.
    """
    bout_lu, bout_ecrit = os.pipe()
    erreurs: list[Exception] = []

    def desceller() -> None:
        lu = io.BufferedReader(source, BLOC)
        try:
            with os.fdopen(bout_ecrit, "wb", buffering=BLOC) as cible:
                unseal(lu, cible, [etabli.cle])
                point_de_panne("ouverture.pendant_un_fichier")
        except Exception as erreur:  # noqa: BLE001  rendue à l'appelant, dans son fil
            erreurs.append(erreur)
        finally:
            lu.detach()

    fil = threading.Thread(target=desceller, daemon=True)
    with os.fdopen(bout_lu, "rb", buffering=BLOC) as tube:
        fil.start()
        try:
            ecrit = etabli.clairs.ecrire(cle, tube)
        finally:
            tube.close()
            fil.join()
    if erreurs:
        raise erreurs[0]
    return ecrit


class Borne(io.RawIOBase):
    """Un tampon qui refuse de dépasser sa taille : un manifeste n'a pas à remplir la mémoire."""

    def __init__(self, cible: io.BytesIO, limite: int) -> None:
        self._cible, self._limite = cible, limite

    def writable(self) -> bool:
        return True

    def write(self, octets: bytes) -> int:  # type: ignore[override]
        if self._cible.tell() + len(octets) > self._limite:
            raise ManifesteIllisible("Le manifeste est trop grand.")
        return self._cible.write(octets)
