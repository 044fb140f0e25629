"""Ce que les pages des archives montrent, prêt à écrire."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.garde.archives import copies, ports, queries
from beffroi.garde.archives.dossier import dossier_de, dossiers_de
from beffroi.garde.archives.models import Elimination, Gel, Paquet
from beffroi.garde.archives.queries import ADate, LigneDeDuree
from beffroi.garde.archives.rules import Echeance, Sort
from droit.calendrier.heures import PARIS
from formats.pluriels import enumerer
from formats.versement import Etape, Piece

TONS = {
    Elimination.Etat.A_VISER: "attention",
    Elimination.Etat.VISEE: "cours",
    Elimination.Etat.DETRUITE: "ok",
    Elimination.Etat.ABANDONNEE: "gris",
}
TONS_DU_PAQUET = {
    Paquet.Etat.DEMANDE: "cours",
    Paquet.Etat.ETABLI: "ok",
    Paquet.Etat.REFUSE: "danger",
}
SORTS = {Sort.CONSERVER: "Conserver", Sort.ELIMINER: "Éliminer sous visa"}


@dataclass(frozen=True)
class Affichee:
    """Une procédure finie : ce que l'on en garde, jusqu'à quand, et s'il y a à faire."""

    consultation: Consultation
    reponses: str
    contrat: str
    ton: str
    mot: str
    versement: ports.SuiteDUnPaquet | None


@dataclass(frozen=True)
class Groupe:
    """Les pièces d'une étape."""

    etape: Etape
    pieces: list[Piece]
    octets: int


def lignes(consultations: Iterable[Consultation], *, le: datetime) -> list[Affichee]:
    montrees = list(consultations)
    versees, dossiers = derniers_versements(montrees), dossiers_de(montrees)
    return [
        ligne(queries.a_date(une, dossiers[une.pk]), versees.get(une.pk), le=le) for une in montrees
    ]


def derniers_versements(consultations: Iterable[Consultation]) -> dict[int, ports.SuiteDUnPaquet]:
    """Par la clé de la consultation, où en est le dernier paquet versé ;
    rien si aucun ne l'a été.
    """
    paquets = list(
        Paquet.objects.filter(consultation__in=consultations).order_by("demande_le", "pk")
    )
    suites = ports.suites_des_paquets(paquets)
    return {p.consultation_id: suites[p.pk] for p in paquets if p.pk in suites and suites[p.pk].mot}


def ligne(de: ADate, versement: ports.SuiteDUnPaquet | None, *, le: datetime) -> Affichee:
    jour = le.astimezone(PARIS).date()
    if de.dossier.gels:
        ton, mot = "attention", "Gelée"
    elif de.a_eliminer(jour):
        ton, mot = "cours", "À éliminer"
    else:
        ton, mot = "ok", "Gardée"
    contrat = echeance_dite(de.contrat) if de.contrat else "Sans contrat"
    return Affichee(de.consultation, echeance_dite(de.reponses), contrat, ton, mot, versement)


def echeance_dite(echeance: Echeance) -> str:
    """« Jusqu'au 15/03/2032 », ou ce que l'on attend de savoir."""
    if echeance.jusqu_au:
        return f"Jusqu'au {jour_dit(echeance.jusqu_au)}"
    return f"On attend {enumerer([fait.libelle for fait in echeance.attend])}"


def jour_dit(jour: date) -> str:
    return f"{jour:%d/%m/%Y}"


def de_la_consultation(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    dossier = dossier_de(consultation)
    lus = Paquet.objects.filter(consultation=consultation).select_related(
        "consultation", "demande_par"
    )
    paquets = list(lus)
    suites = ports.suites_des_paquets(paquets)
    return {
        "consultation": consultation,
        "durees": durees_dites(queries.durees_de(dossier)),
        "gels": Gel.objects.filter(consultation=consultation).select_related(
            "pose_par", "leve_par"
        ),
        "paquets": [
            (paquet, TONS_DU_PAQUET[Paquet.Etat(paquet.etat)], suites.get(paquet.pk))
            for paquet in paquets
        ],
        "detruits": copies.detruites(paquet.cle_de_stockage for paquet in paquets),
        "bordereaux": [
            etat_du_bordereau(un)
            for un in Elimination.objects.filter(lignes__consultation=consultation).distinct()
        ],
        "a_eliminer": queries.a_date(consultation, dossier).a_eliminer(le.astimezone(PARIS).date()),
    }


def durees_dites(lignes: Iterable[LigneDeDuree]) -> list[tuple[list[str], tuple[str, str, str]]]:
    """Les sortes qui ont la même durée et le même sort, ensemble :
    une ligne par règle, non par sorte.
    """
    ensemble: dict[tuple[str, str, str], list[str]] = {}
    for une in lignes:
        ensemble.setdefault(duree_dite(une), []).append(str(une.sorte))
    return [(sortes, dite) for dite, sortes in ensemble.items()]


def duree_dite(une: LigneDeDuree) -> tuple[str, str, str]:
    """L'échéance, le texte qui la fixe, le sort proposé."""
    retenue = une.echeance.retenue
    texte = (
        (
            f"{retenue.annees} ans depuis {retenue.fait.libelle}, "
            f"le {jour_dit(retenue.depuis)} ({retenue.source})"
        )
        if retenue and retenue.depuis
        else enumerer(sorted({str(duree.source) for duree in une.echeance.durees}))
    )
    return (echeance_dite(une.echeance), texte, SORTS[une.sort])


def etat_du_bordereau(un: Elimination) -> tuple[Elimination, str]:
    return un, TONS[Elimination.Etat(un.etat)]


def par_etape(pieces: Iterable[Piece]) -> list[Groupe]:
    """Une étape sans pièce se dit aussi : elle est vide, et non oubliée."""
    toutes = list(pieces)
    siennes = {etape: [piece for piece in toutes if piece.etape is etape] for etape in Etape}
    return [
        Groupe(etape, siennes[etape], sum(p.taille or 0 for p in siennes[etape])) for etape in Etape
    ]


def a_proposer(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    pieces = queries.a_eliminer(consultation, le=le)
    return {
        "pieces": pieces,
        "octets": sum(p.taille or 0 for p in pieces),
        "gels": dossier_de(consultation).gels,
        "prises_en_charge": prises_en_charge({consultation.pk}),
    }


def prises_en_charge(consultations: Collection[int]) -> list[tuple[str, str]]:
    """La référence de chaque consultation qu'un service d'archives a prise en
    charge, et la phrase qui le dit.
    """
    paquets = list(
        Paquet.objects.filter(consultation__in=consultations).select_related("consultation")
    )
    suites = ports.suites_des_paquets(paquets)
    acquises = [
        (paquet.consultation.reference, suites[paquet.pk])
        for paquet in paquets
        if paquet.pk in suites
    ]
    return [
        (reference, suite.prise_en_charge) for reference, suite in acquises if suite.prise_en_charge
    ]
