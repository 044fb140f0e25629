"""Lire l'analyse d'un lot d'un seul pas :
toutes les offres, toutes les notes, en un nombre de requêtes qui ne croît pas.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from django.db.models import Model, Q, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse.grille import Case, CritereDeLaGrille, lire
from beffroi.choix.analyse.models import (
    Evaluateur,
    GrilleDAnalyse,
    MontantRetenu,
    Note,
    NoteRetenue,
    Offre,
    QualificationDOffre,
    RapportDAnalyse,
)
from beffroi.choix.candidatures.queries import candidatures_en_lice, soumissionnaires_ecartes
from beffroi.reponse.depots.queries import soumissionnaire
from beffroi.seance.ouverture.ports import lettres_parties
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lecture, lu_ensemble, lu_une_fois, voisines

HORS_LICE = "La candidature de cette entreprise n'est pas retenue pour ce lot."
SANS_OFFRE_FINALE = "Cette entreprise n'a pas d'offre ouverte au dernier tour de la négociation."


class LotAAnalyser(NamedTuple):
    """Une consultation, et le numéro de son lot ; aucun quand l'achat n'en a pas."""

    consultation: Consultation
    numero: int | None

    @property
    def cle(self) -> tuple[int, int | None]:
        return self.consultation.pk, self.numero


@dataclass(frozen=True)
class Dits:
    """Ce qui est dit des offres d'un lot : chaque sorte se lit d'un pas, quand on la demande."""

    offres: tuple[Offre, ...]

    @cached_property
    def montants(self) -> dict[int, MontantRetenu]:
        return _derniers(_montants, self.offres)

    @cached_property
    def qualifications(self) -> dict[int, QualificationDOffre]:
        return _derniers(_qualifications, self.offres)

    @cached_property
    def retenues(self) -> dict[int, dict[str, NoteRetenue]]:
        par_offre: dict[int, dict[str, NoteRetenue]] = defaultdict(dict)
        for retenue in _retenues([offre.pk for offre in self.offres]):
            par_offre[retenue.offre_id][retenue.critere] = retenue
        return par_offre

    @cached_property
    def notes(self) -> dict[int, dict[str, dict[int, Note]]]:
        par_offre: dict[int, dict[str, dict[int, Note]]] = defaultdict(lambda: defaultdict(dict))
        for note in _notes([offre.pk for offre in self.offres]):
            par_offre[note.offre_id][note.critere][note.evaluateur_id] = note
        return par_offre


@dataclass(frozen=True)
class LigneDOffre:
    """Une offre et tout ce qui en est dit aujourd'hui."""

    offre: Offre
    dits: Dits
    pse_comptees: frozenset[int]
    hors_lice: str = ""

    @property
    def montant(self) -> MontantRetenu | None:
        return self.dits.montants.get(self.offre.pk)

    @property
    def qualification(self) -> QualificationDOffre | None:
        return self.dits.qualifications.get(self.offre.pk)

    @property
    def retenues(self) -> dict[str, NoteRetenue]:
        return self.dits.retenues[self.offre.pk]

    @property
    def notes(self) -> dict[str, dict[int, Note]]:
        return self.dits.notes[self.offre.pk]

    @property
    def nom(self) -> str:
        entreprise = self.offre.pli.equipe.nom
        return (
            f"{entreprise}, variante {self.offre.variante}" if self.offre.variante else entreprise
        )

    @property
    def montant_classe(self) -> Decimal | None:
        """Le montant que le classement compare :
        la base, et les prestations supplémentaires que l'acheteur compte.

        L'offre qui n'en chiffre pas une n'a pas de montant à comparer :
        le périmètre ne serait pas le même.
        """
        if self.montant is None:
            return None
        chiffrees = {pse["numero"]: Decimal(pse["montant"]) for pse in self.montant.pse}
        if not self.pse_comptees <= chiffrees.keys():
            return None
        return self.montant.montant + sum(
            (chiffrees[numero] for numero in self.pse_comptees), Decimal(0)
        )

    @property
    def elimination(self) -> str:
        """Pourquoi elle n'est pas classée, en un mot ; vide si elle l'est."""
        if self.hors_lice:
            return "tour" if self.hors_lice == SANS_OFFRE_FINALE else "candidature"
        if self.qualification is None or self.qualification.qualification == "reguliere":
            return ""
        return self.qualification.qualification

    @property
    def motif(self) -> str:
        if self.hors_lice:
            return self.hors_lice
        return self.qualification.motif if self.qualification and self.elimination else ""


@dataclass(frozen=True)
class Analyse:
    """L'analyse d'un lot, lue en entier."""

    consultation: Consultation
    lot: int | None
    grille: GrilleDAnalyse | None
    offres: tuple[LigneDOffre, ...]
    rapport: RapportDAnalyse | None = None
    criteres: tuple[CritereDeLaGrille, ...] = field(default=())

    @cached_property
    def evaluateurs(self) -> tuple[Evaluateur, ...]:
        nommes = Evaluateur.objects.filter(consultation=self.consultation)
        return tuple(nommes.select_related("utilisateur", "nomme_par"))

    @cached_property
    def dite(self) -> bool:
        return lettres_parties(self.consultation, self.lot)

    @property
    def est_close(self) -> bool:
        """Rien n'y change plus : le rapport est validé, ou les lettres du lot sont parties."""
        return self.rapport is not None or self.dite

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        return tuple(case for critere in self.criteres for case in critere.cases)

    @cached_property
    def cases_a_noter(self) -> tuple[Case, ...]:
        return tuple(case for case in self.cases if not case.automatique)

    @cached_property
    def en_course(self) -> tuple[LigneDOffre, ...]:
        return tuple(ligne for ligne in self.offres if not ligne.elimination)

    def ligne(self, reference: str) -> LigneDOffre | None:
        return next((ligne for ligne in self.offres if ligne.offre.reference == reference), None)


@lu_ensemble
def rapports_valides(
    consultations: Sequence[Consultation],
) -> dict[int, dict[int | None, RapportDAnalyse]]:
    """Lot par lot, le rapport qui vaut encore."""
    valides: dict[int, dict[int | None, RapportDAnalyse]] = {une.pk: {} for une in consultations}
    for rapport in _rapports(list(valides)):
        valides[rapport.consultation_id][rapport.lot] = rapport
    return valides


@prete
def _rapports(consultations: list[int]) -> QuerySet[RapportDAnalyse]:
    rapports = RapportDAnalyse.objects.filter(consultation__in=consultations, rouvert_le=None)
    return rapports.select_related("valide_par")


@lu_une_fois
def analyse_de(consultation: Consultation, lot: int | None) -> Analyse:
    """Tout ce qui est su de ce lot."""
    [analyse] = analyses_de([LotAAnalyser(consultation, lot)])
    return analyse


@lecture()
def analyses_de(lots: Sequence[LotAAnalyser]) -> list[Analyse]:
    """Tout ce qui est su de chacun de ces lots ; le même nombre de requêtes, qu'il y ait un lot ou
    vingt, deux offres ou soixante.
    """
    consultations = list(dict.fromkeys(lot.consultation for lot in lots))
    voisines(consultations)
    numeros = {lot.numero for lot in lots}
    cles, nommes = [une.pk for une in consultations], [n for n in numeros if n is not None]
    entiers = None in numeros
    grilles = {
        (grille.consultation_id, grille.lot): grille
        for grille in reversed(_grilles_des_lots(cles, nommes, entiers=entiers))
    }
    offres: dict[tuple[int, int | None], list[Offre]] = defaultdict(list)
    for offre in _offres_des_lots(cles, nommes, entiers=entiers):
        offres[offre.consultation_id, offre.lot].append(offre)
    demandees = [offres[lot.cle] for lot in lots]
    dits = Dits(tuple(chain.from_iterable(demandees)))
    return [
        _analyse(lot, grilles.get(lot.cle), siennes, dits)
        for lot, siennes in zip(lots, demandees, strict=True)
    ]


@prete
def _grilles_des_lots(
    consultations: list[int], numeros: list[int], *, entiers: bool
) -> QuerySet[GrilleDAnalyse]:
    siennes = en_vigueur(GrilleDAnalyse).filter(consultation__in=consultations)
    return siennes.select_related("arretee_par").filter(_de_ces_lots(numeros, entiers=entiers))


@prete
def _offres_des_lots(
    consultations: list[int], numeros: list[int], *, entiers: bool
) -> QuerySet[Offre]:
    offres = Offre.objects.filter(consultation__in=consultations)
    lues = offres.select_related("pli__equipe", "pli__tour")
    return lues.filter(_de_ces_lots(numeros, entiers=entiers))


def _de_ces_lots(numeros: list[int], *, entiers: bool) -> Q:
    """`entiers` : et de l'achat qui n'est pas alloti."""
    nommes = Q(lot__in=numeros)
    return nommes | Q(lot=None) if entiers else nommes


def _analyse(
    lot: LotAAnalyser, grille: GrilleDAnalyse | None, offres: Sequence[Offre], dits: Dits
) -> Analyse:
    ecartees = hors_lice(lot.consultation, lot.numero, offres)
    comptees = frozenset(grille.pse) if grille else frozenset()
    depassees = _depassees(offres)
    return Analyse(
        consultation=lot.consultation,
        lot=lot.numero,
        grille=grille,
        offres=tuple(
            LigneDOffre(
                offre=offre,
                dits=dits,
                pse_comptees=comptees,
                hors_lice=ecartees.get(offre.pk, ""),
            )
            for offre in offres
            if offre.pk not in depassees
        ),
        rapport=rapports_valides(lot.consultation).get(lot.numero),
        criteres=lire(grille.criteres) if grille else (),
    )


@lecture()
def hors_lice(
    consultation: Consultation, lot: int | None, offres: Sequence[Offre]
) -> dict[int, str]:
    """Les offres dont la candidature est écartée, ou qu'aucune n'a suivie au dernier tour :
    elles ne se classent pas.

    Une candidature écartée l'est d'après l'article R. 2144-7 ;
    le reste dit seulement où l'entreprise s'est arrêtée.
    """
    if not offres:
        return {}
    en_lice = {pli.pk for pli in candidatures_en_lice(consultation, lot)}
    ecartees = soumissionnaires_ecartes(consultation, lot)
    return {
        offre.pk: HORS_LICE
        if offre.pli.tour is None or soumissionnaire(offre.pli) in ecartees
        else SANS_OFFRE_FINALE
        for offre in offres
        if offre.pli_id not in en_lice
    }


def _depassees(offres: Sequence[Offre]) -> set[int]:
    """Les offres d'un tour précédent, quand l'entreprise en a remis une autre après négociation."""
    derniers: dict[int, int] = {}
    for offre in offres:
        numero = offre.pli.tour.numero if offre.pli.tour else 0
        derniers[offre.pli.equipe_id] = max(numero, derniers.get(offre.pli.equipe_id, 0))
    return {
        offre.pk
        for offre in offres
        if (offre.pli.tour.numero if offre.pli.tour else 0) < derniers[offre.pli.equipe_id]
    }


def en_vigueur[Ligne: Model](modele: type[Ligne]) -> QuerySet[Ligne]:
    """Ce qu'aucune écriture ne remplace."""
    return modele._default_manager.filter(remplacee_par=None)


def grilles_en_vigueur(consultations: Iterable[Consultation]) -> QuerySet[GrilleDAnalyse]:
    siennes = en_vigueur(GrilleDAnalyse).filter(consultation__in=list(consultations))
    return siennes.select_related("arretee_par")


def _derniers[Ligne: Model](
    lire: Callable[[list[int]], QuerySet[Ligne]], offres: Iterable[Offre]
) -> dict[int, Ligne]:
    lignes = lire([offre.pk for offre in offres])
    return {ligne.offre_id: ligne for ligne in lignes}  # type: ignore[attr-defined]


@prete
def _montants(offres: list[int]) -> QuerySet[MontantRetenu]:
    return en_vigueur(MontantRetenu).filter(offre__in=offres)


@prete
def _qualifications(offres: list[int]) -> QuerySet[QualificationDOffre]:
    return en_vigueur(QualificationDOffre).filter(offre__in=offres)


@prete
def _retenues(offres: list[int]) -> QuerySet[NoteRetenue]:
    return en_vigueur(NoteRetenue).filter(offre__in=offres)


@prete
def _notes(offres: list[int]) -> QuerySet[Note]:
    return en_vigueur(Note).filter(offre__in=offres)
