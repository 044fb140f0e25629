"""La mention que la loi impose sur chaque page (loi n° 2005-102,
art. 47) est celle que la grille du RGAA donne.
"""

from beffroi.faces.portail.navigation import pied
from beffroi.garde.conformite.queries.accessibilite import grille


def test_la_mention_du_pied_est_celle_que_la_grille_donne():
    libelles = [
        lien.libelle
        for rubrique in pied(code_source="")
        for lien in rubrique.liens
        if lien.url == "/accessibilite/"
    ]
    assert libelles == [f"Accessibilité : {grille().mesure.mention}"]
