"""Signer un document ici :
les octets lus, une clé prêtée le temps d'une signature, une date si un horodateur en donne une.

Rien ne s'écrit : le contexte qui tient le document garde ce qui en sort.
"""

from datetime import datetime
from hashlib import sha256

from beffroi.seance.signatures.rules import est_le_document_lu
from beffroi.socle.fondations.erreurs import ServiceIndisponible, exiger
from beffroi.socle.journal.ports import horodateur
from droit.decision import Decision, Motif
from formats.signature import Cle, RefusDeSigner, signer_un_pdf


def signer_le_document(octets: bytes, cle: Cle, *, lu: str, le: datetime) -> bytes:
    """La clé ne va qu'au processus qui signe.

    `lu` : l'empreinte de ce que la page proposait de lire.
    """
    exiger(est_le_document_lu(lu=lu, a_signer=empreinte_de(octets)))
    try:
        return signer_un_pdf(octets, cle, le=le, horodater=_horodater).octets
    except RefusDeSigner as refus:
        exiger(Decision.refus(Motif(refus.phrase)))
        raise


def empreinte_de(octets: bytes) -> str:
    return sha256(octets).hexdigest()


def _horodater(empreinte: bytes) -> bytes | None:
    """Un horodateur qui se tait n'empêche pas de signer :
    la signature est B-B, et son dépôt ici est daté.
    """
    service = horodateur()
    try:
        return service.horodater(empreinte).jeton if service else None
    except ServiceIndisponible:
        return None
