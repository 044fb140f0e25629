"""Signer ici : le document, une clé prêtée le temps d'une signature, puis le même chemin qu'un fichier signé ailleurs."""

from datetime import datetime
from hashlib import sha256
from pathlib import PurePath

from beffroi.journal.acteurs import Acteur
from beffroi.journal.ports import horodateur
from beffroi.marches import documents, suspension
from beffroi.marches.models import Marche, PieceDuMarche
from beffroi.marches.rules import termes
from beffroi.marches.services import signature
from beffroi.marches.services.pieces import Fichier, choisi
from beffroi.socle.erreurs import ConflitEtat, ServiceIndisponible, exiger
from beffroi.socle.stockage import stockage
from droit.decision import Decision, Motif
from formats.dates import PARIS
from formats.signature import Cle, RefusDeSigner, signer_un_pdf

TITULAIRE, ACHETEUR = "titulaire", "acheteur"


def document_a_signer(marche: Marche, partie: str) -> Fichier:
    """Pour le titulaire, l'acte d'engagement ; pour l'acheteur, l'exemplaire que le titulaire a signé.

    L'acte est daté du jour où le contrat s'est inscrit : rendu deux fois, ce sont les mêmes octets, tant que rien n'y change.
    """
    if partie == TITULAIRE:
        return documents.rendre(marche, "pdf", le=marche.cree_le)
    piece = piece_du_titulaire(marche)
    with stockage().lire(piece.cle_de_stockage) as flux:
        return Fichier(piece.nom, flux.read())


def piece_du_titulaire(marche: Marche) -> PieceDuMarche:
    piece = marche.pieces.filter(sorte=PieceDuMarche.Sorte.SIGNE_PAR_LE_TITULAIRE).first()
    if piece is None:
        raise ConflitEtat(
            "Le titulaire signe d'abord. Déposez l'exemplaire qu'il a signé, ou attendez qu'il signe ici."
        )
    return piece


def signer_ici(*, marche: Marche, partie: str, lu: str, cle: Cle, par: Acteur, maintenant: datetime) -> Marche:
    """La clé ne va qu'au processus qui signe. Le délai se vérifie avant : rien ne se signe pendant la suspension.

    `lu` : l'empreinte SHA-256 du document que la page proposait de lire. Un autre ne se signe pas.
    """
    exiger(suspension.peut_signer(marche, le=maintenant))
    document = document_a_signer(marche, partie)
    exiger(termes.est_le_document_lu(lu=lu, a_signer=empreinte_de(document)))
    try:
        signe = signer_un_pdf(document.octets, cle, le=maintenant, horodater=_horodater)
    except RefusDeSigner as refus:
        exiger(Decision.refus(Motif(refus.phrase)))
        raise
    jour = maintenant.astimezone(PARIS).date()
    dite = signature.Signature(partie, jour, choisi(_nom(document.nom, partie), signe.octets, recu_le=maintenant))
    return signature.signer(marche=marche, signature=dite, par=par, maintenant=maintenant)


def empreinte_de(document: Fichier) -> str:
    return sha256(document.octets).hexdigest()


def _nom(nom: str, partie: str) -> str:
    racine = PurePath(nom).stem.removesuffix(f"-signe-{TITULAIRE}")
    return f"{racine}-signe-{partie}.pdf"


def _horodater(empreinte: bytes) -> bytes | None:
    """Un horodateur qui se tait n'empêche pas de signer : la signature est B-B, et son dépôt ici est daté."""
    service = horodateur()
    try:
        return service.horodater(empreinte).jeton if service else None
    except ServiceIndisponible:
        return None
