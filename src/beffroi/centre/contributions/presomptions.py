"""Qui l'annuaire peut dire « présumé », et pourquoi : le port de l'annuaire, qui ne connaît pas
le tarif.
"""

from collections.abc import Collection
from datetime import date

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.contributions.calcul import habitants_de
from beffroi.centre.contributions.queries import grille_au, parametres_au
from beffroi.centre.tarif.rules.grille import tarif_de_l_annexe
from beffroi.centre.tarif.rules.presomption import presumer


def presomptions(adherents: Collection[Adherent], *, annee: int) -> dict[str, str]:
    """Deux lectures au plus, quel que soit leur nombre ; aucune s'il n'y a personne."""
    if not adherents:
        return {}
    jour = date(annee, 1, 1)
    sous = parametres_au(jour).presomption
    if not sous:
        return {}
    grille = grille_au(jour)
    seuil = grille.seuil if grille else tarif_de_l_annexe().seuil
    presumes = {
        adherent.siren: presumer(
            agents=None,
            nature=adherent.nature,
            habitants=habitants_de(adherent),
            sous=sous,
            seuil=seuil,
        )
        for adherent in adherents
    }
    return {siren: un.motif.texte for siren, un in presumes.items() if un.est_presumee and un.motif}
