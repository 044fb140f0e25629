"""Ce que les archives reçoivent d'un contrat :
ce qu'il dit, ce qui l'a changé, ses pièces signées.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import faits, gardee
from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.marches.models import Marche, PieceDuMarche
from beffroi.personnes.organismes.models import Organisme
from formats.versement import Etape, Piece, Sorte

COLONNES = (
    "reference",
    "numero",
    "objet",
    "etat",
    "nature",
    "prestation",
    "procedure",
    "montant",
    "maximum",
    "duree_en_mois",
    "forme_de_prix",
    "code_cpv",
    "lieu",
    "signe_le",
    "transmis_le",
    "notifie_le",
    "fini_le",
    "motif_de_fin",
    "solde_le",
)
SUITES = {
    "titulaires": ("rang", "siret", "nom", "depuis_le", "jusqu_au"),
    "engagements": (
        "rang",
        "siret",
        "nom",
        "montant",
        "titulaire_le",
        "acheteur_le",
        "envoyee_le",
        "recue_le",
    ),
    "modifications": (
        "numero",
        "fondement",
        "article",
        "motif",
        "montant",
        "mois_en_plus",
        "calcul",
        "nouveau_siret",
        "nouveau_nom",
        "signee_le",
        "notifiee_le",
    ),
    "sous_traitances": (
        "numero",
        "siret",
        "nom",
        "prestations",
        "montant",
        "duree_en_mois",
        "notifie_le",
    ),
    "commandes": (
        "numero",
        "objet",
        "montant",
        "emis_le",
        "titulaire__siret",
        "annule_le",
        "motif_d_annulation",
    ),
}


def conclus(consultation: Consultation, *, le: datetime) -> list[QuerySet[Marche]]:
    return [Marche.toutes.filter(consultation=consultation)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    yield from _contrats(Marche.toutes.filter(consultation=consultation))


def hors_consultation(organisme: Organisme, *, le: datetime) -> Iterator[Piece]:
    """Les contrats que cet acheteur a inscrits sans consultation d'ici :
    conclus ailleurs, ou sans publicité.
    """
    yield from _contrats(Marche.toutes.filter(organisme=organisme, consultation=None))


def _contrats(contrats: QuerySet[Marche]) -> Iterator[Piece]:
    lus = list(contrats.order_by("pk").prefetch_related("pieces"))

    @cache
    def suites() -> dict[str, Mapping[int, object]]:
        return {nom: _suites(lus, nom) for nom in SUITES}

    for marche in lus:
        yield faits(
            f"Contrat {marche.numero}",
            f"contrat-{marche.numero}.json",
            partial(_contrat, marche, suites),
            sorte=Sorte.CONTRAT,
            etape=Etape.EXECUTION,
            le=marche.cree_le,
            sujet=marche.reference,
            contrat=marche.reference,
        )
        yield from (_du_contrat(marche, piece) for piece in marche.pieces.all())


def _du_contrat(marche: Marche, piece: PieceDuMarche) -> Piece:
    return gardee(
        f"{piece.get_sorte_display()}, contrat {marche.numero}",
        piece,
        sorte=Sorte.CONTRAT,
        etape=Etape.EXECUTION,
        le=piece.ajoutee_le,
        sujet=marche.reference,
        contrat=marche.reference,
    )


def _suites(contrats: Sequence[Marche], nom: str) -> Mapping[int, list[dict[str, object]]]:
    """Par la clé du contrat, en une lecture pour tous."""
    ranges: dict[int, list[dict[str, object]]] = defaultdict(list)
    modele = getattr(Marche, nom).rel.related_model
    for suite in modele.objects.filter(marche__in=contrats).values("marche", *SUITES[nom]):
        ranges[suite.pop("marche")].append(suite)
    return ranges


def _contrat(
    marche: Marche, suites: Callable[[], Mapping[str, Mapping[int, object]]]
) -> dict[str, object]:
    """Ce qu'il dit, ce que chaque titulaire a signé et reçu, et tout ce qui l'a changé ensuite."""
    siennes = {nom: rangees[marche.pk] for nom, rangees in suites().items()}
    return {**{colonne: getattr(marche, colonne) for colonne in COLONNES}, **siennes}
