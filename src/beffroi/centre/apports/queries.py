"""Lire les apports : ceux d'une convention, pour qui a le lien ;
ceux qui attendent, pour le centre de gestion.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import QuerySet

from beffroi.centre.apports.models import Apport
from beffroi.centre.apports.rules import attendu
from beffroi.centre.conventions.models import Convention, PieceDeConvention
from beffroi.centre.conventions.ports import Renvoye
from beffroi.centre.conventions.queries import exiger_de_tenir
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete

Sorte = PieceDeConvention.Sorte
# Ce que le lien donne à lire : ce que le centre a envoyé, et rien de son dossier.
DONNEES = {
    "deliberation": (Sorte.PROJET, Sorte.ANNEXE),
    "exemplaire": (Sorte.EXEMPLAIRE, Sorte.ANNEXE),
}


def sorte_attendue(convention: Convention) -> str:
    return attendu(convention.etat, a_signe=convention.signee_par_l_adherent_le is not None)


def pieces_donnees(convention: Convention) -> list[PieceDeConvention]:
    """Les dernières de chaque nom : un projet repris ne laisse pas lire l'ancien."""
    sortes = DONNEES.get(sorte_attendue(convention), (Sorte.EXEMPLAIRE, Sorte.ANNEXE))
    par_nom = {
        piece.nom: piece
        for piece in convention.pieces.filter(sorte__in=sortes).order_by("ajoutee_le", "pk")
    }
    return sorted(par_nom.values(), key=lambda piece: (piece.sorte == Sorte.ANNEXE, piece.nom))


def piece_donnee(convention: Convention, reference: str) -> PieceDeConvention:
    trouvee = next(
        (piece for piece in pieces_donnees(convention) if piece.reference == reference), None
    )
    if trouvee is None:
        raise Introuvable()
    return trouvee


def apports_de(convention: Convention) -> QuerySet[Apport]:
    return Apport.objects.filter(convention=convention)


def du_jour(convention: Convention, *, le: datetime) -> int:
    return apports_de(convention).filter(recu_le__gt=le - timedelta(days=1)).count()


@prete
def en_attente() -> QuerySet[Apport]:
    return Apport.objects.filter(issue="").select_related("convention__adherent")


def renvoyes_par_convention() -> dict[int, list[Renvoye]]:
    """Ce qui attend, tel que la fiche et « À faire » des conventions le montrent."""
    trouves: dict[int, list[Renvoye]] = defaultdict(list)
    for apport in en_attente():
        trouves[apport.convention_id].append(
            Renvoye(
                attendu=apport.sorte,
                quoi=apport.get_sorte_display(),
                de=apport.de,
                recu_le=apport.recu_le,
                page=f"/cdg/apports/{apport.reference}/",
            )
        )
    return trouves


def a_examiner(utilisateur: Utilisateur, reference: str, le: datetime) -> Apport:
    """Un apport, pour le gestionnaire du centre ; les autres n'ont rien à y voir."""
    exiger_de_tenir(utilisateur, le)
    apport = (
        Apport.objects.filter(reference=reference)
        .select_related("convention__adherent__organisme")
        .first()
    )
    if apport is None:
        raise Introuvable()
    return apport
