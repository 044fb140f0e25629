"""Quel document signe un fichier détaché ; quand une confirmation a un objet. Des valeurs nues."""

from collections.abc import Iterable

from droit.citation import Article
from droit.decision import Decision, Motif

# CCP, annexe 12 (arrêté du 22 mars 2019), art. 5 :
# tout se vérifie seul, sauf l'identité du signataire.
ANNEXE_12 = Article("CCP", "annexe 12, art. 5")
DEFAILLANCE = Article("CCP", "R. 2144-7")
AUTRE_DOCUMENT = (
    "Le document a changé depuis que cette page l'a montré. Rien n'est signé : "
    "lisez-le de nouveau, puis signez."
)
SUFFIXES_DE_SIGNATURE = (".p7s", ".p7m", ".p7c", ".sig", ".xml", ".xades", ".cades")


def document_signe(nom: str, autres: Iterable[str]) -> str | None:
    """« acte.pdf.p7s », « acte.pdf - Signature 1.xml » :
    le fichier dont la signature reprend tout le nom, le plus long.
    """
    bas = nom.lower()
    if not bas.endswith(SUFFIXES_DE_SIGNATURE):
        return None
    candidats = [
        autre for autre in autres if autre != nom and "." in autre and bas.startswith(autre.lower())
    ]
    return max(candidats, key=len, default=None)


def peut_confirmer(
    *, est_signe: bool, fondement: str, change_ce_qui_est_dit: bool = False
) -> Decision:
    """L'identité se confirme sur une signature, en disant sur quoi l'on se fonde.

    `change_ce_qui_est_dit` :
    les lettres du lot sont parties en tenant la signature pour le contraire (ADR 0031).
    """
    sans_objet = Motif(
        "Ce fichier ne porte pas de signature : il n'y a pas de signataire à confirmer.", ANNEXE_12
    )
    sans_fondement = Motif(
        "Dites sur quoi vous vous fondez : extrait Kbis, délégation de signature…", ANNEXE_12
    )
    return Decision.selon(
        None if est_signe else sans_objet,
        sans_fondement if est_signe and not fondement.strip() else None,
        Motif(
            "Les lettres de ce lot sont parties : "
            "ce que vous dites du signataire ne peut plus contredire ce qu'elles ont dit. "
            "Si l'entreprise retenue fait défaut, remplacez-la à l'attribution.",
            DEFAILLANCE,
        )
        if change_ce_qui_est_dit
        else None,
    )


def est_le_document_lu(*, lu: str, a_signer: str) -> Decision:
    """On signe les octets que l'on a lus, et pas d'autres :
    les deux empreintes SHA-256 sont la même.
    """
    return Decision.accord() if lu == a_signer else Decision.refus(Motif(AUTRE_DOCUMENT))
