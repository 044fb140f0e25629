"""Les candidatures ouvertes, ce qui en est dit et décidé, et qui reste en lice :
rien de ce qui est encore scellé.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import lots_lus, publiee
from beffroi.achat.tours.models import Tour
from beffroi.achat.tours.queries import dernier_tour
from beffroi.choix.candidatures.models import DecisionSurCandidature, DemandeDeComplement, Preuve
from beffroi.choix.candidatures.permissions import ACTES
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.queries import soumissionnaire
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.seance.ouverture.queries import enveloppes_sorties
from beffroi.seance.ouverture.states import EtatDeSeance
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_ensemble, lu_une_fois

VUES = (OuverturePli.Etat.OUVERTE, OuverturePli.Etat.ILLISIBLE)


@dataclass(frozen=True)
class Candidature:
    """Une candidature que la séance a ouverte, ou laissée scellée en disant pourquoi."""

    pli: Pli
    etat: str
    motif_du_scellement: str
    lots: tuple[int | None, ...]
    decisions: dict[int | None, DecisionSurCandidature] = field(default_factory=dict)

    @property
    def est_a_decider(self) -> bool:
        """Laissée scellée, elle est déjà écartée : il n'y a rien à en décider ici."""
        return self.etat in VUES

    @property
    def lots_retenus(self) -> list[int | None]:
        return [lot for lot, decision in self.decisions.items() if decision.retenue]

    @property
    def est_retenue(self) -> bool:
        return bool(self.lots_retenus)

    @property
    def rejets(self) -> list[tuple[int | None, str]]:
        """Les lots pour lesquels elle n'est pas retenue, et pourquoi."""
        if not self.est_a_decider:
            return [(None, self.motif_du_scellement)]
        return [
            (lot, decision.motif)
            for lot, decision in self.decisions.items()
            if not decision.retenue
        ]


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    """La consultation, pour un acte des candidatures :
    404 si elle est étrangère, 403 sans le rôle.
    """
    consultation = publiee(reference)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    return consultation


def candidature_de(consultation: Consultation, reference: str) -> Candidature:
    """La candidature ouverte que porte ce pli ;
    restée scellée ou d'une autre consultation, elle n'existe pas.
    """
    for candidature in candidatures(consultation):
        if candidature.pli.reference == reference and candidature.est_a_decider:
            return candidature
    raise Introuvable()


def preuve_pour(consultation: Consultation, reference: str) -> Preuve:
    preuve = Preuve.objects.filter(pli__consultation=consultation, reference=reference).first()
    if preuve is None:
        raise Introuvable()
    return preuve


@lu_une_fois
def candidatures(consultation: Consultation) -> list[Candidature]:
    """Dans l'ordre de leur arrivée. Avant la séance, il n'y en a aucune à voir."""
    ouvertures = (
        sortie
        for sortie in enveloppes_sorties(consultation)
        if sortie.seance.tour_id is None and sortie.enveloppe.sorte == "candidature"
    )
    vues: dict[int, OuverturePli] = {}
    for ouverture in ouvertures:
        deja = vues.get(ouverture.pli_id)
        if deja is None or ouverture.etat in VUES:
            vues[ouverture.pli_id] = ouverture
    decisions = decisions_en_vigueur(consultation)
    allotie = bool(lots_lus(consultation))
    return [
        Candidature(
            pli=ouverture.pli,
            etat=ouverture.etat,
            motif_du_scellement=ouverture.motif_de_la_decision,
            lots=tuple(ouverture.pli.lots) if allotie else (None,),
            decisions={d.lot: d for d in decisions if d.pli_id == ouverture.pli_id},
        )
        for ouverture in sorted(vues.values(), key=lambda o: (o.pli.recu_le, o.pli_id))
    ]


@lu_ensemble
def decisions_en_vigueur(
    consultations: Sequence[Consultation],
) -> dict[int, list[DecisionSurCandidature]]:
    """Celles que nulle autre n'a remplacées."""
    prises: dict[int, list[DecisionSurCandidature]] = {une.pk: [] for une in consultations}
    for decision in _decisions(list(prises)):
        prises[decision.pli.consultation_id].append(decision)
    return prises


@prete
def _decisions(consultations: list[int]) -> QuerySet[DecisionSurCandidature]:
    decisions = DecisionSurCandidature.objects.filter(
        pli__consultation__in=consultations, remplacee_par=None
    )
    return decisions.select_related("prise_par", "pli__equipe").order_by("pk")


def complements_sans_decision(consultations: Iterable[int]) -> QuerySet[DemandeDeComplement]:
    """Les demandes dont la candidature n'est pas encore décidée."""
    return DemandeDeComplement.objects.filter(
        pli__consultation__in=list(consultations),
        pli__consultation__etat=Consultation.Etat.DEPOUILLEE,
        pli__decisions_de_candidature=None,
        objet=DemandeDeComplement.Objet.PIECES,
    )


@prete
def complements_en_retard(consultations: list[int], le: datetime) -> QuerySet[DemandeDeComplement]:
    """Les mêmes, leur délai passé."""
    sans_decision = complements_sans_decision(consultations)
    return sans_decision.filter(exemplaire__courrier__reponse_avant__lt=le)


def complements_echus_a_decider(
    consultations: Iterable[int], *, le: datetime
) -> dict[int, datetime]:
    """Par consultation, la fin du dernier délai pour compléter,
    quand une candidature interrogée n'est pas décidée.
    """
    demandes = complements_sans_decision(consultations)
    delais = demandes.values_list("pli__consultation").annotate(
        Max("exemplaire__courrier__reponse_avant")
    )
    return {cle: avant for cle, avant in delais.order_by() if avant < le}


def preuves_de(pli: Pli) -> list[Preuve]:
    """Les preuves reçues pour cette candidature, la plus récente d'abord dans chaque sorte."""
    return list(pli.preuves.select_related("ajoutee_par"))


@lu_une_fois
def candidatures_en_lice(consultation: Consultation, lot: int | None) -> list[Pli]:
    """Les plis ouverts, une offre pour ce lot, que rien n'a écartés ;
    une candidature à décider reste en lice.

    En deux temps, ceux dont l'offre du dernier tour ouvert l'est.
    Le pli rendu est celui de l'offre.
    """
    ecartes = soumissionnaires_ecartes(consultation, lot)
    offerts = plis_offerts(consultation).get(lot, [])
    return [pli for pli in offerts if soumissionnaire(pli) not in ecartes]


@lu_une_fois
def plis_offerts(consultation: Consultation) -> dict[int | None, list[Pli]]:
    """Lot par lot, les plis dont le dernier tour ouvert a ouvert l'offre, écartés ou non."""
    tour = dernier_tour_ouvert(consultation)
    if consultation.procedure.en_deux_temps and tour is None:
        return {}
    par_lot: dict[int | None, dict[int, Pli]] = defaultdict(dict)
    for ouverture in offres_ouvertes(consultation):
        if ouverture.seance.tour_id == (tour.pk if tour else None):
            par_lot[ouverture.enveloppe.lot][ouverture.pli_id] = ouverture.pli
    return {lot: list(plis.values()) for lot, plis in par_lot.items()}


def offres_ouvertes(consultation: Consultation) -> list[OuverturePli]:
    """Les offres qu'une séance close a ouvertes, de tous les lots et de tous les tours, dans
    l'ordre de leur arrivée.
    """
    lues = (sortie for sortie in enveloppes_sorties(consultation) if sortie.est_une_offre_lue)
    return sorted(lues, key=lambda ouverture: (ouverture.pli.recu_le, ouverture.pli_id))


def soumissionnaires_ecartes(consultation: Consultation, lot: int | None) -> set[object]:
    """Qui est écarté pour ce lot :
    la candidature et l'offre d'une même entreprise peuvent être dans deux plis.
    """
    recues = [candidature for candidature in candidatures(consultation) if lot in candidature.lots]
    admis = {soumissionnaire(c.pli) for c in recues if lot in c.lots_retenus}
    rejetes = {soumissionnaire(c.pli) for c in recues if lot in dict(c.rejets)}
    scelles = {soumissionnaire(c.pli) for c in recues if not c.est_a_decider}
    vus = {soumissionnaire(c.pli) for c in recues if c.est_a_decider}
    return (rejetes - admis) | (scelles - vus)


@lu_ensemble
def dernier_tour_ouvert(consultations: Sequence[Consultation]) -> dict[int, Tour | None]:
    """Un tour en cours n'efface pas celui dont les offres sont déjà ouvertes."""
    invitees = [une for une in consultations if candidats_invites(une)]
    ouverts = Tour.objects.filter(consultation__in=invitees, seances__etat=EtatDeSeance.CLOSE)
    lus = {tour.consultation_id: tour for tour in ouverts.order_by("numero")}
    return {une.pk: lus.get(une.pk) for une in consultations}


def attend_des_offres(consultation: Consultation) -> bool:
    """Un tour d'offres est demandé, et ses offres ne sont pas encore ouvertes :
    rien ne se choisit avant elles.
    """
    return dernier_tour(consultation) != dernier_tour_ouvert(consultation)


@lu_une_fois
def candidats_invites(consultation: Consultation) -> bool:
    """Un tour d'offres est demandé : il n'y en a qu'en deux temps."""
    return consultation.procedure.en_deux_temps and dernier_tour(consultation) is not None
