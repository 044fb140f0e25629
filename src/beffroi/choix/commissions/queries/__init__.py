"""Les commissions d'un organisme,
une réunion pour son secrétariat ou pour un membre, et ce que la commission a voté.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import publiee
from beffroi.choix.commissions import mots, rules
from beffroi.choix.commissions.models import (
    Commission,
    Deliberation,
    Dispense,
    Membre,
    Point,
    Reunion,
    Siege,
)
from beffroi.choix.commissions.mots import Objet
from beffroi.choix.commissions.permissions import ACTES
from beffroi.choix.commissions.rules import Personne, Place
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import exiger_role, permet
from beffroi.personnes.organismes.queries import habilitation_dans, habilitations_en_cours
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.rules import quorum
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_ensemble, voisines
from droit.calendrier.heures import PARIS
from droit.decision import Decision
from formats import dates


def organismes_ou(utilisateur: Utilisateur, acte: str, *, le: datetime) -> list[Organisme]:
    """Les organismes où le rôle de la personne permet cet acte."""
    return [h.organisme for h in habilitations_en_cours(utilisateur, le) if permet(h, acte, ACTES)]


def commissions_de(organismes: Iterable[Organisme]) -> QuerySet[Commission]:
    return Commission.objects.filter(organisme__in=[o.pk for o in organismes]).select_related(
        "organisme"
    )


def commission_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Commission:
    """La commission, si la personne est de l'organisme (404 sinon) et si son rôle
    permet l'acte (403 sinon).
    """
    commission = Commission.objects.filter(reference=reference).select_related("organisme").first()
    if commission is None:
        raise Introuvable()
    exiger_role(habilitation_dans(utilisateur, commission.organisme, le), acte, ACTES)
    return commission


def reunion_pour(utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime) -> Reunion:
    avec = (
        "commission__organisme",
        "close_par",
        "annulation__annulee_par",
        "annulation__reportee_en",
        "report_de__reunion",
    )
    reunion = Reunion.objects.filter(reference=reference).select_related(*avec).first()
    if reunion is None:
        raise Introuvable()
    exiger_role(habilitation_dans(utilisateur, reunion.commission.organisme, le), acte, ACTES)
    return reunion


def siege_pour(utilisateur: Utilisateur, reference: str, *, le: datetime) -> Siege:
    """La place d'un membre convoqué, encore de l'organisme : aucun rôle ne lui est demandé ;
    pour tout autre, rien n'existe.
    """
    siege = (
        Siege.objects.filter(reunion__reference=reference, membre__utilisateur=utilisateur)
        .exclude(reunion__convoquee_le=None)
        .select_related(
            "reunion__commission__organisme", "reunion__annulation__reportee_en", "membre"
        )
        .first()
    )
    if siege is None:
        raise Introuvable()
    habilitation_dans(utilisateur, siege.reunion.commission.organisme, le)
    return siege


def peut_lire_le_proces_verbal(siege: Siege) -> bool:
    """Clos, il est à qui a délibéré ;
    à qui s'est retiré d'une affaire, la page ne dit que le vote des autres.
    """
    return siege.reunion.close_le is not None and not siege.deports.exists()


def reunion_au_proces_verbal(utilisateur: Utilisateur, reference: str, *, le: datetime) -> Reunion:
    """Un membre convoqué n'a pas de rôle : il lit le procès-verbal clos, jamais l'aperçu."""
    siege = Siege.objects.filter(
        reunion__reference=reference, membre__utilisateur=utilisateur
    ).first()
    if siege is not None and peut_lire_le_proces_verbal(siege):
        return siege_pour(utilisateur, reference, le=le).reunion
    return reunion_pour(utilisateur, reference, "voir_les_commissions", le=le)


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    consultation = publiee(reference)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    return consultation


def peut_tenir(utilisateur: Utilisateur, organisme: Organisme, *, le: datetime) -> bool:
    habilitation: Habilitation = habilitation_dans(utilisateur, organisme, le)
    return permet(habilitation, "tenir_les_commissions", ACTES)


def membres_de(commission: Commission) -> list[Membre]:
    """Les membres en fonction, le président d'abord."""
    ordre = list(mots.Fonction)
    return sorted(
        commission.membres.filter(jusqu_au=None),
        key=lambda m: (ordre.index(mots.Fonction(m.fonction)), m.pk),
    )


def membre_pour(commission: Commission, reference: str) -> Membre:
    membre = commission.membres.filter(reference=reference, jusqu_au=None).first()
    if membre is None:
        raise Introuvable()
    return membre


def personnes_de(commission: Commission) -> list[Personne]:
    return [Personne(m.nom, m.fonction, m.qualifie) for m in membres_de(commission)]


def elus_de_la_cao(commission: Commission) -> list[str] | None:
    """Les titulaires des CAO de l'organisme ; rien s'il n'en a inscrit aucune."""
    caos = Commission.objects.filter(organisme=commission.organisme, sorte=mots.Sorte.CAO)
    if not caos.exists():
        return None
    titulaires = Membre.objects.filter(
        commission__in=caos, jusqu_au=None, fonction=mots.Fonction.TITULAIRE
    )
    return [titulaire.nom for titulaire in titulaires]


def points_de(reunion: Reunion) -> list[Point]:
    """L'ordre du jour ; ce qui se dit de chaque consultation se lira de toutes ensemble."""
    lus = reunion.points.select_related("consultation__organisme", "reunion__commission")
    points = list(lus.prefetch_related("deliberations__pli__equipe"))
    voisines([point.consultation for point in points])
    return points


def point_pour(reunion: Reunion, rang: int) -> Point:
    avec = ("consultation__organisme", "reunion__commission__organisme")
    point = reunion.points.filter(rang=rang).select_related(*avec).first()
    if point is None:
        raise Introuvable()
    return point


@lu_ensemble
def sieges_de(reunions: Sequence[Reunion]) -> dict[int, list[Siege]]:
    """La table d'une réunion, dans son ordre."""
    sieges: dict[int, list[Siege]] = {reunion.pk: [] for reunion in reunions}
    lus = Siege.objects.filter(reunion__in=reunions).select_related("membre", "remplace")
    for siege in lus.prefetch_related("deports__point"):
        sieges[siege.reunion_id].append(siege)
    return sieges


def places(sieges: Iterable[Siege], *, point: Point | None = None) -> list[Place]:
    """La table ; pour une affaire, qui s'en retire n'y compte pas."""
    return [
        Place(
            nom=siege.nom,
            fonction=siege.fonction,
            presence=siege.presence,
            remplace=siege.remplace_id,
            deportee=point is not None
            and any(deport.point_id == point.pk for deport in siege.deports.all()),
        )
        for siege in sieges
    ]


def quorum_de(reunion: Reunion, *, point: Point | None = None) -> Decision:
    return quorum(
        rules.table(
            places(sieges_de(reunion), point=point), seconde=reunion.suite_de_id is not None
        )
    )


def jour_de(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def derniere_deliberation(point: Point) -> Deliberation | None:
    """Celle qui vaut. Triée ici : les votes d'une affaire sont souvent déjà lus."""
    return max(point.deliberations.all(), key=lambda d: d.rang, default=None)


@dataclass(frozen=True)
class Avis:
    """Ce que la commission a voté d'un lot, réunion close.

    `pli` vide : elle n'a retenu personne, ou n'a donné qu'un avis.
    """

    deliberation: Deliberation
    reunion: Reunion

    @property
    def adopte(self) -> bool:
        return self.deliberation.adoptee

    @property
    def pli(self) -> Pli | None:
        return self.deliberation.pli if self.adopte else None

    @property
    def variante(self) -> int:
        return self.deliberation.variante

    @property
    def choisit(self) -> bool:
        return self.deliberation.point.objet == Objet.CHOIX

    @property
    def phrase(self) -> str:
        """« La commission d'appel d'offres, le 3 mars 2027 : attribuer à X.
        Adopté par 4 voix, 1 contre. »
        """
        quand = dates.jour(self.reunion.prevue_le)
        return f"{self.reunion.commission.nom}, le {quand} : {self.deliberation.enonce}"


def avis_de_la_commission(
    consultation: Consultation, lot: int | None, *, objet: str = "", sur: Pli | None = None
) -> Avis | None:
    """Le dernier vote d'une réunion close sur ce lot, ou sur cette offre ;
    rien tant que la commission n'a rien dit.
    """
    objets = [objet] if objet else [Objet.CHOIX, Objet.AVIS]
    de_l_offre = {"pli": sur} if sur else {}
    dernier = (
        Deliberation.objects.filter(
            point__consultation=consultation, point__lot=lot, point__objet__in=objets, **de_l_offre
        )
        .exclude(point__reunion__close_le=None)
        .select_related("pli__equipe", "point__reunion__commission")
        .order_by("point__reunion__close_le", "point__rang", "rang")
        .last()
    )
    return Avis(dernier, dernier.point.reunion) if dernier else None


def lots_votes(points: Iterable[Any]) -> set[int | None]:
    """Ceux sur lesquels une réunion close s'est prononcée."""
    return {
        point.lot
        for point in points
        if point.objet in (Objet.CHOIX, Objet.AVIS)
        and point.reunion.close_le is not None
        and point.est_vote
    }


def lots_dispenses(consultation: Consultation) -> set[int | None]:
    """Ceux dont il est dit pourquoi la commission ne se prononce pas ici."""
    return set(consultation.dispenses_de_commission.values_list("lot", flat=True))


def dispense_de(consultation: Consultation, lot: int | None) -> Dispense | None:
    return (
        Dispense.objects.filter(consultation=consultation, lot=lot)
        .select_related("dite_par")
        .last()
    )


def exige_la_commission(consultation: Consultation) -> bool:
    """Un marché en procédure formalisée : la CAO choisit le titulaire (CGCT, art. L. 1414-2)."""
    return consultation.procedure.formalisee and not consultation.est_concession


def choix_permis(
    consultation: Consultation,
    lot: int | None,
    *,
    pli: Pli,
    variante: int,
    remplace: bool,
    parmi_plusieurs: bool = False,
) -> Decision:
    """Ce que la commission a choisi, face à ce que l'acheteur s'apprête à décider.

    `parmi_plusieurs` : chaque titulaire de l'accord-cadre a son vote ;
    le dernier n'y remplace pas les autres.
    """
    avis = avis_de_la_commission(
        consultation, lot, objet=Objet.CHOIX, sur=pli if parmi_plusieurs else None
    )
    choisi = avis if avis and avis.adopte else None
    return rules.choix_du_titulaire(
        exige=exige_la_commission(consultation),
        avis=avis.phrase if avis else "",
        conforme=(choisi.pli == pli and choisi.variante == variante) if choisi else None,
        dispense=dispense_de(consultation, lot) is not None,
        remplace=remplace,
    )


def est_choisi_par_la_commission(consultation: Consultation, lot: int | None) -> bool:
    """Le titulaire vient d'un vote de la CAO, ici ou, en procédure formalisée, ailleurs."""
    avis = avis_de_la_commission(consultation, lot, objet=Objet.CHOIX)
    return exige_la_commission(consultation) or bool(avis and avis.adopte)


def modification_permise(
    consultation: Consultation, lot: int | None, hausse: rules.Hausse, *, depuis: datetime | None
) -> Decision:
    """Au-delà de 5 %, la commission donne d'abord son avis :
    un vote clos depuis la dernière modification, ou une dispense.

    L'acheteur suit l'avis ou non : seul le défaut d'avis arrête (CGCT, art. L. 1414-4).
    """
    avis = avis_de_la_commission(consultation, lot, objet=Objet.MODIFICATION)
    recent = avis and (
        depuis is None or (avis.reunion.close_le is not None and avis.reunion.close_le > depuis)
    )
    if recent or dispense_de(consultation, lot):
        return Decision.accord()
    par_la_commission = est_choisi_par_la_commission(consultation, lot)
    return rules.avis_sur_la_modification(hausse, par_la_commission=par_la_commission)


def points_sur(consultation: Consultation) -> list[Point]:
    """Toutes les fois où la commission est, ou a été, saisie de cette consultation."""
    return list(_points_sur(consultation).prefetch_related("deliberations__pli__equipe"))


def points_votes_ou_non(consultation: Consultation) -> list[Any]:
    """Les mêmes, sans lire ce qui a été dit : si chacun a été mis aux voix (`est_vote`), si son
    lot en est dispensé (`est_dispense`).
    """
    votes = Deliberation.objects.filter(point=OuterRef("pk"))
    # Un achat sans lots n'en a pas le numéro : la base ne tient pas deux absences pour égales.
    dispenses = Dispense.objects.alias(numero=Coalesce("lot", 0)).filter(
        consultation=consultation, numero=Coalesce(OuterRef("lot"), 0)
    )
    points = _points_sur(consultation).annotate(
        est_vote=Exists(votes), est_dispense=Exists(dispenses)
    )
    return list(points)


def _points_sur(consultation: Consultation) -> QuerySet[Point]:
    points = Point.objects.filter(consultation=consultation)
    return points.select_related("reunion__commission", "reunion__annulation").order_by(
        "-reunion__prevue_le", "rang"
    )


def reunions_de_la_personne(personne: Utilisateur, *, le: datetime) -> QuerySet[Siege]:
    """Les réunions où cette personne est convoquée, dans les organismes où elle est encore."""
    return _sieges_de(personne, [h.organisme_id for h in habilitations_en_cours(personne, le)])


def reunions_a_tenir(personne: Utilisateur, *, le: datetime) -> QuerySet[Siege]:
    """Celles qui ne sont ni closes ni annulées."""
    return _a_tenir(personne, [h.organisme_id for h in habilitations_en_cours(personne, le)])


@prete
def _a_tenir(personne: Utilisateur, organismes: list[int]) -> QuerySet[Siege]:
    sieges = _sieges_de(personne, organismes)
    return sieges.filter(reunion__close_le=None, reunion__annulation=None)


def _sieges_de(personne: Utilisateur, organismes: list[int]) -> QuerySet[Siege]:
    return (
        Siege.objects.filter(
            membre__utilisateur=personne, reunion__commission__organisme__in=organismes
        )
        .exclude(reunion__convoquee_le=None)
        .select_related("reunion__commission__organisme", "reunion__annulation")
        .order_by("-reunion__prevue_le")
    )
