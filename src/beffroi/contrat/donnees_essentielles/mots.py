"""Les mots d'une fiche :
la même analyse que la recherche des consultations, pour que deux pages se cherchent de même.
"""

from collections.abc import Iterable

from beffroi.contrat.donnees_essentielles.models import FicheDeContrat, TitulaireDeFiche
from beffroi.publicite.recherche.rules.analyse import racines, racines_de
from formats.nomenclatures.cpv import abregee

MOTS_D_UNE_RECHERCHE = 12
_LETTRES = 60


def mots_de(fiche: FicheDeContrat, titulaires: Iterable[TitulaireDeFiche]) -> list[str]:
    """L'objet, l'acheteur, les titulaires, ce que dit le code CPV, le numéro du contrat."""
    textes = (
        fiche.objet,
        fiche.nom_acheteur,
        libelle_du_cpv(fiche.cpv),
        fiche.numero,
        *(un.nom for un in titulaires),
    )
    return [mot[:_LETTRES] for mot in racines_de(textes)]


def mots_cherches(texte: str) -> list[str]:
    return [mot[:_LETTRES] for mot in racines(texte)][:MOTS_D_UNE_RECHERCHE]


def libelle_du_cpv(code: str) -> str:
    """Le libellé du groupe, ou de la division ; vide si nos tables ne le connaissent pas."""
    connus = {un.code: un.libelle for un in abregee()}
    return connus.get(code[:3].ljust(8, "0")) or connus.get(code[:2].ljust(8, "0"), "")
