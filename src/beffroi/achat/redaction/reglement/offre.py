"""Ce que l'offre contient, sa langue, et combien de temps elle engage."""

from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire
from beffroi.achat.redaction.faits import Faits
from droit.achat import PieceDemandee
from formats import pluriels
from formats.document import Chapitre, Phrase, SousTitre, Tableau, a_completer, phrase


def rediger(faits: Faits) -> Chapitre:
    return chapitre("L'offre", moment(faits), pieces(faits), validite(faits), langue(faits))


def moment(faits: Faits) -> Blocs:
    if not faits.est_en_deux_temps:
        return RIEN
    return (
        dire(
            "Ne joignez aucune offre à votre candidature. "
            "Seuls les candidats invités en remettent une."
        ),
    )


def pieces(faits: Faits) -> Blocs:
    demandees = faits.pieces("offre")
    if not demandees:
        return (
            dire("L'offre contient : ", a_completer("offre.pieces", "les pièces de l'offre"), "."),
        )
    entetes, largeurs = ("Pièce", "Format"), (4, 2)
    lignes: tuple[tuple[Phrase, ...], ...] = tuple(
        (phrase(p.intitule), formats(p)) for p in demandees
    )
    if faits.lots:
        entetes, largeurs = ("Pièce", "Lot", "Format"), (4, 2, 2)  # type: ignore[assignment]
        lignes = tuple((phrase(p.intitule), lot(p), formats(p)) for p in demandees)
    return (Tableau(legende="L'offre contient", entetes=entetes, lignes=lignes, largeurs=largeurs),)


def formats(piece: PieceDemandee) -> Phrase:
    return phrase(
        pluriels.enumerer(tuple(f.upper() for f in piece.formats), "ou")
        if piece.formats
        else "au choix"
    )


def lot(piece: PieceDemandee) -> Phrase:
    return phrase("tous les lots" if piece.lot is None else f"lot {piece.lot}")


def validite(faits: Faits, engage: str = "Votre offre vous engage") -> Blocs:
    """Le règlement parle à l'entreprise ; l'acte d'engagement, qu'elle signe, parle d'elle."""
    jours = faits.achat.offre.validite_en_jours
    combien = (
        pluriels.compter(jours, "jour")
        if jours is not None
        else a_completer("offre.validite_en_jours", "la durée de validité des offres")
    )
    depart = "la date limite de remise des offres"
    return (
        SousTitre("Durée de validité"),
        dire(f"{engage} pendant ", combien, f" à partir de {depart}."),
    )


def langue(faits: Faits) -> Blocs:
    voulue = faits.achat.candidature.langue
    fondement = faits.selon(
        marche=(ccp("R. 2143-16"), ccp("R. 2151-12")), concession=(ccp("R. 3122-18"),)
    )
    certifiee = "" if faits.est_une_concession else " Elle n'a pas à être certifiée."
    return (
        SousTitre("La langue"),
        dire(
            (
                f"Rédigez votre réponse en {voulue}. Pour un document dans une autre langue, "
                f"joignez une traduction.{certifiee}"
            ),
            selon=fondement,
        ),
    )
