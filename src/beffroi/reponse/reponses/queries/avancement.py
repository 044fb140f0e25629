"""Où en est une réponse :
ses enveloppes, ses pièces attendues, ses fichiers, ce qui est déposé et ce qui ne l'est pas.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from beffroi.achat.consultations.models import Consultation, PieceAttendue
from beffroi.achat.tours.rules import enveloppe_attendue
from beffroi.reponse.depots import limits, rules
from beffroi.reponse.depots.models import (
    BrouillonDeReponse,
    Enveloppe,
    FichierScelle,
    PartieRecue,
    Pli,
)
from beffroi.socle.fondations.requetes import prete

CANDIDATURE, OFFRE = PieceAttendue.Enveloppe.CANDIDATURE, PieceAttendue.Enveloppe.OFFRE
# Sans octet neuf depuis ce temps, un envoi ne court plus : il est à reprendre.
SILENCE = timedelta(minutes=2)


class Mention(NamedTuple):
    """Un état tel que l'écran le dit : ton, mot, signe."""

    ton: str
    mot: str
    signe: str = ""


A_FAIRE = Mention("gris", "À faire")
PAS_ENCORE = Mention("gris", "Pas encore possible", "cadenas")


def formats_lisibles(extensions: str) -> str:
    """« ods,xlsx,pdf » se lit « ODS, XLSX ou PDF »."""
    noms = [nom.strip().upper() for nom in extensions.split(",") if nom.strip()]
    return " ou ".join(filter(None, [", ".join(noms[:-1]), *noms[-1:]]))


@dataclass(frozen=True)
class PieceDeLaReponse:
    """Une pièce attendue, et le fichier qui y répond s'il est là."""

    attendue: PieceAttendue
    fichier: FichierScelle | None

    @property
    def formats(self) -> str:
        return formats_lisibles(self.attendue.formats)

    @property
    def est_recue(self) -> bool:
        return self.fichier is not None and self.fichier.etat == FichierScelle.Etat.TERMINE


@dataclass(frozen=True)
class Place:
    """Une enveloppe de la réponse : la candidature, ou l'offre d'un lot."""

    enveloppe: str
    lot: int | None
    intitule_du_lot: str
    pieces: tuple[PieceDeLaReponse, ...]
    autres: tuple[FichierScelle, ...]
    est_interrompue: bool = False

    @property
    def code(self) -> str:
        """Le nom de la place dans les adresses."""
        if self.enveloppe == CANDIDATURE:
            return "candidature"
        return f"lot-{self.lot}" if self.lot else "offre"

    @property
    def titre(self) -> str:
        if self.enveloppe == CANDIDATURE:
            return "Pièces de candidature"
        return f"Offre du lot {self.lot}" if self.lot else "Offre"

    @property
    def fichiers(self) -> tuple[FichierScelle, ...]:
        return (*(p.fichier for p in self.pieces if p.fichier), *self.autres)

    @property
    def recus(self) -> tuple[FichierScelle, ...]:
        return tuple(f for f in self.fichiers if f.etat == FichierScelle.Etat.TERMINE)

    @property
    def manquantes(self) -> tuple[PieceAttendue, ...]:
        return tuple(piece.attendue for piece in self.pieces if not piece.est_recue)

    @property
    def inacheves(self) -> tuple[FichierScelle, ...]:
        return tuple(f for f in self.fichiers if f.etat != FichierScelle.Etat.TERMINE)

    @property
    def compte(self) -> str:
        """« 1 sur 3 », ou le nombre de fichiers quand l'acheteur n'attend rien de précis."""
        if self.pieces:
            return f"{len(self.pieces) - len(self.manquantes)} sur {len(self.pieces)}"
        return "1 fichier" if len(self.recus) == 1 else f"{len(self.recus)} fichiers"

    @property
    def mention(self) -> Mention:
        if not self.fichiers:
            return A_FAIRE
        if self.est_interrompue:
            return Mention("attention", f"À reprendre, {self.compte}", "crayon")
        if self.manquantes or self.inacheves:
            return Mention("cours", f"En cours, {self.compte}")
        return Mention("ok", f"Complet, {self.compte}")


@dataclass(frozen=True)
class Avancement:
    """Toute la réponse, à un instant."""

    brouillon: BrouillonDeReponse
    le: datetime
    places: tuple[Place, ...]
    depot: Pli | None
    deposes: frozenset[int]
    a_des_nouveautes: bool
    recoit_encore: bool
    motif_de_refus: str = ""
    lots: dict[int, str] = field(default_factory=dict)

    @property
    def consultation(self) -> Consultation:
        return self.brouillon.consultation

    @property
    def limite(self) -> datetime:
        return self.brouillon.date_limite or self.le

    @property
    def est_tard(self) -> bool:
        return self.le > self.limite

    @property
    def recus(self) -> tuple[FichierScelle, ...]:
        return tuple(fichier for place in self.places for fichier in place.recus)

    @property
    def inacheves(self) -> tuple[FichierScelle, ...]:
        return tuple(fichier for place in self.places for fichier in place.inacheves)

    @property
    def a_des_fichiers(self) -> bool:
        return bool(self.recus or self.inacheves)

    @property
    def taille(self) -> int:
        return sum(fichier.taille_claire for fichier in self.recus)

    @property
    def situation(self) -> str:
        """`deposee`, `modifiee` (déposée, puis changée),
        `envoyee` (rien n'est déposé) ou `vide`.
        """
        if self.depot:
            return "modifiee" if self.a_des_nouveautes else "deposee"
        return "envoyee" if self.a_des_fichiers else "vide"

    @property
    def mention(self) -> Mention:
        """L'état dit dans la barre du temps."""
        if self.situation == "deposee":
            return Mention("ok", "Déposée")
        return Mention("danger", "Changements non déposés" if self.depot else "Pas déposée")

    def place(self, code: str) -> Place | None:
        return next((place for place in self.places if place.code == code), None)


def avancement(brouillon: BrouillonDeReponse, *, le: datetime) -> Avancement:
    """Assemble ce que les écrans d'une réponse montrent."""
    return avancements([brouillon], le=le)[0]


def avancements(brouillons: Sequence[BrouillonDeReponse], *, le: datetime) -> list[Avancement]:
    """Le même de chaque réponse, en un nombre de lectures qui ne dépend pas du leur."""
    prefetch_related_objects(
        brouillons,
        Prefetch("fichiers", FichierScelle.objects.select_related("piece")),
        "plis",
        "consultation__lots",
        Prefetch("consultation__pieces_attendues", PieceAttendue.objects.select_related("lot")),
    )
    remplacants = remplacants_de(pli for brouillon in brouillons for pli in brouillon.plis.all())
    depots = {brouillon: depot_qui_vaut(brouillon, remplacants) for brouillon in brouillons}
    contenus = contenus_de(depot for depot in depots.values() if depot)
    choisis = [fichier for brouillon in brouillons for fichier in fichiers_choisis(brouillon)]
    endormis = envois_endormis([f for f in choisis if f.ecarte_le is None], le=le)
    return [
        _avancement(brouillon, depot, contenus[depot.pk if depot else None], endormis, le=le)
        for brouillon, depot in depots.items()
    ]


def _avancement(
    brouillon: BrouillonDeReponse,
    depot: Pli | None,
    contenus: frozenset[int],
    endormis: frozenset[int],
    *,
    le: datetime,
) -> Avancement:
    consultation, choisis = brouillon.consultation, fichiers_choisis(brouillon)
    decision = rules.peut_recevoir_des_plis(etat=consultation.etat)
    fichiers = [fichier for fichier in choisis if fichier.ecarte_le is None]
    ecartes = [f.ecarte_le for f in choisis if f.ecarte_le and f.pk in contenus]
    change = depot is not None and any(quand > depot.recu_le for quand in ecartes)
    lots = {lot.numero: lot.intitule for lot in consultation.lots.all()}
    return Avancement(
        brouillon=brouillon,
        le=le,
        places=tuple(les_places(brouillon, fichiers, lots, endormis=endormis)),
        depot=depot,
        deposes=contenus,
        a_des_nouveautes=change or any(fichier.pk not in contenus for fichier in fichiers),
        recoit_encore=decision.favorable,
        motif_de_refus="" if decision.favorable else decision.motifs[0].texte,
        lots=lots,
    )


def fichiers_choisis(brouillon: BrouillonDeReponse) -> list[FichierScelle]:
    """Ceux que la personne a choisis, écartés depuis ou non : le manifeste n'en est pas."""
    return [
        fichier for fichier in brouillon.fichiers.all() if fichier.nom != limits.NOM_DU_MANIFESTE
    ]


def contenus_de(plis: Iterable[Pli]) -> dict[int | None, frozenset[int]]:
    """Les fichiers de chaque pli, par sa clé ; sans pli, il n'y en a aucun."""
    ranges: dict[int | None, set[int]] = defaultdict(set)
    for pli, fichier in _fichiers_des_plis([pli.pk for pli in plis]):
        ranges[pli].add(fichier)
    return defaultdict(frozenset, {pli: frozenset(siens) for pli, siens in ranges.items()})


@prete
def _fichiers_des_plis(plis: list[int]) -> QuerySet[Enveloppe, tuple[int, int]]:
    enveloppes = Enveloppe.objects.filter(pli__in=plis, fichiers__isnull=False)
    return enveloppes.order_by().values_list("pli", "fichiers")


def remplacants_de(plis: Iterable[Pli]) -> dict[int, list[Pli]]:
    """Ce qui les a remplacés, de proche en proche : une lecture par génération, non par pli."""
    trouves: dict[int, list[Pli]] = {}
    a_lire = {pli.pk for pli in plis if pli.etat == Pli.Etat.REMPLACE}
    while a_lire:
        trouves |= {cle: [] for cle in a_lire}
        lus = list(Pli.objects.filter(remplace__in=a_lire))
        for pli in lus:
            if pli.remplace_id:
                trouves[pli.remplace_id].append(pli)
        a_lire = {pli.pk for pli in lus if pli.etat == Pli.Etat.REMPLACE} - trouves.keys()
    return trouves


def depot_qui_vaut(
    brouillon: BrouillonDeReponse, remplacants: Mapping[int, Sequence[Pli]]
) -> Pli | None:
    """Le dernier pli de la réponse que rien n'a ôté.

    Un pli remplacé ne revit pas quand son remplaçant est retiré.
    """
    plis = sorted(brouillon.plis.all(), key=lambda pli: pli.recu_le, reverse=True)
    return next((pli for pli in plis if vaut_encore(pli, remplacants)), None)


def vaut_encore(pli: Pli, remplacants: Mapping[int, Sequence[Pli]]) -> bool:
    """Déposé ou ouvert, ou remplacé par un pli qui vaut lui-même."""
    if pli.etat != Pli.Etat.REMPLACE:
        return pli.etat != Pli.Etat.RETIRE
    suivants = remplacants[pli.pk]
    return not suivants or any(vaut_encore(suivant, remplacants) for suivant in suivants)


def les_places(
    brouillon: BrouillonDeReponse,
    fichiers: list[FichierScelle],
    lots: dict[int, str],
    *,
    endormis: frozenset[int],
) -> list[Place]:
    """La candidature, puis l'offre de chaque lot de la réponse, ou l'offre s'il n'y a pas de lots.

    En deux temps, la candidature seule ; puis, sur invitation, les offres seules.
    """
    attendues = brouillon.consultation.pieces_attendues.all()
    numeros: list[int | None] = list(brouillon.lots) if lots else [None]
    attendues_ici = enveloppes_du_temps(brouillon)
    cles = [(str(CANDIDATURE), None), *((str(OFFRE), numero) for numero in numeros)]
    return [
        une_place(
            enveloppe,
            lot,
            lots,
            [f for f in fichiers if (f.enveloppe, f.lot) == (enveloppe, lot)],
            attendues=[a for a in attendues if attend_ici(a, enveloppe, lot)],
            endormis=endormis,
        )
        for enveloppe, lot in cles
        if enveloppe in attendues_ici
    ]


def enveloppes_du_temps(brouillon: BrouillonDeReponse) -> frozenset[str]:
    """Les enveloppes que la procédure attend maintenant de cette réponse (CCP, art. R. 2144-8)."""
    en_deux_temps, tour = brouillon.consultation.procedure.en_deux_temps, brouillon.tour
    return frozenset(
        str(sorte)
        for sorte in (CANDIDATURE, OFFRE)
        if enveloppe_attendue(
            enveloppe=sorte,
            en_deux_temps=en_deux_temps,
            tour=tour.numero if tour else None,
            reservee=brouillon.consultation.est_reservee,
        ).favorable
    )


def attend_ici(attendue: PieceAttendue, enveloppe: str, lot: int | None) -> bool:
    return attendue.enveloppe == enveloppe and (attendue.lot is None or attendue.lot.numero == lot)


def une_place(
    enveloppe: str,
    lot: int | None,
    lots: dict[int, str],
    fichiers: list[FichierScelle],
    *,
    attendues: list[PieceAttendue],
    endormis: frozenset[int],
) -> Place:
    """Le dernier fichier choisi pour une pièce y répond ;
    tous les autres restent dans la réponse.
    """
    choisis = {fichier.piece_id: fichier for fichier in fichiers if fichier.piece_id}
    pieces = tuple(PieceDeLaReponse(attendue, choisis.get(attendue.pk)) for attendue in attendues)
    places = {piece.fichier.pk for piece in pieces if piece.fichier}
    return Place(
        enveloppe=enveloppe,
        lot=lot,
        intitule_du_lot=lots.get(lot, "") if lot else "",
        pieces=pieces,
        autres=tuple(fichier for fichier in fichiers if fichier.pk not in places),
        est_interrompue=any(fichier.pk in endormis for fichier in fichiers),
    )


def envois_endormis(fichiers: list[FichierScelle], *, le: datetime) -> frozenset[int]:
    """Les fichiers inachevés dont plus rien n'arrive."""
    suspects = [
        f.pk
        for f in fichiers
        if f.etat != FichierScelle.Etat.TERMINE and le - f.commence_le > SILENCE
    ]
    vivants = PartieRecue.objects.filter(fichier__in=suspects, recue_le__gt=le - SILENCE)
    return frozenset(suspects) - frozenset(vivants.values_list("fichier", flat=True))
