"""Éprouver le stockage par ce qu'une réponse lui demande : ce qu'il refuse, et quoi faire.

Un objet d'essai, sous une clé que personne n'a, du premier octet à l'effacement.
"""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass

from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.fondations.stockage import nouvelle_cle
from beffroi.socle.fondations.stockage.protocole import (
    BlobStore,
    CleInconnue,
    Partie,
    PartieRefusee,
    StockageEnPanne,
)

OCTETS = b"essai du stockage"
AUTRES = b"autres octets, no"
PLUS_TARD = " Réessayez dans un instant."


@dataclass(frozen=True)
class Epreuve:
    """Un geste essayé ; `refus` dit ce qui l'a arrêté, vide s'il est passé, et `cause` le redit
    dans les mots de la machine.
    """

    geste: str
    refus: str = ""
    remede: str = ""
    cause: str = ""
    # Sans ce geste, une réponse ne se reçoit pas.
    arrete_les_reponses: bool = True

    @property
    def reussie(self) -> bool:
        return not self.refus

    @property
    def en_bref(self) -> str:
        return f"{self.geste} : {self.refus}"


@dataclass(frozen=True)
class Geste:
    """Ce que la plateforme demande, et ce qu'il faut donner quand c'est refusé."""

    nom: str
    faire: Callable[[BlobStore, str], None]
    remede: str
    # Refusé, il ne laisse rien à essayer.
    porte_la_suite: bool = False
    arrete_les_reponses: bool = True

    def essayer(self, magasin: BlobStore, cle: str) -> Epreuve:
        try:
            self.faire(magasin, cle)
        except CleInconnue:
            return self.refuse("Ce qui y est écrit ne s'y retrouve pas.")
        except ErreurMetier as refus:
            return self.refuse(refus.message.removesuffix(PLUS_TARD), refus.__cause__)
        except Exception as inattendue:  # noqa: BLE001  quelle que soit la panne, elle se dit
            return self.refuse("Le stockage a répondu de travers.", inattendue)
        return Epreuve(self.nom)

    def refuse(self, refus: str, cause: BaseException | None = None) -> Epreuve:
        dite = f"{type(cause).__name__}, {cause}" if cause else ""
        return Epreuve(self.nom, refus, self.remede, dite, self.arrete_les_reponses)


def eprouver(magasin: BlobStore) -> list[Epreuve]:
    """Chaque geste, dans l'ordre d'une réponse, jusqu'à celui qui ne laisse rien à essayer."""
    cle, epreuves = nouvelle_cle("essai"), list[Epreuve]()
    for geste in GESTES:
        epreuves.append(geste.essayer(magasin, cle))
        if geste.porte_la_suite and not epreuves[-1].reussie:
            break
    return epreuves


def repondre(magasin: BlobStore, cle: str) -> None:
    magasin.repondre()


def ecrire(magasin: BlobStore, cle: str) -> None:
    magasin.ecrire(cle, io.BytesIO(OCTETS))


def relire(magasin: BlobStore, cle: str) -> None:
    with magasin.lire(cle) as flux:
        if flux.read() != OCTETS:
            raise StockageEnPanne("Ce n'est pas ce qui a été écrit.")


def recevoir_par_parties(magasin: BlobStore, cle: str) -> None:
    envoi = magasin.commencer(cle + "-parties")
    partie = Partie(1, len(OCTETS), hashlib.sha256(OCTETS).hexdigest())
    try:
        magasin.ecrire_partie(envoi, partie, io.BytesIO(OCTETS))
    finally:
        magasin.abandonner(envoi)


def refuser_une_partie_abimee(magasin: BlobStore, cle: str) -> None:
    """D'autres octets que ceux de l'empreinte annoncée : c'est leur refus qui est attendu."""
    envoi = magasin.commencer(cle + "-abimee")
    partie = Partie(1, len(AUTRES), hashlib.sha256(OCTETS).hexdigest())
    try:
        magasin.ecrire_partie(envoi, partie, io.BytesIO(AUTRES))
    except (PartieRefusee, StockageEnPanne):
        return
    finally:
        magasin.abandonner(envoi)
    raise StockageEnPanne("Il a gardé d'autres octets que ceux de l'empreinte annoncée.")


def se_taire_a_tout_autre(magasin: BlobStore, cle: str) -> None:
    if magasin.se_lit_sans_acces(cle):
        raise StockageEnPanne("Le premier venu y lit les fichiers, sans aucun accès.")


def effacer(magasin: BlobStore, cle: str) -> None:
    magasin.supprimer(cle)


GESTES = (
    Geste(
        "Répondre",
        repondre,
        "vérifiez son adresse, le réseau et son certificat ; le nom du compartiment ; "
        "l'identifiant, la clé, et le droit de lister (ListBucket). Sur un disque, le dossier et "
        "ses droits.",
        porte_la_suite=True,
    ),
    Geste(
        "Écrire un fichier",
        ecrire,
        "donnez à cet accès le droit d'écrire (PutObject) ; plein, agrandissez-le, ou relevez "
        "son quota.",
        porte_la_suite=True,
    ),
    Geste("Le relire", relire, "donnez à cet accès le droit de lire (GetObject)."),
    Geste(
        "Recevoir par parties",
        recevoir_par_parties,
        "donnez à cet accès le droit d'envoyer par parties (PutObject, ListMultipartUploadParts, "
        "AbortMultipartUpload).",
    ),
    Geste(
        "Refuser une partie abîmée",
        refuser_une_partie_abimee,
        "prenez un service qui vérifie l'empreinte SHA-256 de chaque partie (SeaweedFS, Ceph, un "
        "hébergeur).",
    ),
    Geste(
        "Se taire à tout autre",
        se_taire_a_tout_autre,
        "fermez le compartiment au public : retirez l'accès anonyme de sa politique, aujourd'hui. "
        "Puis dites-le à qui répond des données : c'est une violation possible.",
        arrete_les_reponses=False,
    ),
    Geste(
        "L'effacer",
        effacer,
        "donnez à cet accès le droit d'effacer (DeleteObject).",
        arrete_les_reponses=False,
    ),
)
