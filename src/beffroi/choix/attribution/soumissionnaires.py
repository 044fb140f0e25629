"""Qui a pris part, lot par lot :
ce que la séance a ouvert, et ce qu'elle a laissé scellé en disant pourquoi.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import lots_lus
from beffroi.choix.candidatures.queries import candidatures, candidatures_en_lice
from beffroi.choix.echanges.models import Courrier, Exemplaire
from beffroi.personnes.entreprises.models import Equipe
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.seance.ouverture.queries import enveloppes_sorties
from beffroi.socle.guichet.lecture import lecture, lu_ensemble

Etat = OuverturePli.Etat
VUES = (Etat.OUVERTE, Etat.ILLISIBLE, Etat.ECARTEE)


@dataclass(frozen=True)
class Soumissionnaire:
    """Une entreprise, son dernier pli pour ce lot, et ce que la séance en a fait.

    `en_lice` : son offre pour ce lot est lue, et rien ne l'écarte. `scelle` : rien d'elle n'est
    ouvert, on ne lui écrit pas d'ici. `ecartee` : pourquoi sa candidature l'est. `deja_rejetee` :
    elle a déjà reçu une lettre de rejet.
    """

    pli: Pli
    en_lice: bool
    scelle: bool
    ecartee: str = ""
    deja_rejetee: Exemplaire | None = None

    @property
    def equipe(self) -> Equipe:
        return self.pli.equipe

    @property
    def nom(self) -> str:
        return self.pli.equipe.nom


def intitules_des_lots(consultation: Consultation) -> dict[int | None, str]:
    """Les lots à attribuer ; un seul, sans numéro ni nom, si l'achat n'est pas alloti."""
    return {lot.numero: lot.intitule for lot in lots_lus(consultation)} or {None: ""}


def soumissionnaires(consultation: Consultation, lot: int | None) -> list[Soumissionnaire]:
    """Dans l'ordre de leur arrivée ; avant l'ouverture, personne (ADR 0009)."""
    return soumissionnaires_par_lot(consultation, [lot])[lot]


@lecture()
def soumissionnaires_par_lot(
    consultation: Consultation, lots: Iterable[int | None]
) -> dict[int | None, list[Soumissionnaire]]:
    ouvertures = _ouvertures(consultation)
    recues = candidatures(consultation)
    trouves: dict[int | None, list[Soumissionnaire]] = {}
    for lot in lots:
        en_lice = {pli.equipe_id: pli for pli in candidatures_en_lice(consultation, lot)}
        motifs = {
            c.pli.equipe_id: motif for c in recues for sur, motif in c.rejets if sur in (lot, None)
        }
        chez: dict[int, list[OuverturePli]] = {}
        for ouverture in ouvertures:
            if _concerne(ouverture, lot):
                chez.setdefault(ouverture.pli.equipe_id, []).append(ouverture)
        trouves[lot] = [
            Soumissionnaire(
                pli=en_lice.get(cle) or siennes[-1].pli,
                en_lice=cle in en_lice,
                scelle=not any(ouverture.etat == Etat.OUVERTE for ouverture in siennes),
                ecartee=""
                if cle in en_lice
                else motifs.get(cle, "") or siennes[-1].motif_de_la_decision,
                deja_rejetee=None if cle in en_lice else _deja_rejetees(consultation).get(cle),
            )
            for cle, siennes in chez.items()
        ]
    return trouves


def _ouvertures(consultation: Consultation) -> list[OuverturePli]:
    vues = (sortie for sortie in enveloppes_sorties(consultation) if sortie.etat in VUES)
    return sorted(vues, key=lambda vue: (vue.pli.recu_le, vue.pk))


@lu_ensemble
def _deja_rejetees(consultations: Sequence[Consultation]) -> dict[int, dict[int, Exemplaire]]:
    remis = Exemplaire.objects.filter(
        courrier__consultation__in=consultations,
        courrier__sorte=Courrier.Sorte.REJET,
        remis_le__isnull=False,
    )
    rejets: dict[int, dict[int, Exemplaire]] = {une.pk: {} for une in consultations}
    for exemplaire in remis.select_related("fil", "courrier").order_by("remis_le"):
        rejets[exemplaire.courrier.consultation_id][exemplaire.fil.equipe_id] = exemplaire
    return rejets


def _concerne(ouverture: OuverturePli, lot: int | None) -> bool:
    """L'offre du lot, ou la candidature de qui a répondu pour ce lot."""
    if ouverture.enveloppe.sorte == "offre":
        return ouverture.enveloppe.lot == lot
    return lot is None or lot in ouverture.pli.lots
