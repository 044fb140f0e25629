"""L'adresse d'une pièce éliminée : elle a existé, et ne se lit plus.

Elle dit quand, sous quel bordereau, et à qui demander.
"""

from beffroi.garde.archives.models import Elimination, PieceAEliminer
from beffroi.personnes.organismes.queries import ou_joindre
from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.fondations.stockage import CleInconnue
from formats.dates import jour


class Eliminee(ErreurMetier):
    statut = 410
    titre = "Ce document a été éliminé"


def refus_de(exception: BaseException) -> Eliminee | None:
    """Le stockage n'a plus l'objet parce qu'un visa l'a fait détruire.

    Rien sinon : une perte reste une panne.
    """
    if not isinstance(exception, CleInconnue):
        return None
    lignes = PieceAEliminer.objects.filter(
        cle_de_stockage=str(exception), elimination__etat=Elimination.Etat.DETRUITE
    )
    ligne = lignes.select_related("elimination__organisme").first()
    return Eliminee(phrase_de(ligne.elimination)) if ligne else None


def phrase_de(elimination: Elimination) -> str:
    nom, joindre = elimination.organisme.nom, ou_joindre(elimination.organisme)
    le, suite = elimination.detruite_le, f" : {joindre}" if joindre else ""
    quand = (
        f"le {jour(le)}, bordereau {elimination.reference}"
        if le
        else f"bordereau {elimination.reference}"
    )
    if elimination.restitution:
        return (
            f"{nom} a quitté ce service, et garde lui-même ce document, effacé d'ici {quand}. "
            f"Demandez-le-lui{suite}."
        )
    return (
        f"Ce document a été éliminé {quand}, sous le visa des Archives. "
        f"Son certificat se demande à {nom}{suite}."
    )
