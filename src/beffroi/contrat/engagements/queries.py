"""Lire les engagements : ceux d'un contrat pour son acheteur ; le sien, pour un titulaire."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet

from beffroi.contrat.engagements import rules
from beffroi.contrat.engagements.models import Engagement
from beffroi.contrat.engagements.rules import Etape
from beffroi.contrat.marches import queries as marches
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.ports import ActeDUnTitulaire
from beffroi.contrat.marches.states import Etat
from beffroi.contrat.marches.suspension import peut_signer
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.queries import pli_pour
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import histoires


def engagements_de(marche: Marche) -> QuerySet[Engagement]:
    siens = Engagement.objects.filter(marche=marche)
    return siens.select_related(
        "exemplaire_du_titulaire", "exemplaire_signe", "notification", "pli"
    ).order_by("rang")


def engagement_de(marche: Marche, reference: str) -> Engagement:
    engagement = engagements_de(marche).filter(reference=reference).first()
    if engagement is None:
        raise Introuvable()
    engagement.marche = marche
    return engagement


def a_plusieurs(personne: Utilisateur, reference: str, le: datetime) -> tuple[Marche, bool]:
    """Le contrat de son acheteur, et s'il peut le tenir ;
    introuvable s'il n'a qu'un acte à signer.
    """
    marche, habilitation = marches.marche_pour(personne, reference, le)
    if not engagements_de(marche).exists():
        raise Introuvable()
    return marche, marches.peut_tenir(habilitation)


def engagement_a_tenir(
    personne: Utilisateur, marche: str, reference: str, le: datetime
) -> Engagement:
    return engagement_de(marches.marche_a_tenir(personne, marche, le), reference)


def engagement_lu(personne: Utilisateur, marche: str, reference: str, le: datetime) -> Engagement:
    return engagement_de(marches.marche_pour(personne, marche, le)[0], reference)


def etape(engagement: Engagement) -> Etape:
    return Etape(
        engagement.nom,
        engagement.titulaire_le,
        engagement.acheteur_le,
        engagement.envoyee_le,
        engagement.recue_le,
    )


def etapes_de(marche: Marche) -> list[Etape]:
    return [etape(engagement) for engagement in engagements_de(marche)]


def actes_des_titulaires(contrats: Sequence[Marche]) -> dict[int, list[ActeDUnTitulaire]]:
    """Le port `marches.ActesDesTitulaires` :
    d'une seule lecture, quel que soit le nombre de contrats.
    """
    par_contrat: dict[int, list[Etape]] = defaultdict(list)
    for engagement in _engagements([marche.pk for marche in contrats]):
        par_contrat[engagement.marche_id].append(etape(engagement))
    contrat = {marche.pk: marche for marche in contrats}
    return {
        cle: [_acte(une, etapes, contrat[cle]) for une in etapes]
        for cle, etapes in par_contrat.items()
    }


@prete
def _engagements(contrats: list[int]) -> QuerySet[Engagement]:
    return Engagement.objects.filter(marche__in=contrats).order_by("rang")


def _acte(une: Etape, etapes: Sequence[Etape], marche: Marche) -> ActeDUnTitulaire:
    reste = (
        ""
        if marche.etat == Etat.ABANDONNE
        else rules.reste(une, etapes, transmettre=a_transmettre(marche))
    )
    return ActeDUnTitulaire(
        une.nom, une.titulaire_le, une.acheteur_le, une.envoyee_le, une.recue_le, reste
    )


def a_transmettre(marche: Marche) -> bool:
    """Avant de notifier, on dit si le contrat se transmet ;
    s'il se transmet, on le transmet (CGCT, art. L. 2131-1).
    """
    return not (marche.transmission == "non_requise" or marche.transmis_le is not None)


def signataires_confirmes(engagements: Iterable[Engagement]) -> dict[str, Ecriture]:
    """Par engagement, la dernière confirmation de celui qui a signé pour ce titulaire :
    le journal la garde.
    """
    dites = histoires(un.reference for un in engagements)
    return {dite.sujet: dite for dite in dites.filter(acte="engagement.confirmer_le_signataire")}


def lus_et_pas_encore_recus() -> QuerySet[Engagement]:
    lus = Engagement.objects.filter(recue_le=None, notification__lu_le__isnull=False)
    return lus.filter(marche__etat__in=[Etat.SIGNE, Etat.TRANSMIS]).select_related("marche")


# ---------------------------------------------------------------- chez un titulaire


def engagements_du_pli(pli: Pli, *, le: datetime) -> list[Engagement]:
    """Nés de cette réponse, dès qu'ils peuvent se signer :
    avant, les lettres ne sont pas toutes parties.
    """
    nes = Engagement.objects.filter(pli=pli).exclude(marche__etat=Etat.ABANDONNE)
    nes = nes.select_related(
        "marche__organisme", "marche__consultation", "marche__lot", "pli__equipe"
    )
    nes = nes.select_related("exemplaire_du_titulaire", "exemplaire_signe").order_by("pk")
    return [
        e for e in nes if e.marche.etat != Etat.A_SIGNER or peut_signer(e.marche, le=le).favorable
    ]


def engagement_du_depot(
    personne: Utilisateur, depot: str, reference: str, *, le: datetime
) -> Engagement:
    """Pour l'entreprise qui a déposé cette réponse ; pour toute autre, titulaire ou non, rien."""
    siens = engagements_du_pli(pli_pour(personne, depot), le=le)
    trouve = next((engagement for engagement in siens if engagement.reference == reference), None)
    if trouve is None:
        raise Introuvable()
    return trouve


def notification_recue_le(pli: Pli, lot: int | None) -> date | None:
    """Le port `attribution.ContratsNotifies` :
    à plusieurs, le jour où ce titulaire-là a reçu la sienne.
    """
    du_lot = Q(marche__lot__numero=lot) if lot else Q(marche__lot=None)
    siens = Engagement.objects.filter(du_lot, pli=pli).exclude(marche__etat=Etat.ABANDONNE)
    if siens.exists():
        return siens.values_list("recue_le", flat=True).first()
    return marches.notification_recue_le(pli, lot)
