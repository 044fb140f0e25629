"""Qui signe le procès-verbal, et quel document est un procès-verbal signé."""

from collections.abc import Sequence

from droit.decision import Decision, Motif

OCTETS_D_UN_PROCES_VERBAL_SIGNE = 20 * 1024 * 1024


def peut_se_signer(*, close: bool, signataires: Sequence[str], attendus: Sequence[str]) -> Decision:
    """On signe le procès-verbal d'une séance close ; seules les personnes présentes le signent."""
    inconnus = [nom for nom in signataires if nom not in attendus]
    return Decision.selon(
        Motif("La séance n'est pas close : son procès-verbal n'existe pas encore.")
        if not close
        else None,
        Motif("Cochez au moins une personne qui a signé.") if not signataires else None,
        Motif(f"Cette personne n'était pas à la séance : {', '.join(inconnus)}.")
        if inconnus
        else None,
    )


def document_signe(*, debut: bytes, taille: int, identique_au_scelle: bool) -> Decision:
    """Le document signé est un PDF, de taille raisonnable, et autre que celui de la plateforme."""
    limite = OCTETS_D_UN_PROCES_VERBAL_SIGNE
    return Decision.selon(
        Motif("Ce fichier n'est pas un PDF. Numérisez le procès-verbal signé en PDF.")
        if not debut.startswith(b"%PDF-")
        else None,
        Motif(
            f"Ce fichier dépasse {limite // 1024 // 1024} Mo. Numérisez-le en gris, "
            "à 200 points par pouce."
        )
        if taille > limite
        else None,
        Motif(
            "C'est le procès-verbal de la plateforme, sans signature. Déposez celui qui est signé."
        )
        if identique_au_scelle
        else None,
    )
