"""Une vague : quand elle part, et ce qui s'en défait."""

from datetime import date

from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif

LIGNES_AU_PLUS = 1_000


def peut_composer(*, lignes: int, le: date, aujourd_hui: date) -> Decision:
    return Decision.selon(
        Motif("Choisissez au moins une convention.") if lignes == 0 else None,
        Motif(f"Une vague a {LIGNES_AU_PLUS} conventions au plus.")
        if lignes > LIGNES_AU_PLUS
        else None,
        Motif("Ce jour est passé. Choisissez aujourd'hui, ou un jour à venir.")
        if le < aujourd_hui
        else None,
    )


def peut_lancer(*, lignes: int, le: date, aujourd_hui: date, avant: int | None) -> Decision:
    """À son jour, quand la précédente est partie : le téléphone suit."""
    return Decision.selon(
        Motif("Cette vague n'a aucune convention.") if lignes == 0 else None,
        Motif(
            f"Cette vague est prévue le {en_toutes_lettres(le)}. Pour l'activer plus tôt, "
            "défaites-la, puis composez-la à la date voulue."
        )
        if le > aujourd_hui
        else None,
        Motif(f"La vague {avant} n'est pas terminée. Activez-la, ou défaites-la, d'abord.")
        if avant is not None
        else None,
    )
