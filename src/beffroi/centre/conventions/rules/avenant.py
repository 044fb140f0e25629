"""Un avenant (convention, art. 5 ; ruling 33) :
signé des deux parties, une grille nouvelle vaut au 1er janvier suivant.
"""

from datetime import date

from beffroi.centre.conventions.rules.duree import ART_5, Signatures
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif


def effet_au_plus_tot(*, signatures: Signatures, change_la_grille: bool) -> date | None:
    """Le premier jour où l'avenant peut valoir ; rien tant que les deux parties n'ont pas signé."""
    derniere = signatures.derniere
    if derniere is None:
        return None
    return date(derniere.year + 1, 1, 1) if change_la_grille else derniere


def effet_de_l_avenant(
    *, signatures: Signatures, voulu: date, change_la_grille: bool
) -> date | None:
    """Le jour voulu, ou le premier qui soit possible s'il vient plus tard ;
    une grille, toujours un 1er janvier.
    """
    au_plus_tot = effet_au_plus_tot(signatures=signatures, change_la_grille=change_la_grille)
    return max(voulu, au_plus_tot) if au_plus_tot else None


def effet_recevable(*, voulu: date, change_la_grille: bool) -> Decision:
    if change_la_grille and (voulu.month, voulu.day) != (1, 1):
        return Decision.refus(
            Motif(
                "Une grille nouvelle vaut à partir d'un 1er janvier, "
                f"et non du {en_toutes_lettres(voulu)}. Choisissez le "
                "1er janvier qui suit la signature.",
                ART_5,
            )
        )
    return Decision.accord()
