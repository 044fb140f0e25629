"""Qui a pris part, lot par lot : ce que la séance a ouvert, et ce qu'elle a laissé scellé en disant pourquoi."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from beffroi.consultations.models import Consultation
from beffroi.depots.models import Pli
from beffroi.echanges.models import Courrier, Exemplaire
from beffroi.entreprises.models import Etablissement
from beffroi.ouverture.models import OuverturePli

Etat = OuverturePli.Etat
VUES = (Etat.OUVERTE, Etat.ILLISIBLE, Etat.ECARTEE)


@dataclass(frozen=True)
class Soumissionnaire:
    """Une entreprise, son dernier pli pour ce lot, et ce que la séance en a fait.

    `offre_ouverte` : son offre pour ce lot est lue. `scelle` : rien d'elle n'est ouvert, on ne lui écrit pas d'ici.
    `deja_rejetee` : sa candidature a déjà reçu une lettre de rejet.
    """

    pli: Pli
    offre_ouverte: bool
    scelle: bool
    motif_du_scellement: str = ""
    deja_rejetee: Exemplaire | None = None

    @property
    def etablissement(self) -> Etablissement:
        return self.pli.etablissement

    @property
    def nom(self) -> str:
        return str(self.pli.entreprise)


def lots_de(consultation: Consultation) -> list[int | None]:
    """Les lots à attribuer ; un seul, sans numéro, si l'achat n'est pas alloti."""
    return list(consultation.lots.order_by("numero").values_list("numero", flat=True)) or [None]


def soumissionnaires(consultation: Consultation, lot: int | None) -> list[Soumissionnaire]:
    """Dans l'ordre de leur arrivée ; avant l'ouverture, personne (ADR 0009)."""
    return soumissionnaires_par_lot(consultation, [lot])[lot]


def soumissionnaires_par_lot(
    consultation: Consultation, lots: Iterable[int | None]
) -> dict[int | None, list[Soumissionnaire]]:
    ouvertures = list(_ouvertures(consultation))
    rejets = _deja_rejetees(consultation)
    return {lot: _du_lot(ouvertures, rejets, lot) for lot in lots}


def _ouvertures(consultation: Consultation) -> QuerySet[OuverturePli]:
    vues = OuverturePli.objects.filter(seance__consultation=consultation, etat__in=VUES)
    vues = vues.select_related("enveloppe", "pli__entreprise", "pli__etablissement__entreprise", "pli__depose_par")
    return vues.order_by("pli__recu_le", "pk")


def _deja_rejetees(consultation: Consultation) -> dict[int, Exemplaire]:
    remis = Exemplaire.objects.filter(
        courrier__consultation=consultation, courrier__sorte=Courrier.Sorte.REJET, remis_le__isnull=False
    )
    return {
        exemplaire.fil.etablissement_id: exemplaire for exemplaire in remis.select_related("fil").order_by("remis_le")
    }


def _du_lot(ouvertures: list[OuverturePli], rejets: dict[int, Exemplaire], lot: int | None) -> list[Soumissionnaire]:
    chez: dict[int, list[OuverturePli]] = {}
    for ouverture in ouvertures:
        if _concerne(ouverture, lot):
            chez.setdefault(ouverture.pli.etablissement_id, []).append(ouverture)
    return [_soumissionnaire(siennes, rejets) for siennes in chez.values()]


def _concerne(ouverture: OuverturePli, lot: int | None) -> bool:
    """L'offre du lot, ou la candidature de qui a répondu pour ce lot."""
    if ouverture.enveloppe.sorte == "offre":
        return ouverture.enveloppe.lot == lot
    return lot is None or lot in ouverture.pli.lots


def _soumissionnaire(siennes: list[OuverturePli], rejets: dict[int, Exemplaire]) -> Soumissionnaire:
    ouvertes = [ouverture for ouverture in siennes if ouverture.etat != Etat.ECARTEE]
    offres = [
        ouverture for ouverture in ouvertes if ouverture.enveloppe.sorte == "offre" and ouverture.etat == Etat.OUVERTE
    ]
    derniere = (offres or ouvertes or siennes)[-1]
    return Soumissionnaire(
        pli=derniere.pli,
        offre_ouverte=bool(offres),
        scelle=not any(ouverture.etat == Etat.OUVERTE for ouverture in siennes),
        motif_du_scellement=derniere.motif_de_la_decision if not ouvertes else "",
        deja_rejetee=None if offres else rejets.get(derniere.pli.etablissement_id),
    )
