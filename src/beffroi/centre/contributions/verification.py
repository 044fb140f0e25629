"""Relire les appels : chacun se recalcule de ses seules entrées figées, au centime.

Un écart se dit, ligne par ligne.
"""

from collections.abc import Iterator

from beffroi.centre.contributions import queries
from beffroi.socle.journal.verification import Constat
from formats.pluriels import compter


def relire_les_appels() -> Iterator[Constat]:
    for exercice in queries.exercices().filter(simule_le__isnull=False).order_by("annee", "rang"):
        rejeu = queries.rejouer_un_appel(exercice)
        for ecart in rejeu.ecarts:
            yield Constat(
                "une contribution ne vient pas de ses entrées figées", bon=False, ou=ecart
            )
        if not rejeu.ecarts:
            lignes = compter(rejeu.lignes, "contribution rejouée", "contributions rejouées")
            yield Constat(
                f"{exercice.titre} : {lignes} de ses entrées figées, au centime", bon=True
            )
