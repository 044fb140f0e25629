"""Ce que les archives reçoivent, de l'attribution au contrat : décisions, lettres, pièces du contrat, rapport de présentation.

`attribution` et `marches` sont pleins de leurs propres règles : celui-ci, qui dit ce que l'on dit du contrat, remet pour eux.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achevement.models import RapportDePresentation
from beffroi.attribution.models import Attribution, Lettre
from beffroi.attribution.retour import resultat_pdf
from beffroi.consultations.archivage import a_lire_et_a_reprendre, faits, gardee
from beffroi.consultations.models import Consultation
from beffroi.marches.models import Marche, PieceDuMarche
from beffroi.organismes.models import Organisme
from formats.versement import Etape, Piece, Sorte, composee

COLONNES = (
    "reference", "numero", "objet", "etat", "nature", "prestation", "procedure", "montant", "maximum",
    "duree_en_mois", "forme_de_prix", "code_cpv", "lieu", "signe_le", "transmis_le", "notifie_le", "fini_le",
    "motif_de_fin", "solde_le",
)  # fmt: skip
SUITES = {
    "titulaires": ("rang", "siret", "nom", "depuis_le", "jusqu_au"),
    "engagements": ("rang", "siret", "nom", "montant", "titulaire_le", "acheteur_le", "envoyee_le", "recue_le"),
    "modifications": (
        "numero", "fondement", "article", "motif", "montant", "mois_en_plus", "calcul", "nouveau_siret", "nouveau_nom",
        "signee_le", "notifiee_le",
    ),
    "sous_traitances": ("numero", "siret", "nom", "prestations", "montant", "duree_en_mois", "notifie_le"),
    "commandes": (
        "numero", "objet", "montant", "emis_le", "titulaire__siret", "annule_le", "motif_d_annulation",
    ),
}  # fmt: skip


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    yield from attributions(consultation, le=le)
    yield from rapports(consultation)
    yield from _contrats(Marche.toutes.filter(consultation=consultation))


def hors_consultation(organisme: Organisme, *, le: datetime) -> Iterator[Piece]:
    """Les contrats que cet acheteur a inscrits sans consultation d'ici : conclus ailleurs, ou sans publicité."""
    yield from _contrats(Marche.toutes.filter(organisme=organisme, consultation=None))


def _contrats(contrats: QuerySet[Marche]) -> Iterator[Piece]:
    for marche in contrats.order_by("pk").prefetch_related("pieces"):
        yield faits(
            f"Contrat {marche.numero}",
            f"contrat-{marche.numero}.json",
            _contrat(marche),
            sorte=Sorte.CONTRAT,
            etape=Etape.EXECUTION,
            le=marche.cree_le,
            sujet=marche.reference,
            contrat=marche.reference,
        )
        yield from (_du_contrat(marche, piece) for piece in marche.pieces.all())


def attributions(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    decisions = Attribution.objects.filter(consultation=consultation, decidee_le__isnull=False)
    for decision in decisions.prefetch_related("autres__pli__entreprise"):
        yield faits(
            f"Décision {decision.reference}{f', lot {decision.lot}' if decision.lot else ''}",
            f"decision-{decision.reference}.json",
            _decision(decision),
            sorte=Sorte.DECISION,
            etape=Etape.ATTRIBUTION,
            le=decision.decidee_le,
            sujet=decision.reference,
        )
    lettres = Lettre.objects.filter(consultation=consultation, envoyee_le__isnull=False)
    for lettre in lettres.select_related("etablissement__entreprise"):
        yield Piece(
            titre=f"Résultat annoncé à {lettre.etablissement.entreprise}",
            sorte=Sorte.COURRIER,
            etape=Etape.ATTRIBUTION,
            nom=f"resultat-{lettre.reference}.pdf",
            ouvrir=composee(lambda lettre=lettre: resultat_pdf(lettre, le=le)),  # type: ignore[misc]
            le=lettre.envoyee_le,
            sujet=lettre.reference,
        )


def rapports(consultation: Consultation) -> Iterator[Piece]:
    for rapport in RapportDePresentation.objects.filter(consultation=consultation):
        yield from a_lire_et_a_reprendre(
            str(rapport),
            f"rapport-de-presentation-{rapport.version}",
            rapport,
            sorte=Sorte.RAPPORT,
            etape=Etape.ATTRIBUTION,
            le=rapport.etabli_le,
            sujet=rapport.reference,
        )


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


def _decision(decision: Attribution) -> dict[str, object]:
    return {
        "reference": decision.reference,
        "lot": decision.lot,
        "rang": decision.rang,
        "sorte": decision.sorte,
        "retenues": [
            {"pli": r.pli.reference, "entreprise": r.nom, "variante": r.variante, "montant": r.montant}
            for r in decision.retenues
        ],
        "motif": decision.motif,
        "fondement": decision.fondement,
        "motif_de_l_ecart": decision.motif_de_l_ecart,
        "cause": decision.cause,
        "motif_du_remplacement": decision.motif_du_remplacement,
        "decidee_le": decision.decidee_le,
    }


def _contrat(marche: Marche) -> dict[str, object]:
    """Ce qu'il dit, ce que chaque titulaire a signé et reçu, et tout ce qui l'a changé ensuite."""
    suites = {nom: list(getattr(marche, nom).values(*colonnes)) for nom, colonnes in SUITES.items()}
    return {**{colonne: getattr(marche, colonne) for colonne in COLONNES}, **suites}
