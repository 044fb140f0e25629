"""Les signatures électroniques d'un fichier : lues (convention), ou vérifiées avec leur rapport (offres, contrats)."""

from formats.signature.confiance import Confiance, confiance_du_dossier
from formats.signature.lue import SignatureLue
from formats.signature.pades import SignaturesIllisibles, depuis_le_dossier, pour_le_dossier, signatures_du_pdf
from formats.signature.rapport import (
    Certificat,
    Controle,
    Etat,
    RapportDeSignature,
    SignatureVerifiee,
    depuis_json,
    pour_json,
)
from formats.signature.verdict import Verdict
from formats.signature.verification import Demande, nature, verifier

__all__ = [
    "Certificat",
    "Confiance",
    "Controle",
    "Demande",
    "Etat",
    "RapportDeSignature",
    "SignatureLue",
    "SignatureVerifiee",
    "SignaturesIllisibles",
    "Verdict",
    "confiance_du_dossier",
    "depuis_json",
    "depuis_le_dossier",
    "nature",
    "pour_json",
    "pour_le_dossier",
    "signatures_du_pdf",
    "verifier",
]
