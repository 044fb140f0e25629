"""Ce qu'on sait d'une candidature ouverte :
chaque pièce, son fichier, ce qui en est dit, ce qui est redemandé et revenu.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from beffroi.achat.consultations.models import Consultation, PieceAttendue
from beffroi.choix.candidatures.models import DemandeDeComplement, ExamenDePiece, OrdreDExamen
from beffroi.choix.candidatures.queries import Candidature
from beffroi.choix.echanges.models import Retour
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.models import FichierOuvert, OuverturePli

Verdict = ExamenDePiece.Verdict
CAPACITES = "Capacités"


@dataclass(frozen=True)
class PieceVue:
    """Une pièce attendue : les fichiers trouvés, le dernier verdict, et si elle est redemandée.

    Sans pièce, les capacités.
    """

    piece: PieceAttendue | None
    fichiers: tuple[FichierOuvert, ...] = ()
    examen: ExamenDePiece | None = None

    @property
    def intitule(self) -> str:
        return self.piece.intitule if self.piece else CAPACITES

    @property
    def cle(self) -> str:
        return self.piece.reference if self.piece else "capacites"

    @property
    def manque(self) -> bool:
        """À redemander : l'examinateur le dit, ou rien n'est venu et rien n'en est dit."""
        if self.examen is not None:
            return self.examen.verdict in (Verdict.MANQUANTE, Verdict.INSUFFISANTE)
        return self.piece is not None and not self.fichiers

    @property
    def signe(self) -> tuple[str, str, str]:
        """Le ton, le mot, le signe, pour l'écran."""
        if self.examen is None:
            if self.piece is None:
                return "gris", "À examiner", ""
            return (
                ("cours", "Trouvée, à examiner", "")
                if self.fichiers
                else ("attention", "Aucun fichier", "alerte")
            )
        return {
            Verdict.PRESENTE: ("ok", "Présente", ""),
            Verdict.MANQUANTE: ("attention", "Manquante", "alerte"),
            Verdict.INSUFFISANTE: ("attention", "Insuffisante", "alerte"),
            Verdict.SANS_OBJET: ("gris", "Sans objet", ""),
        }[Verdict(self.examen.verdict)]


@dataclass(frozen=True)
class Reponse:
    """Ce qui est revenu d'une demande, et si c'est après son délai."""

    retour: Retour
    en_retard: bool


@dataclass(frozen=True)
class DemandeVue:
    """Une demande partie, et ce que l'entreprise a répondu depuis."""

    demande: DemandeDeComplement
    reponses: tuple[Reponse, ...]
    echue: bool

    @property
    def signe(self) -> tuple[str, str, str]:
        if self.reponses:
            tardive = all(reponse.en_retard for reponse in self.reponses)
            return (
                ("attention", "Répondu en retard", "alerte") if tardive else ("ok", "Répondu", "")
            )
        return (
            ("attention", "Sans réponse, délai passé", "alerte")
            if self.echue
            else ("cours", "Réponse attendue", "")
        )


@dataclass(frozen=True)
class Dossier:
    """Une candidature et tout ce qui l'entoure."""

    candidature: Candidature
    pieces: tuple[PieceVue, ...]
    autres_fichiers: tuple[FichierOuvert, ...] = ()
    demandes: tuple[DemandeVue, ...] = ()
    historique: tuple[ExamenDePiece, ...] = field(default=())

    @property
    def pli(self) -> Pli:
        return self.candidature.pli

    @property
    def manquantes(self) -> list[PieceVue]:
        return [piece for piece in self.pieces if piece.manque]

    @property
    def a_examiner(self) -> bool:
        return self.candidature.est_a_decider and any(piece.examen is None for piece in self.pieces)

    @property
    def sans_decision(self) -> list[int | None]:
        if not self.candidature.est_a_decider:
            return []
        return [lot for lot in self.candidature.lots if lot not in self.candidature.decisions]


def dossiers(
    consultation: Consultation, recues: Iterable[Candidature], *, le: datetime
) -> list[Dossier]:
    """Les dossiers de ces candidatures,
    en un nombre de lectures qui ne dépend pas de leur nombre.
    """
    recues = list(recues)
    plis = [candidature.pli for candidature in recues]
    attendues = list(
        consultation.pieces_attendues.filter(enveloppe=PieceAttendue.Enveloppe.CANDIDATURE)
    )
    examens, fichiers = derniers_examens(plis), fichiers_par_piece(plis)
    demandes = demandes_vues(plis, le=le)
    return [
        Dossier(
            candidature=candidature,
            pieces=(
                *(
                    PieceVue(
                        piece,
                        tuple(fichiers[candidature.pli.pk].get(piece.pk, ())),
                        examens.get(candidature.pli.pk, {}).get(piece.pk),
                    )
                    for piece in attendues
                ),
                PieceVue(None, examen=examens.get(candidature.pli.pk, {}).get(None)),
            ),
            autres_fichiers=tuple(fichiers[candidature.pli.pk].get(None, ())),
            demandes=tuple(demandes[candidature.pli.pk]),
        )
        for candidature in recues
    ]


def ce_qui_manque(
    consultation: Consultation, recues: Iterable[Candidature], *, le: datetime
) -> dict[int, list[str]]:
    """Pour chaque pli, ce que l'examen dit manquant ou insuffisant, ou qui n'est pas venu.

    En deux temps, les candidatures se décident en une page, sans examen pièce par pièce :
    seul ce qui y est dit compte.
    """
    dit_seul = consultation.procedure.en_deux_temps
    return {
        dossier.pli.pk: [vue.intitule for vue in dossier.manquantes if vue.examen or not dit_seul]
        for dossier in dossiers(consultation, recues, le=le)
    }


def derniers_examens(plis: Iterable[Pli]) -> dict[int, dict[int | None, ExamenDePiece]]:
    """Pour chaque pli et chaque pièce, le dernier verdict ; sous `None`, celui des capacités."""
    derniers: dict[int, dict[int | None, ExamenDePiece]] = defaultdict(dict)
    examens = ExamenDePiece.objects.filter(pli__in=list(plis)).select_related(
        "examinee_par", "piece"
    )
    for dit in examens.order_by("pk"):
        derniers[dit.pli_id][dit.piece_id] = dit
    return derniers


def fichiers_par_piece(plis: Iterable[Pli]) -> dict[int, dict[int | None, list[FichierOuvert]]]:
    """Les fichiers ouverts, rangés sous la pièce que l'entreprise a dit
    apporter ; sous `None`, les autres.
    """
    ranges: dict[int, dict[int | None, list[FichierOuvert]]] = defaultdict(
        lambda: defaultdict(list)
    )
    ouvertures = OuverturePli.objects.filter(
        pli__in=list(plis),
        enveloppe__sorte=PieceAttendue.Enveloppe.CANDIDATURE,
        etat=OuverturePli.Etat.OUVERTE,
    )
    lues = ouvertures.select_related("enveloppe")
    for ouverture in lues.prefetch_related("fichiers", "enveloppe__fichiers"):
        pieces = {scelle.nom: scelle.piece_id for scelle in ouverture.enveloppe.fichiers.all()}
        for fichier in ouverture.fichiers.all():
            ranges[ouverture.pli_id][pieces.get(fichier.nom)].append(fichier)
    return ranges


def demandes_vues(plis: Iterable[Pli], *, le: datetime) -> dict[int, list[DemandeVue]]:
    """Chaque demande, et les réponses reçues dans son fil depuis qu'elle est partie."""
    demandes = DemandeDeComplement.objects.filter(pli__in=list(plis)).select_related(
        "exemplaire__courrier", "exemplaire__fil", "demandee_par", "pli__equipe"
    )
    vues: dict[int, list[DemandeVue]] = defaultdict(list)
    for demande in demandes.prefetch_related("exemplaire__fil__retours__pieces"):
        avant = demande.exemplaire.courrier.reponse_avant
        reponses = tuple(
            Reponse(retour, en_retard=avant is not None and retour.recu_le > avant)
            for retour in demande.exemplaire.fil.retours.all()
            if retour.recu_le >= demande.demandee_le
        )
        vues[demande.pli_id].append(
            DemandeVue(demande, reponses, echue=avant is not None and le > avant)
        )
    return vues


def delais_en_cours(consultation: Consultation, *, le: datetime) -> list[datetime]:
    """Jusqu'à quand courent les demandes de compléter déjà parties :
    toutes ont le même délai (CCP, art. R. 2144-2).
    """
    demandes = DemandeDeComplement.objects.filter(
        pli__consultation=consultation,
        objet=DemandeDeComplement.Objet.PIECES,
        exemplaire__courrier__reponse_avant__gte=le,
    )
    delais = demandes.values_list("exemplaire__courrier__reponse_avant", flat=True).distinct()
    return [delai for delai in delais if delai is not None]


def ordre_de(consultation: Consultation) -> str:
    """L'ordre choisi en dernier ; sans choix, les candidatures d'abord."""
    dernier = consultation.ordres_d_examen.last()
    return str(dernier.ordre) if dernier else OrdreDExamen.Ordre.CANDIDATURES
