"""Le lien entre les écritures et `sceau` :
contenu canonique, jeton, feuille, nœuds, tête signée.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, reduce
from itertools import batched
from operator import or_
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db.models import Q, QuerySet

from beffroi.socle.fondations.requetes import prete
from beffroi.socle.fondations.secrets_durables import secret_durable
from beffroi.socle.journal.models import Noeud
from sceau import SealError, log, receipt, timestamp

PREUVES_PAR_LOT = 500


def canonique(contenu: Mapping[str, Any]) -> str:
    """Le JSON canonique (RFC 8785) d'un enregistrement."""
    return receipt.canonical(contenu).decode("utf-8")


def instant(le: datetime) -> str:
    """Un instant en UTC, à la microseconde : `2027-01-12T10:58:07.412000Z`."""
    return le.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant_lu(texte: str) -> datetime:
    """L'instant qu'un contenu du journal a écrit ainsi, et d'aucune autre façon."""
    return datetime.strptime(texte, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def jeton_local(texte: str, *, le: datetime) -> bytes:
    """Le jeton d'horodatage que la plateforme donne tout de suite,
    sans dépendre de personne (RFC 3161).
    """
    empreinte = hashlib.sha256(texte.encode()).digest()
    return autorite_locale().issue(empreinte, le)


def feuille(texte: str, jeton: bytes) -> bytes:
    """Les 64 octets publics d'une écriture :
    ils ne révèlent ni l'entreprise, ni la consultation.
    """
    return log.leaf_data(texte.encode(), jeton)


def lire_les_sommets(taille: int) -> log.Read:
    """Les sommets des arbres pleins qui font le journal à cette taille, lus d'un trait :
    de quoi le signer ou l'étendre.
    """
    places = [
        (niveau, (taille >> niveau) - 1)
        for niveau in range(taille.bit_length())
        if taille >> niveau & 1
    ]
    niveaux = sorted({niveau for niveau, _ in places})
    indices = sorted({indice for _, indice in places})
    noeuds = _noeuds_parmi(niveaux, indices)
    sommets = {(niveau, indice): bytes(empreinte) for niveau, indice, empreinte in noeuds}
    return lambda niveau, indice: sommets[niveau, indice]


@prete
def _noeuds_parmi(
    niveaux: list[int], indices: list[int]
) -> QuerySet[Noeud, tuple[int, int, bytes | memoryview]]:
    noeuds = Noeud.objects.filter(niveau__in=niveaux, indice__in=indices)
    return noeuds.values_list("niveau", "indice", "empreinte")


def nouveaux_noeuds(numero: int, feuilles: Sequence[bytes]) -> tuple[list[Noeud], log.Read]:
    """Les sous-arbres que ces feuilles complètent à partir de `numero`,
    et de quoi lire les sommets de l'arbre étendu.
    """
    sommets = lire_les_sommets(numero)
    poses: dict[tuple[int, int], bytes] = {}

    def lire(niveau: int, indice: int) -> bytes:
        return poses[niveau, indice] if (niveau, indice) in poses else sommets(niveau, indice)

    for place, donnees in enumerate(feuilles, start=numero):
        for niveau, indice, empreinte in log.append_nodes(place, log.leaf_hash(donnees), lire):
            poses[niveau, indice] = empreinte
    noeuds = [
        Noeud(niveau=niveau, indice=indice, empreinte=empreinte)
        for (niveau, indice), empreinte in poses.items()
    ]
    return noeuds, lire


def note_signee(taille: int, lire: log.Read | None = None) -> str:
    """La tête du journal à cette taille, signée (C2SP signed-note) ;
    `lire` rend les sommets, si on les tient déjà.
    """
    tete = log.Checkpoint(
        settings.JOURNAL["origine"], taille, log.root(taille, lire or lire_les_sommets(taille))
    )
    return log.sign_note(tete.body(), signataire())


def preuve(numero: int, note: str) -> str:
    """La preuve que l'écriture est sous cette tête signée (C2SP tlog-proof)."""
    return next(preuves([(numero, note)]))


def preuves(sous: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Celles de plusieurs écritures, chacune sous sa tête :
    les sommets d'un lot se lisent ensemble.
    """
    for lot in batched(
        ((numero, log.Checkpoint.parse(note).size, note) for numero, note in sous), PREUVES_PAR_LOT
    ):
        lire = lire_les_chemins([(numero, taille) for numero, taille, _ in lot])
        for numero, taille, note in lot:
            yield log.Proof(numero, tuple(log.inclusion(numero, taille, lire)), note).encode()


def lire_les_chemins(feuilles: Iterable[tuple[int, int]]) -> log.Read:
    """De quoi prouver chaque feuille dans l'arbre de sa taille."""
    return lire_d_un_trait(
        lambda lire: [log.inclusion(numero, taille, lire) for numero, taille in feuilles]
    )


def sur_l_arbre[T](calculer: Callable[[log.Read], T]) -> T:
    """Le calcul, une fois lus d'un trait les nœuds dont il a besoin."""
    return calculer(lire_d_un_trait(calculer))


def lire_d_un_trait(calculer: Callable[[log.Read], object]) -> log.Read:
    """Les nœuds de ce calcul, lus ensemble : joué une fois pour rien, il dit lesquels."""
    voulus: dict[int, set[int]] = {}

    def noter(niveau: int, indice: int) -> bytes:
        voulus.setdefault(niveau, set()).add(indice)
        return b""

    calculer(noter)
    places = [Q(niveau=niveau, indice__in=indices) for niveau, indices in voulus.items()]
    noeuds = Noeud.objects.filter(reduce(or_, places)) if places else Noeud.objects.none()
    lus = {
        (niveau, indice): bytes(empreinte)
        for niveau, indice, empreinte in noeuds.values_list("niveau", "indice", "empreinte")
    }
    return lambda niveau, indice: lus[niveau, indice]


def signataire() -> log.Signer:
    """La clé qui signe les têtes ; créée au premier besoin, gardée dans le dossier des clés."""
    return lire_le_signataire(settings.JOURNAL["cle"], settings.JOURNAL["origine"])


def est_signee_d_ici(note: str) -> bool:
    """Notre clé a signé cette tête (C2SP checkpoint)."""
    try:
        log.open_checkpoint(note, [log.Verifier(signataire().vkey)])
    except SealError:
        return False
    return True


@cache
def lire_le_signataire(fichier: Path, origine: str) -> log.Signer:
    graine = secret_durable(fichier, lambda: log.Signer.generate(origine).seed.hex())
    return log.Signer(origine, bytes.fromhex(graine))


def autorite_locale() -> timestamp.Authority:
    """L'autorité d'horodatage de l'installation ; créée au premier besoin, à l'heure présente."""
    return lire_l_autorite(settings.HORODATAGE["cle"], settings.HORODATAGE["politique"])


@cache
def lire_l_autorite(fichier: Path, politique: str) -> timestamp.Authority:
    creer_l_autorite(fichier, le=datetime.now(UTC))
    return timestamp.Authority.load(
        fichier.read_bytes(), policy=politique or timestamp.UNREGISTERED_POLICY
    )


def creer_l_autorite(fichier: Path, *, le: datetime) -> None:
    """Crée l'autorité si elle n'existe pas encore ;
    ses jetons ne peuvent être antérieurs à `le`.
    """
    secret_durable(
        fichier,
        lambda: timestamp.Authority.create(le, settings.SERVICE["nom"]).save().decode("ascii"),
    )


def certificat_d_horodatage() -> str:
    """Le certificat racine de l'autorité locale, en PEM :
    avec lui, `openssl ts -verify` accepte nos jetons.
    """
    return autorite_locale().root_pem.decode("ascii")


def autorites_locales() -> list[x509.Certificate]:
    """La racine de l'autorité d'aujourd'hui, puis celles d'avant :
    un jeton se juge sous celle de son heure.
    """
    return [autorite_locale().root, *autorites_precedentes()]


def autorites_precedentes() -> list[x509.Certificate]:
    """Les racines remplacées, gardées dans leur dossier :
    chacune vaut pour les jetons faits pendant sa validité.
    """
    return [racine for racine in racines_rangees() if racine != autorite_locale().root]


def racines_rangees() -> list[x509.Certificate]:
    """Celles du dossier des autorités d'avant, sans créer celle d'aujourd'hui."""
    dossier: Path = settings.HORODATAGE["precedentes"]
    return [
        racine for fichier in sorted(dossier.glob("*.pem")) for racine in lire_une_racine(fichier)
    ]


@cache
def lire_une_racine(fichier: Path) -> tuple[x509.Certificate, ...]:
    """Les certificats qui en certifient d'autres :
    celui d'une unité d'horodatage n'est pas une racine.
    """
    certificats = timestamp.load_roots(fichier.read_bytes())
    return tuple(
        certificat for certificat in certificats if certificat.issuer == certificat.subject
    )


def certificat_du_jeton(texte: str, jeton: bytes) -> str:
    """La racine, en PEM, sous laquelle ce jeton fut émis ;
    celle d'aujourd'hui si aucune ne convient.
    """
    empreinte = hashlib.sha256(texte.encode()).digest()
    for racine in autorites_locales():
        with suppress(SealError):
            timestamp.verify(jeton, empreinte, [racine])
            return en_pem(racine)
    return certificat_d_horodatage()


def certificats_d_horodatage() -> str:
    """Toutes les racines locales, en PEM, la présente d'abord :
    de quoi juger un jeton de n'importe quelle année.
    """
    return "".join(map(en_pem, autorites_locales()))


def en_pem(certificat: x509.Certificate) -> str:
    return certificat.public_bytes(Encoding.PEM).decode("ascii")


def signer_une_note(texte: str) -> str:
    """Un texte signé par la clé du registre, hors du registre.

    Sa première ligne n'est jamais le nom d'un journal.
    """
    if texte.split("\n", 1)[0] == settings.JOURNAL["origine"]:
        raise ValueError("Une note qui commence par le nom du journal serait une tête.")
    return log.sign_note(texte, signataire())
