"""Le jury d'un concours examine des projets sans nom jusqu'à ce que son avis soit
signé (CCP, art. R. 2162-18).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.commissions.models import CodeDeProjet, Commission, LeveeDAnonymat, Point
from beffroi.choix.commissions.mots import Sorte
from beffroi.choix.commissions.ports import OffreALire, analyse_du_lot
from beffroi.choix.commissions.rules import FaitsDeLAnonymat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Membre as MembreDEntreprise
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.queries import cotraitants
from beffroi.socle.fondations.erreurs import RoleManquant
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_ensemble

ECARTEE = "écarté avant l'examen"
GARDE = (
    "Vous êtes du jury de cet achat : vous en examinez les projets sans savoir de qui ils sont, "
    "jusqu'à ce que son avis soit "
    "signé (CCP, art. R. 2162-18)."
)


def levee(consultation: Consultation, lot: int | None) -> LeveeDAnonymat | None:
    return _levees(consultation).get(lot)


@lu_ensemble
def _levees(
    consultations: Sequence[Consultation],
) -> dict[int, dict[int | None, LeveeDAnonymat]]:
    levees: dict[int, dict[int | None, LeveeDAnonymat]] = {une.pk: {} for une in consultations}
    lues = LeveeDAnonymat.objects.filter(consultation__in=consultations)
    for une in lues.select_related("levee_par").order_by("-pk"):
        levees[une.consultation_id][une.lot] = une
    return levees


def est_anonyme(point: Point) -> bool:
    """Une affaire d'un jury dont l'avis n'est pas signé."""
    return (
        point.reunion.commission.sorte == Sorte.JURY
        and levee(point.consultation, point.lot) is None
    )


def juge_sans_noms(consultation: Consultation) -> bool:
    """Un jury en est saisi, et un lot au moins attend que son avis soit signé."""
    saisis = Point.objects.filter(
        consultation=consultation, reunion__annulation=None, reunion__commission__sorte=Sorte.JURY
    ).values_list("lot", flat=True)
    leves = LeveeDAnonymat.objects.filter(consultation=consultation).values_list("lot", flat=True)
    return bool(set(saisis) - set(leves))


def codes(consultation: Consultation, lot: int | None) -> dict[int, str]:
    """La lettre de chaque projet, par clé de réponse."""
    return {tire.pli_id: tire.code for tire in _tires(consultation) if tire.lot == lot}


@lu_ensemble
def _tires(consultations: Sequence[Consultation]) -> dict[int, list[CodeDeProjet]]:
    tires: dict[int, list[CodeDeProjet]] = {une.pk: [] for une in consultations}
    for un in CodeDeProjet.objects.filter(consultation__in=consultations).select_related(
        "pli__equipe"
    ):
        tires[un.consultation_id].append(un)
    return tires


def offres(point: Point) -> list[OffreALire]:
    """Les offres telles que la commission les regarde :
    celles d'un jury n'ont ni nom, ni rang, ni montant.
    """
    lues = analyse_du_lot().offres(point.consultation, point.lot)
    if not est_anonyme(point):
        return list(lues)
    lettres = codes(point.consultation, point.lot)
    masquees = [
        replace(
            o,
            code=lettres[o.pli.pk],
            rang=None,
            montant=None,
            elimination=ECARTEE if o.elimination else "",
        )
        for o in lues
        if o.pli.pk in lettres
    ]
    return sorted(masquees, key=lambda offre: (len(offre.code), offre.code, offre.variante))


def sans_lettre(point: Point) -> list[Pli]:
    """Les projets ouverts qui n'ont pas encore la leur."""
    lettres = codes(point.consultation, point.lot)
    plis = {o.pli.pk: o.pli for o in analyse_du_lot().offres(point.consultation, point.lot)}
    return [pli for cle, pli in plis.items() if cle not in lettres]


def faits(point: Point) -> FaitsDeLAnonymat:
    return FaitsDeLAnonymat(
        projets=len(codes(point.consultation, point.lot)),
        votes=point.deliberations.count(),
        close=point.reunion.close_le is not None,
        signee=bool(point.reunion.signe),
        levee=levee(point.consultation, point.lot) is not None,
    )


@dataclass(frozen=True)
class Projet:
    """Une lettre, et l'entreprise qu'elle cache."""

    code: str
    entreprise: str


def correspondance(consultation: Consultation, lot: int | None) -> list[Projet]:
    """Pour le secrétariat, qui prépare les documents du jury ; pour tous, l'anonymat levé."""
    tires = [tire for tire in _tires(consultation) if tire.lot == lot]
    return [
        Projet(t.code, t.pli.equipe.nom) for t in sorted(tires, key=lambda t: (len(t.code), t.code))
    ]


def est_du_jury(personne: Utilisateur, commission: Commission) -> bool:
    return commission.membres.filter(utilisateur=personne, jusqu_au=None).exists()


@prete
def _lots_juges(personne: Utilisateur, consultation: Consultation) -> QuerySet[Point, int | None]:
    points = Point.objects.filter(
        consultation=consultation,
        reunion__annulation=None,
        reunion__commission__sorte=Sorte.JURY,
        reunion__commission__membres__utilisateur=personne,
        reunion__commission__membres__jusqu_au=None,
    )
    return points.values_list("lot", flat=True)


def exiger_hors_du_jury(personne: Utilisateur, consultation: Consultation) -> None:
    """Qui juge sans nom ne lit nulle part de qui sont les projets :
    ni l'analyse, ni les fichiers d'une offre.
    """
    juges = set(_lots_juges(personne, consultation))
    if not juges:
        return
    leves = LeveeDAnonymat.objects.filter(consultation=consultation).values_list("lot", flat=True)
    if juges.difference(leves):
        raise RoleManquant(GARDE)


def liens(point: Point, noms: Mapping[int, str]) -> list[tuple[str, str]]:
    """Qui, parmi ces comptes, agit pour une entreprise dont l'offre est ouverte,
    seule ou dans un groupement.
    """
    plis = [offre.pli for offre in analyse_du_lot().offres(point.consultation, point.lot)]
    cotraitantes = {numero for pli in plis for numero in cotraitants(pli.groupement)}
    seules = {pli.equipe.numero_d_entreprise for pli in plis}
    rattaches = MembreDEntreprise.objects.filter(
        equipe__numero_d_entreprise__in=seules | cotraitantes, utilisateur__in=noms, jusqu_au=None
    ).select_related("equipe")
    return sorted({(noms[m.utilisateur_id], m.equipe.nom) for m in rattaches})
