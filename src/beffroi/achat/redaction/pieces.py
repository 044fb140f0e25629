"""La liste de ce qu'il faut déposer, enveloppe par enveloppe, à cocher avant l'envoi."""

from beffroi.achat.redaction.clauses import Blocs, chapitre, dire
from beffroi.achat.redaction.faits import Faits
from beffroi.achat.redaction.reglement import candidature, depot, offre
from droit.pieces_de_candidature import MODELES
from formats.document import Bloc, Chapitre, Phrase, Tableau, a_completer, phrase

_CASE = "\N{BALLOT BOX}"


def chapitres(faits: Faits) -> tuple[Chapitre, ...]:
    dans_l_offre = (
        () if faits.est_en_deux_temps else (chapitre("L'offre", pieces_de_l_offre(faits)),)
    )
    return (
        chapitre("Avant de déposer", rappels(faits)),
        chapitre("La candidature", pieces_de_candidature(faits)),
        *dans_l_offre,
    )


def rappels(faits: Faits) -> Blocs:
    signer = (
        "Signez chaque fichier."
        if faits.achat.signature.exigee_au_depot
        else "Vous n'avez rien à signer au dépôt."
    )
    return (depot.limite(faits), dire(f"Cochez chaque pièce quand elle est prête. {signer}"))


def pieces_de_candidature(faits: Faits) -> Blocs:
    modeles = tuple(
        (phrase(_CASE), phrase(nom), phrase(f"modèle fourni, {formulaire} ou DUME"))
        for nom, formulaire in MODELES.items()
    )
    formats = {piece.intitule: offre.formats(piece) for piece in faits.pieces("candidature")}
    autres = tuple(
        (phrase(_CASE), phrase(piece), formats.get(piece, phrase("au choix")))
        for piece in candidature.hors_modeles(faits)
    )
    lignes = (*modeles, *autres)
    return (tableau("Dans l'enveloppe « candidature »", lignes),)


def pieces_de_l_offre(faits: Faits) -> Blocs:
    demandees = faits.pieces("offre")
    if not demandees:
        return (
            dire("Pièces de l'offre : ", a_completer("offre.pieces", "les pièces de l'offre"), "."),
        )
    lignes = tuple(
        (phrase(_CASE), phrase(intitule(faits, piece.intitule, piece.lot)), offre.formats(piece))
        for piece in demandees
    )
    return (tableau("Dans l'enveloppe « offre »", lignes),)


def intitule(faits: Faits, piece: str, lot: int | None) -> str:
    if not faits.lots:
        return piece
    return f"{piece} ({'chaque lot' if lot is None else f'lot {lot}'})"


def tableau(legende: str, lignes: tuple[tuple[Phrase, ...], ...]) -> Bloc:
    return Tableau(
        legende=legende, entetes=("Prêt", "Pièce", "Format"), lignes=lignes, largeurs=(1, 6, 4)
    )
