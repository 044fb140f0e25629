"""Les signatures électroniques d'un PDF : qui, quand, et si le document a changé depuis. La confiance n'est pas jugée."""

from formats.signature.lue import SignatureLue
from formats.signature.pades import SignaturesIllisibles, depuis_le_dossier, pour_le_dossier, signatures_du_pdf

__all__ = ["SignatureLue", "SignaturesIllisibles", "depuis_le_dossier", "pour_le_dossier", "signatures_du_pdf"]
