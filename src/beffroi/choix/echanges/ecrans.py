"""Ce que les pages montrent d'un courrier, et ce que celle de la consultation en dit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtatDesEchanges
from beffroi.achat.consultations.rules.documents import format_affiche
from beffroi.choix.echanges import queries, services
from beffroi.choix.echanges.models import Alerte, Courrier, Exemplaire, Fil, PieceJointe, Retour
from beffroi.socle.journal.models import Ecriture
from formats import tailles


class PieceAffichee(NamedTuple):
    nom: str
    precision: str
    url: str


class EtatAffiche(NamedTuple):
    ton: str
    mot: str
    signe: str = ""


FILTRES = {
    "": "Tous",
    "non_lus": "Non lus",
    "a_relancer": "À relancer",
    "lus": "Lus",
    "repondus": "Avec une réponse",
}


@dataclass(frozen=True)
class Ligne:
    """Un courrier chez une entreprise, tel que la liste de l'acheteur le montre."""

    exemplaire: Exemplaire
    entreprise: str
    etat: EtatAffiche
    alerte: EtatAffiche
    retours: int


def etat_de(exemplaire: Exemplaire, *, a_relancer: bool) -> EtatAffiche:
    if exemplaire.lu_le:
        return EtatAffiche("ok", "Lu")
    return (
        EtatAffiche("attention", "Non lu, à relancer")
        if a_relancer
        else EtatAffiche("cours", "Pas encore lu")
    )


def etat_de_l_alerte(alertes: list[Alerte]) -> EtatAffiche:
    if not alertes:
        return EtatAffiche("gris", "Aucune alerte")
    if alertes[-1].refusee_le:
        return EtatAffiche("danger", "Alerte refusée")
    return (
        EtatAffiche("ok", "Alerte remise")
        if alertes[-1].acceptee_le
        else EtatAffiche("cours", "Alerte en route")
    )


def ligne_de(exemplaire: Exemplaire, *, le: datetime) -> Ligne:
    return Ligne(
        exemplaire=exemplaire,
        entreprise=exemplaire.fil.equipe.nom,
        etat=etat_de(exemplaire, a_relancer=queries.est_a_relancer(exemplaire, le=le)),
        alerte=etat_de_l_alerte(list(exemplaire.alertes.all())),
        retours=len(exemplaire.retours.all()),
    )


def precision(piece: PieceJointe) -> str:
    return f"{format_affiche(piece.nom)}, {tailles.humaniser(piece.taille)}"


def pieces_de_l_acheteur(consultation: Consultation, pieces: Any) -> list[PieceAffichee]:
    return [
        PieceAffichee(
            piece.nom,
            precision(piece),
            reverse("echanges:piece", args=(consultation.reference, piece.reference)),
        )
        for piece in pieces
    ]


def pieces_du_fil(fil: Fil, pieces: Any) -> list[PieceAffichee]:
    return [
        PieceAffichee(
            piece.nom,
            precision(piece),
            reverse("echanges:piece_du_fil", args=(fil.reference, piece.reference)),
        )
        for piece in pieces
    ]


@dataclass(frozen=True)
class Tour:
    """Un courrier ou une réponse, à sa place dans le fil.

    `repondu` : une réponse a suivi ce courrier.
    """

    le: datetime
    courrier: Exemplaire | None
    retour: Retour | None
    pieces: list[PieceAffichee]
    repondu: bool = False


def tours_du_fil(fil: Fil, *, a_l_acheteur: bool) -> list[Tour]:
    """Le fil entier, du premier au dernier."""

    def pieces(jointes: Any) -> list[PieceAffichee]:
        return (
            pieces_de_l_acheteur(fil.consultation, jointes)
            if a_l_acheteur
            else pieces_du_fil(fil, jointes)
        )

    retours = [
        Tour(retour.recu_le, None, retour, pieces(retour.pieces.all()))
        for retour in fil.retours.select_related("ecrit_par").prefetch_related("pieces")
    ]
    dernier = max((retour.le for retour in retours), default=None)
    courriers = [
        Tour(
            e.remis_le,
            e,
            None,
            pieces(queries.pieces_de(e)),
            repondu=dernier is not None and dernier >= e.remis_le,
        )
        for e in queries.remis_lus(fil)
        if e.remis_le
    ]
    return sorted([*courriers, *retours], key=lambda tour: tour.le)


@dataclass(frozen=True)
class Apercu:
    """Ce que lira une entreprise, avant l'envoi."""

    exemplaire: str
    entreprise: str
    sujet: str
    texte: str
    pieces: list[PieceAffichee]


def apercus(courrier: Courrier) -> list[Apercu]:
    return [
        Apercu(
            exemplaire.reference,
            exemplaire.fil.equipe.nom,
            sujet,
            texte,
            pieces_de_l_acheteur(courrier.consultation, exemplaire.pieces.all()),
        )
        for exemplaire, sujet, texte in services.apercus(
            courrier, list(queries.exemplaires_de(courrier))
        )
    ]


@dataclass(frozen=True)
class Fait:
    """Un fait prouvé : quoi, quand, et l'empreinte de son écriture au journal."""

    quoi: str
    le: datetime
    empreinte: str


ACTES = (
    "courrier.envoyer",
    "courrier.lire",
    "courrier.alerte_acceptee",
    "courrier.alerte_refusee",
    "courrier.relancer",
)


def ecritures_de(exemplaire: Exemplaire) -> QuerySet[Ecriture]:
    """Ce que le journal a retenu de cet exemplaire, dans l'ordre."""
    reference = exemplaire.courrier.consultation.reference
    siennes = Ecriture.objects.filter(
        sujet=reference, acte__in=ACTES, contenu__contains=f'"{exemplaire.reference}"'
    )
    return siennes.order_by("numero")


def faits_de(exemplaire: Exemplaire) -> list[Fait]:
    """Envoyé, remis, prévenu, lu : chaque fait avec l'écriture qui le prouve."""
    noms = {
        "courrier.envoyer": "Envoyé, et remis sur la plateforme",
        "courrier.lire": "Lu la première fois",
        "courrier.alerte_acceptee": "Alerte prise par le serveur de courriel",
        "courrier.alerte_refusee": "Alerte refusée par le serveur de courriel",
        "courrier.relancer": "Relancé",
    }
    return [
        Fait(noms[e.acte], e.le, services.empreinte(e.contenu)) for e in ecritures_de(exemplaire)
    ]


def etat_des_echanges(consultation: Consultation, *, le: datetime) -> EtatDesEchanges:
    """Le port `consultations.Echanges` : ce qui est à lire, ce qui est à relancer, et où aller."""
    envoyes, a_lire = queries.compte_de(consultation)
    return EtatDesEchanges(
        envoyes=envoyes,
        a_lire=a_lire,
        a_relancer=len(queries.a_relancer([consultation], le=le)) if envoyes else 0,
        page=reverse("echanges:liste", args=(consultation.reference,)),
    )


def alertes_dites(exemplaire: Exemplaire) -> list[tuple[str, str, datetime]]:
    """Chaque alerte : à qui, ce qu'il en est advenu, et quand."""
    return [
        (
            alerte.adresse,
            f"refusée : {alerte.refus}" if alerte.refusee_le else "prise par son serveur",
            constatee,
        )
        if (constatee := alerte.acceptee_le or alerte.refusee_le)
        else (alerte.adresse, "en route", alerte.ecrite_le)
        for alerte in exemplaire.alertes.all()
    ]


@dataclass(frozen=True)
class FilAffiche:
    """Un fil, tel que la liste de l'entreprise le montre."""

    fil: Fil
    sujet: str
    le: datetime
    non_lus: int
    reponse_avant: datetime | None
    etat: EtatAffiche


def fils_affiches(fils: Sequence[Any], *, le: datetime) -> list[FilAffiche]:
    """Des fils de `queries.fils_recus`, chacun avec ce qui y attend la personne."""
    return [
        _afficher(fil, repondre=any(_attend_une_reponse(fil, recu, le=le) for recu in fil.recus))
        for fil in fils
    ]


def _attend_une_reponse(fil: Any, recu: Exemplaire, *, le: datetime) -> bool:
    """Lu, dans son délai, et rien n'y a répondu : ce que `queries.a_repondre_de` cherche, dans
    un fil déjà lu.
    """
    avant = recu.courrier.reponse_avant
    dans_le_delai = recu.lu_le is not None and avant is not None and avant >= le
    return (
        dans_le_delai
        and fil.consultation.etat not in queries.SANS_REPONSE
        and not any(retour.recu_le >= recu.remis_le for retour in fil.retours.all())
    )


def _afficher(fil: Any, *, repondre: bool) -> FilAffiche:
    dernier = fil.recus[-1]
    non_lus = sum(exemplaire.lu_le is None for exemplaire in fil.recus)
    repondu = any(retour.recu_le >= dernier.remis_le for retour in fil.retours.all())
    return FilAffiche(
        fil=fil,
        # Un sujet dit déjà l'essentiel : il se lit avec son courrier.
        sujet="" if non_lus else dernier.sujet,
        le=dernier.remis_le,
        non_lus=non_lus,
        reponse_avant=dernier.courrier.reponse_avant,
        etat=_etat_du_fil(non_lus=non_lus, repondre=repondre, repondu=repondu),
    )


def _etat_du_fil(*, non_lus: int, repondre: bool, repondu: bool) -> EtatAffiche:
    if non_lus:
        return EtatAffiche("attention", "Non lu", "attente")
    if repondre:
        return EtatAffiche("attention", "Réponse attendue", "heure")
    return EtatAffiche("ok", "Répondu") if repondu else EtatAffiche("ok", "Lu")
