"""Lire les relectures :
la file du juriste, celles d'une consultation, les versions, les délais tenus.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.consultations.queries import NON_PUBLIEES, consultation_pour, pieces_en_vigueur
from beffroi.achat.relectures.models import (
    Commentaire,
    DecisionSurUnConstat,
    ModeleDeCommentaire,
    PasseOutre,
    Relecture,
)
from beffroi.achat.relectures.permissions import ACTES, ACTES_DU_CENTRE
from beffroi.achat.relectures.rules.constats import ECARTE
from beffroi.achat.relectures.rules.delais import heures_ouvrees
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from formats.comparaison import Difference, differences

OUVERTES = (Relecture.Etat.DEMANDEE, Relecture.Etat.PRISE)


# ---------------------------------------------------------------- chez l'acheteur


def relectures_de(consultation: Consultation) -> QuerySet[Relecture]:
    """Toutes les versions soumises, la dernière d'abord."""
    return consultation.relectures.select_related("demandee_par", "prise_par").order_by("-numero")


def en_cours_pour(consultation: Consultation) -> Relecture | None:
    return relectures_de(consultation).filter(etat__in=OUVERTES).first()


def dernier_avis(consultation: Consultation) -> Relecture | None:
    """L'avis rendu sur la dernière version soumise, tant que la consultation n'est pas publiée."""
    return derniers_avis([consultation]).get(consultation)


@prete
def rendues_de(consultations: list[int]) -> QuerySet[Relecture]:
    """Celles dont l'avis est rendu."""
    return Relecture.objects.filter(consultation__in=consultations, etat=Relecture.Etat.RENDUE)


def soumises(consultations: Iterable[Consultation]) -> QuerySet[Relecture]:
    """Les versions qu'on n'a pas retirées."""
    siennes = Relecture.objects.filter(consultation__in=list(consultations))
    return siennes.exclude(etat=Relecture.Etat.RETIREE)


def derniers_avis(consultations: Iterable[Consultation]) -> dict[Consultation, Relecture]:
    """Les mêmes, de celles qui en ont, lus d'un trait."""
    preparees = [une for une in consultations if une.etat in NON_PUBLIEES]
    dernieres = {
        relecture.consultation_id: relecture
        for relecture in soumises(preparees)
        .select_related("demandee_par", "prise_par")
        .order_by("numero")
    }
    return {
        une: dernieres[une.pk]
        for une in preparees
        if une.pk in dernieres and dernieres[une.pk].etat == Relecture.Etat.RENDUE
    }


def remarques_sans_reponse(relectures: Iterable[Relecture]) -> Counter[int]:
    """Par relecture, combien de remarques attendent encore l'acheteur."""
    attendues = Commentaire.objects.filter(relecture__in=list(relectures), reponse="")
    return Counter(attendues.values_list("relecture", flat=True))


def consultation_a_relire(
    utilisateur: Utilisateur, reference: str, acte: str, le: datetime
) -> Consultation:
    return consultation_pour(utilisateur, reference, acte, le, table=ACTES)


def relecture_de_l_acheteur(
    utilisateur: Utilisateur, reference: str, acte: str, le: datetime
) -> Relecture:
    """La relecture, si elle est de l'organisme de la personne ; introuvable sinon."""
    relecture = _par_reference(reference)
    consultation_a_relire(utilisateur, relecture.consultation.reference, acte, le)
    return relecture


def passes_outre_de(consultation: Consultation) -> dict[str, PasseOutre]:
    """Les constats gardés malgré eux, par empreinte."""
    return {passe.empreinte: passe for passe in _passes_outre(consultation)}


@prete
def _passes_outre(consultation: Consultation) -> QuerySet[PasseOutre]:
    return consultation.passes_outre.select_related("par")


# ---------------------------------------------------------------- chez l'exploitant


def exiger_un_juriste(utilisateur: Utilisateur, le: datetime) -> Habilitation:
    """La personne est de l'exploitant (404 sinon) et y est juriste (403 sinon)."""
    return exiger_au_centre(utilisateur, "relire", ACTES_DU_CENTRE, le)


def documents_du_dossier(relecture: Relecture) -> list[PieceDce]:
    """Ce que le juriste peut ouvrir : le document relu d'abord, puis le dossier d'aujourd'hui."""
    relu = [relecture.document] if relecture.document else []
    autres = [p for p in pieces_en_vigueur(relecture.consultation) if p not in relu]
    return [*relu, *autres]


def relecture_du_juriste(utilisateur: Utilisateur, reference: str, le: datetime) -> Relecture:
    exiger_un_juriste(utilisateur, le)
    return _par_reference(reference)


@prete
def file_d_un_juriste(juristes: list[int]) -> QuerySet[Relecture]:
    """Dans cette file, celles dont personne ne s'est chargé, et les siennes."""
    return file_des_relectures().filter(Q(prise_par=None) | Q(prise_par__in=juristes))


def file_des_relectures() -> QuerySet[Relecture]:
    """Ce qui attend un avis, le plus pressé d'abord."""
    return Relecture.objects.filter(etat__in=OUVERTES).select_related(
        "consultation__organisme", "prise_par"
    )


def rendues() -> QuerySet[Relecture]:
    return (
        Relecture.objects.filter(etat=Relecture.Etat.RENDUE)
        .select_related("consultation__organisme", "prise_par")
        .order_by("-rendue_le")
    )


def modeles() -> QuerySet[ModeleDeCommentaire]:
    return ModeleDeCommentaire.objects.all()


def modele_par_cle(cle: int) -> ModeleDeCommentaire:
    modele = ModeleDeCommentaire.objects.filter(pk=cle).first()
    if modele is None:
        raise Introuvable()
    return modele


def heures_de_travail(relecture: Relecture) -> float | None:
    """De la demande à l'avis, aux heures où l'assistance répond ;
    rien tant qu'il n'est pas rendu.
    """
    if relecture.rendue_le is None:
        return None
    return heures_ouvrees(relecture.demandee_le, relecture.rendue_le, settings.SERVICE["horaires"])


class Frequent(NamedTuple):
    """Un contrôle qui revient : ce qu'il dit, combien de fois, et combien de fois un juriste l'a
    écarté. Souvent écarté, c'est le contrôle qui est à revoir.
    """

    code: str
    quoi: str
    nombre: int
    ecartes: int


class Mesures(NamedTuple):
    """Les délais tenus et les constats les plus fréquents : de quoi améliorer les modèles."""

    rendues: int
    dans_le_delai: int
    heures_medianes: float
    avis: dict[str, int]
    constats: Sequence[Frequent]


def mesures(limite: int = 10) -> Mesures:
    """Sur toutes les relectures rendues ; les heures sont ouvrées."""
    relues = list(rendues())
    heures = sorted(heures for relue in relues if (heures := heures_de_travail(relue)) is not None)
    codes = Counter(str(constat["code"]) for relue in relues for constat in relue.constats)
    phrases = {str(c["code"]): str(c["quoi"]) for relue in relues for c in relue.constats}
    ecartes = Counter(
        DecisionSurUnConstat.objects.filter(
            relecture__etat=Relecture.Etat.RENDUE, issue=ECARTE
        ).values_list("code", flat=True)
    )
    return Mesures(
        rendues=len(relues),
        dans_le_delai=sum(
            relue.rendue_le is not None and relue.rendue_le <= relue.due_le for relue in relues
        ),
        heures_medianes=heures[len(heures) // 2] if heures else 0.0,
        avis=dict(Counter(relue.get_avis_display() for relue in relues)),
        constats=[
            Frequent(code, phrases[code], nombre, ecartes[code])
            for code, nombre in codes.most_common(limite)
        ],
    )


# ---------------------------------------------------------------- une relecture


def _par_reference(reference: str) -> Relecture:
    relecture = (
        Relecture.objects.filter(reference=reference)
        .select_related("consultation__organisme", "demandee_par", "prise_par")
        .first()
    )
    if relecture is None:
        raise Introuvable()
    return relecture


def commentaire_de(relecture: Relecture, reference: str) -> Commentaire:
    commentaire = relecture.commentaires.filter(reference=reference).first()
    if commentaire is None:
        raise Introuvable()
    return commentaire


def numeros_de_paragraphes(relecture: Relecture) -> set[int]:
    return {int(paragraphe["numero"]) for paragraphe in relecture.texte}


def precedente(relecture: Relecture) -> Relecture | None:
    """La version soumise juste avant, si elle avait un texte."""
    avant = relectures_de(relecture.consultation).filter(numero__lt=relecture.numero)
    return next((ancienne for ancienne in avant if ancienne.texte), None)


def changements(relecture: Relecture) -> tuple[Difference, ...]:
    """Le texte de cette version, marqué de ce qui a changé depuis la précédente."""
    ancienne = precedente(relecture)
    apres = _textes(relecture)
    return differences(_textes(ancienne) if ancienne else apres, apres)


def _textes(relecture: Relecture) -> list[str]:
    return [str(paragraphe["texte"]) for paragraphe in relecture.texte]


def paragraphes_commentes(
    relecture: Relecture,
    reprises: Mapping[int, Sequence[Any]],
    *,
    constats: Iterable[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Chaque passage, ce qui y a changé, ses constats,
    ses commentaires et ceux des versions d'avant.
    """
    commentaires: dict[int | None, list[Commentaire]] = {}
    for commentaire in relecture.commentaires.select_related("par", "repondu_par"):
        commentaires.setdefault(commentaire.paragraphe, []).append(commentaire)
    places_des_constats: dict[int, list[dict[str, Any]]] = {}
    for constat in constats:
        if constat.get("paragraphe"):
            places_des_constats.setdefault(int(constat["paragraphe"]), []).append(constat)
    places = {int(paragraphe["numero"]): paragraphe for paragraphe in relecture.texte}
    return [
        {
            "signe": passage.signe,
            "numero": passage.numero,
            "texte": passage.texte,
            "page": places.get(passage.numero, {}).get("page") if passage.signe != "-" else None,
            "constats": places_des_constats.get(passage.numero, []) if passage.signe != "-" else [],
            "commentaires": commentaires.get(passage.numero, []) if passage.signe != "-" else [],
            "reprises": reprises.get(passage.numero, ()) if passage.signe != "-" else (),
        }
        for passage in changements(relecture)
    ]
