"""La ronde de l'annuaire."""

from datetime import datetime

from beffroi.centre.adherents import queries
from beffroi.centre.adherents.services.appels import effacer_une_note


def effacer_les_notes(le: datetime) -> None:
    """Ronde : une note d'appel ne se garde pas plus longtemps que dit."""
    for note in queries.notes_a_effacer(le):
        effacer_une_note(note=note, maintenant=le)
