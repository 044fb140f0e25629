"""Signer ici : le document, une clé prêtée le temps d'une signature,
puis le même chemin qu'un fichier signé ailleurs.
"""

from datetime import datetime
from pathlib import PurePath

from beffroi.contrat.marches import documents, suspension
from beffroi.contrat.marches.models import Marche, PieceDuMarche
from beffroi.contrat.marches.services import signature
from beffroi.contrat.marches.services.pieces import Fichier, choisi, relu
from beffroi.seance.signatures.signer_ici import signer_le_document
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.journal.acteurs import Acteur
from formats.dates import PARIS
from formats.signature import Cle

TITULAIRE, ACHETEUR = "titulaire", "acheteur"


def document_a_signer(marche: Marche, partie: str) -> Fichier:
    """Pour le titulaire, l'acte d'engagement ;
    pour l'acheteur, l'exemplaire que le titulaire a signé.

    L'acte est daté du jour où le contrat s'est inscrit :
    rendu deux fois, ce sont les mêmes octets, tant que rien n'y change.
    """
    if partie == TITULAIRE:
        return documents.rendre(marche, "pdf", le=marche.cree_le)
    return relu(piece_du_titulaire(marche))


def piece_du_titulaire(marche: Marche) -> PieceDuMarche:
    signature.exiger_un_seul_acte(marche)
    piece = marche.pieces.filter(sorte=PieceDuMarche.Sorte.SIGNE_PAR_LE_TITULAIRE).first()
    if piece is None:
        raise ConflitEtat(
            "Le titulaire signe d'abord. Déposez l'exemplaire qu'il a signé, "
            "ou attendez qu'il signe ici."
        )
    return piece


def signer_ici(
    *, marche: Marche, partie: str, lu: str, cle: Cle, par: Acteur, maintenant: datetime
) -> Marche:
    """Le délai se vérifie avant de signer : rien ne se signe pendant la suspension."""
    exiger(suspension.peut_signer(marche, le=maintenant))
    dite = signature_de(document_a_signer(marche, partie), partie, lu=lu, cle=cle, le=maintenant)
    return signature.signer(marche=marche, signature=dite, par=par, maintenant=maintenant)


def signature_de(
    document: Fichier, partie: str, *, lu: str, cle: Cle, le: datetime
) -> signature.Signature:
    """Le document signé par cette clé, comme s'il venait d'être déposé :
    sa signature est vérifiée.
    """
    signe = signer_le_document(document.octets, cle, lu=lu, le=le)
    fichier = choisi(_nom(document.nom, partie), signe, recu_le=le)
    return signature.Signature(partie, le.astimezone(PARIS).date(), fichier)


def _nom(nom: str, partie: str) -> str:
    racine = PurePath(nom).stem.removesuffix(f"-signe-{TITULAIRE}")
    return f"{racine}-signe-{partie}.pdf"
