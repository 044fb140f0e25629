"""Ce que l'analyse dit d'une offre, quand il y en a une ;
sans elle, l'acheteur dit lui-même le montant et le motif.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse.queries import OffreClassee
from beffroi.choix.analyse.queries import classement_de as classees
from beffroi.choix.attribution.eliminations import dire
from beffroi.reponse.depots.models import Pli


@dataclass(frozen=True)
class Place:
    """La place d'une offre : `rang` vide quand elle est éliminée.

    `notes` : critère, note, sur combien, commentaire.
    """

    pli: Pli
    variante: int
    rang: int | None
    note: Decimal | None
    montant: Decimal | None
    ex_aequo: bool = False
    elimination: str = ""
    motif: str = ""
    notes: list[dict[str, Any]] = field(default_factory=list)


def classement_de(consultation: Consultation, lot: int | None) -> Sequence[Place]:
    """Les offres du lot, de la première à la dernière, puis les éliminées ;
    vide tant que l'analyse n'a rien classé.
    """
    return [
        _place(offre)
        for offre in classees(consultation, lot)
        if offre.rang is not None or offre.elimination
    ]


def _place(offre: OffreClassee) -> Place:
    notes = [
        {
            "nom": note.critere,
            "note": nombre(note.note),
            "sur": nombre(note.poids),
            "dit": note.commentaire,
        }
        for note in offre.notes
        if note.note is not None and note.poids is not None
    ]
    return Place(
        pli=offre.pli,
        variante=offre.variante,
        rang=offre.rang,
        note=offre.note,
        montant=offre.montant,
        ex_aequo=offre.ex_aequo,
        elimination=dire(offre.elimination),
        motif=offre.motif,
        notes=notes,
    )


def nombre(valeur: Decimal | None) -> str:
    """« 87,5 » : une note sans zéros inutiles, au millième."""
    return (
        f"{valeur.quantize(Decimal('0.001')).normalize():f}".replace(".", ",")
        if valeur is not None
        else ""
    )


def place_de(
    consultation: Consultation, lot: int | None, *, pli: Pli, variante: int = 0
) -> Place | None:
    places = classement_de(consultation, lot)
    return next(
        (place for place in places if place.pli.pk == pli.pk and place.variante == variante), None
    )


def variante_inconnue(
    consultation: Consultation, lot: int | None, *, pli: Pli, variante: int
) -> bool:
    """L'analyse connaît des offres de cette réponse, et pas cette variante."""
    siennes = {offre.variante for offre in classees(consultation, lot) if offre.pli.pk == pli.pk}
    return bool(siennes) and variante not in siennes


def est_inacheve(consultation: Consultation, lot: int | None) -> bool:
    """Des offres ont un rang, et d'autres, pas encore toutes leurs notes :
    le premier rang peut changer.
    """
    offres = [offre for offre in classees(consultation, lot) if not offre.elimination]
    return len({offre.rang is None for offre in offres}) == 2


def meilleure_place(consultation: Consultation, lot: int | None, *, pli: Pli) -> Place | None:
    """La mieux classée des offres d'une entreprise, base ou variante :
    c'est d'elle que parle sa lettre.
    """
    siennes = [place for place in classement_de(consultation, lot) if place.pli.pk == pli.pk]
    return min(siennes, key=lambda place: (place.rang is None, place.rang or 0), default=None)


def rang_attendu(
    consultation: Consultation, lot: int | None, *, ecartes: Collection[int] = ()
) -> int:
    """Le rang de la mieux classée parmi celles qui restent ;
    deux premières ex æquo portent le même.
    """
    rangs = [
        place.rang
        for place in classement_de(consultation, lot)
        if place.rang is not None and place.pli.pk not in ecartes
    ]
    return min(rangs, default=1)
