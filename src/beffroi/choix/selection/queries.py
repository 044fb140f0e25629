"""Les candidatures ouvertes, ce qui en est décidé, et où en sont les tours :
rien de ce qui est encore scellé.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import SuiteDeLaProcedure
from beffroi.achat.consultations.queries import publiee
from beffroi.achat.tours.models import Invitation, Tour
from beffroi.achat.tours.queries import dernier_tour
from beffroi.choix.attribution import queries as attribution
from beffroi.choix.candidatures.queries import Candidature, candidatures
from beffroi.choix.selection.permissions import ACTES
from beffroi.choix.selection.rules import FaitsDeSelection
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.seance.ouverture.states import EtatDeSeance
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from formats import dates

__all__ = ["Candidature", "candidatures"]


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    """La consultation en deux temps, pour un acte de sélection :
    404 si elle est étrangère, 403 sans le rôle.
    """
    consultation = publiee(reference)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    if not consultation.procedure.en_deux_temps:
        raise Introuvable()
    return consultation


def faits_de(consultation: Consultation, recues: list[Candidature]) -> FaitsDeSelection:
    a_decider = [candidature for candidature in recues if candidature.est_a_decider]
    prises = [decision for candidature in a_decider for decision in candidature.decisions.values()]
    dernier = dernier_tour(consultation)
    return FaitsDeSelection(
        etat=consultation.etat,
        procedure=consultation.procedure,
        tours=dernier.numero if dernier else 0,
        sans_decision=sum(len(c.lots) for c in a_decider) - len(prises),
        retenues=sum(candidature.est_retenue for candidature in a_decider),
        decideurs={decision.prise_par.reference for decision in prises},
        a_deux=consultation.organisme.publication_a_deux,
    )


def tours_de(consultation: Consultation) -> list[Tour]:
    """Du premier au dernier, avec ceux qui sont invités ; pas un mot de ceux qui ont répondu."""
    tours = (
        Tour.objects.filter(consultation=consultation)
        .select_related("ouvert_par", "cle")
        .order_by("numero")
    )
    return list(tours.prefetch_related("invitations__equipe"))


def tour_pour(consultation: Consultation, numero: int) -> Tour:
    tour = Tour.objects.filter(consultation=consultation, numero=numero).first()
    if tour is None:
        raise Introuvable()
    return tour


def est_ouvert(tour: Tour) -> bool:
    """Une séance close a ouvert les offres de ce tour."""
    return bool(tours_ouverts([tour]))


def derniers_tours_et_leur_ouverture(
    consultations: Iterable[Consultation],
) -> dict[int, tuple[Tour, bool]]:
    """Le dernier tour de celles qui en ont un ; vrai : une séance close en a ouvert les offres."""
    lus = _tours_et_leur_ouverture([une.pk for une in consultations])
    return {tour.consultation_id: (tour, tour.est_ouvert) for tour in lus}  # type: ignore[attr-defined]


@prete
def _tours_et_leur_ouverture(consultations: list[int]) -> QuerySet[Tour]:
    close = Seance.objects.filter(tour=OuterRef("pk"), etat=EtatDeSeance.CLOSE)
    tours = Tour.objects.filter(consultation__in=consultations)
    return tours.annotate(est_ouvert=Exists(close)).order_by("numero")


def tours_ouverts(tours: Iterable[Tour]) -> set[int]:
    ouverts = Tour.objects.filter(
        pk__in=[tour.pk for tour in tours], seances__etat=EtatDeSeance.CLOSE
    )
    return set(ouverts.values_list("pk", flat=True))


def encore_en_lice(tour: Tour) -> list[Invitation]:
    """Les invités de ce tour dont la séance a ouvert une offre : on ne négocie qu'avec eux."""
    ouvertes = OuverturePli.objects.filter(seance__tour=tour, etat=OuverturePli.Etat.OUVERTE)
    repondues = ouvertes.values("pli__brouillon__invitation")
    invitations = tour.invitations.filter(pk__in=repondues)
    return list(invitations.select_related("equipe", "destinataire"))


def lettres_parties(consultation: Consultation, invitations: Sequence[Invitation]) -> bool:
    """L'issue d'un lot où l'une de ces entreprises est invitée est déjà dite."""
    lots: set[int | None] = {lot for invitation in invitations for lot in invitation.lots} or {None}
    return any(attribution.lettres_parties(consultation, lot) for lot in lots)


def suite_de_la_procedure(consultation: Consultation, *, le: datetime) -> SuiteDeLaProcedure:
    """Pour la page de suivi :
    les candidatures à décider, ou le tour d'offres en cours, et l'acte qui vient.
    """
    if not consultation.procedure.en_deux_temps:
        return SuiteDeLaProcedure()
    tour = dernier_tour(consultation)
    if tour is not None:
        return _suite_du_tour(consultation, tour, le=le)
    if consultation.etat != Consultation.Etat.DEPOUILLEE:
        return SuiteDeLaProcedure("Les candidatures d'abord ; les offres ensuite, sur invitation.")
    return _suite_des_candidatures(consultation)


def _suite_des_candidatures(consultation: Consultation) -> SuiteDeLaProcedure:
    faits = faits_de(consultation, candidatures(consultation))
    adresse = reverse("selection:candidatures", args=(consultation.reference,))
    voir = ("Voir les candidatures", adresse)
    if faits.sans_decision:
        return SuiteDeLaProcedure(
            "Les candidatures sont ouvertes.", "Décider des candidatures", adresse, *voir
        )
    if faits.retenues:
        inviter = reverse("selection:inviter", args=(consultation.reference,))
        phrase = "Les candidatures sont décidées. Les offres viennent ensuite, sur invitation."
        return SuiteDeLaProcedure(phrase, "Inviter les candidats retenus", inviter, *voir)
    return SuiteDeLaProcedure(
        "Aucune candidature n'est retenue.", "Revoir les décisions", adresse, *voir
    )


def _suite_du_tour(consultation: Consultation, tour: Tour, *, le: datetime) -> SuiteDeLaProcedure:
    tours = reverse("selection:tours", args=(consultation.reference,))
    situation = situation_du_tour(tour, le=le)
    phrase = (
        situation if tour.numero == 1 else f"Tour {tour.numero}, après négociation. {situation}"
    )
    geste, url = _acte_du_tour(consultation, tour, tours=tours, le=le)
    return SuiteDeLaProcedure(phrase, geste, url, "Voir les tours d'offres", tours)


def _acte_du_tour(
    consultation: Consultation, tour: Tour, *, tours: str, le: datetime
) -> tuple[str, str]:
    """Suivre le tour tant qu'il dure, ouvrir ses offres ensuite, puis les lire."""
    if consultation.etat != Consultation.Etat.DEPOUILLEE:
        return "", ""
    if le <= tour.date_limite:
        return "Suivre le tour d'offres", tours
    if est_ouvert(tour):
        return "Lire les offres ouvertes", reverse(
            "ouverture:plis_ouverts", args=(consultation.reference,)
        )
    return "Ouvrir les offres", reverse("ouverture:preparation", args=(consultation.reference,))


def situation_du_tour(tour: Tour, *, le: datetime) -> str:
    """Une phrase, la même qu'il y ait ou non des offres."""
    if le <= tour.date_limite:
        return f"Les invités remettent leur offre jusqu'au {dates.jour_et_heure(tour.date_limite)}."
    if est_ouvert(tour):
        return "Les offres sont ouvertes."
    return "L'heure limite est passée : les offres sont à ouvrir."
