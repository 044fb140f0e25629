"""Lire un bordereau en CSV :
le séparateur est celui qui revient le plus dans les premières lignes, titres compris.
"""

import csv
import io
import re

from formats import tableau_lu
from formats.bordereaux import bornes, refus
from formats.bordereaux.modele import Case, Classeur, Feuille, Rangee
from formats.lecture.refus import DocumentIllisible

_LIGNES_REGARDEES = 50


def lire(octets: bytes) -> Classeur:
    try:
        texte = tableau_lu.texte_de(octets)
    except tableau_lu.TableauIllisible as illisible:
        raise refus.autre_format("d'un format inconnu") from illisible
    impose = tableau_lu.separateur_impose(texte)
    debut = "\n".join(texte.split("\n", _LIGNES_REGARDEES)[:_LIGNES_REGARDEES])
    separateur = impose or max(tableau_lu.SEPARATEURS, key=debut.count)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
    rangees: list[Rangee] = []
    try:
        for cellules in lecteur:
            cases = {
                rang: _case(c) for rang, c in enumerate(cellules[: bornes.COLONNES]) if c.strip()
            }
            if cases and not (impose and lecteur.line_num == 1):
                rangees.append(Rangee(lecteur.line_num, cases))
            if len(rangees) > bornes.LIGNES:
                raise refus.trop_de_lignes(bornes.LIGNES)
    except csv.Error as erreur:
        raise DocumentIllisible(
            "Ce CSV ne se lit pas : un guillemet n'est pas refermé. Enregistrez-le de nouveau, "
            "puis recommencez."
        ) from erreur
    return Classeur((Feuille("CSV", tuple(rangees)),))


def _case(texte: str) -> Case:
    """Dans un CSV, « =A1*2 » est une formule que personne n'a calculée ; « '=A1 » est un texte."""
    court = texte.strip()[: bornes.CARACTERES_D_UNE_CELLULE]
    if re.match(r"=[^=\s]", court):
        return Case(formule=court, sans_valeur=True)
    return Case(texte=re.sub(r"^'(?=[=+\-@])", "", court))
