"""Les signatures électroniques d'un fichier :
lues (convention), ou vérifiées avec leur rapport (offres, contrats).
"""

from formats.signature.cle_de_jeton import Jeton
from formats.signature.confiance import Confiance, confiance_du_dossier
from formats.signature.lue import SignatureLue
from formats.signature.pades import (
    SignaturesIllisibles,
    depuis_le_dossier,
    pour_le_dossier,
    signatures_du_pdf,
)
from formats.signature.rapport import (
    Certificat,
    Controle,
    Etat,
    RapportDeSignature,
    SignatureVerifiee,
    depuis_json,
    pour_json,
)
from formats.signature.refus_de_signer import RefusDeSigner
from formats.signature.signer import Cle, PdfSigne, signer_un_pdf
from formats.signature.verdict import Verdict
from formats.signature.verification import Demande, nature, verifier

__all__ = [
    "Certificat",
    "Cle",
    "Confiance",
    "Controle",
    "Demande",
    "Etat",
    "Jeton",
    "PdfSigne",
    "RapportDeSignature",
    "RefusDeSigner",
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
    "signer_un_pdf",
    "verifier",
]
