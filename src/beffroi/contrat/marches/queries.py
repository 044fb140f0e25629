"""Lire les contrats : le registre d'un acheteur, un contrat, ce qu'il en reste."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import publiee
from beffroi.choix.attribution.queries import decisions_de
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat
from beffroi.contrat.marches import suspension
from beffroi.contrat.marches.models import (
    BonDeCommande,
    Marche,
    Modification,
    PieceDuMarche,
    Titulaire,
)
from beffroi.contrat.marches.permissions import ACTES
from beffroi.contrat.marches.ports import actes_de
from beffroi.contrat.marches.rules.consommation import Consommation
from beffroi.contrat.marches.rules.dates import terme
from beffroi.contrat.marches.rules.modifications import Base, Passee
from beffroi.contrat.marches.states import CONCLUS, Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import exiger_role, permet
from beffroi.personnes.organismes.queries import habilitation_dans, habilitations_en_cours
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.queries import pli_pour
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.guichet.lecture import lu_une_fois
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import donnees_inscrites, histoire
from droit.en_vigueur import Droit, DroitInconnu

RIEN = Decimal(0)
TITULAIRES = Prefetch("titulaires", Titulaire.objects.filter(jusqu_au=None), to_attr="tenants")


@dataclass(frozen=True)
class Filtre:
    """Ce que le registre retient."""

    etat: str = ""
    nature: str = ""
    texte: str = ""


def organismes_lus(personne: Utilisateur, le: datetime) -> list[Organisme]:
    """Les acheteurs dont la personne peut lire les contrats ; aucun :
    la page n'existe pas pour elle.
    """
    lus = [
        habilitation.organisme
        for habilitation in habilitations_en_cours(personne, le)
        if habilitation.organisme.role == Organisme.Role.ACHETEUR
        and permet(habilitation, "lire_les_marches", ACTES)
    ]
    if not lus:
        raise Introuvable()
    return lus


def organismes_tenus(personne: Utilisateur, le: datetime) -> list[Organisme]:
    return [
        habilitation.organisme
        for habilitation in habilitations_en_cours(personne, le)
        if habilitation.organisme.role == Organisme.Role.ACHETEUR
        and permet(habilitation, "tenir_les_marches", ACTES)
    ]


def registre(organismes: Sequence[Organisme], filtre: Filtre = Filtre()) -> QuerySet[Marche]:
    """Les contrats de ces acheteurs, le plus récent d'abord."""
    marches = Marche.toutes.filter(organisme__in=organismes).select_related(
        "organisme", "consultation", "lot"
    )
    if filtre.etat:
        marches = marches.filter(etat=filtre.etat)
    if filtre.nature:
        marches = marches.filter(nature=filtre.nature)
    if filtre.texte:
        cherche = filtre.texte.replace("\0", "")
        marches = marches.filter(
            Q(numero__icontains=cherche)
            | Q(objet__icontains=cherche)
            | Q(titulaires__nom__icontains=cherche)
        ).distinct()
    return marches.prefetch_related(TITULAIRES, "modifications")


def marche_pour(personne: Utilisateur, reference: str, le: datetime) -> tuple[Marche, Habilitation]:
    """Un contrat de son acheteur ; celui d'un autre est introuvable."""
    marche = (
        Marche.toutes.filter(reference=reference)
        .select_related("organisme", "consultation", "lot", "pli")
        .first()
    )
    if marche is None:
        raise Introuvable()
    habilitation = habilitation_dans(personne, marche.organisme, le)
    exiger_role(habilitation, "lire_les_marches", ACTES)
    return marche, habilitation


def marche_a_tenir(personne: Utilisateur, reference: str, le: datetime) -> Marche:
    marche, habilitation = marche_pour(personne, reference, le)
    exiger_role(habilitation, "tenir_les_marches", ACTES)
    return marche


def contrats_a_signer(pli: Pli, *, le: datetime) -> list[Marche]:
    """Les contrats nés de cette réponse, dès qu'ils peuvent se signer :
    avant, les lettres ne sont pas toutes parties.
    """
    lus = Marche.toutes.filter(pli=pli, etat=Etat.A_SIGNER).select_related(
        "organisme", "consultation", "lot", "pli"
    )
    nes = [marche for marche in lus if not actes_de(marche)]
    return [marche for marche in nes if suspension.peut_signer(marche, le=le).favorable]


def contrat_du_depot(personne: Utilisateur, depot: str, reference: str, *, le: datetime) -> Marche:
    """Pour l'entreprise qui a déposé la réponse retenue ; pour toute autre, rien."""
    trouves = [
        marche
        for marche in contrats_a_signer(pli_pour(personne, depot), le=le)
        if marche.reference == reference
    ]
    if not trouves:
        raise Introuvable()
    return trouves[0]


def consultation_pour(
    personne: Utilisateur, reference: str, acte: str, le: datetime
) -> tuple[Consultation, Habilitation]:
    """La consultation dont on lit ou ouvre les contrats :
    404 si elle est étrangère, 403 sans le rôle.
    """
    consultation = publiee(reference)
    habilitation = habilitation_dans(personne, consultation.organisme, le)
    exiger_role(habilitation, acte, ACTES)
    return consultation, habilitation


def peut_tenir(habilitation: Habilitation) -> bool:
    return permet(habilitation, "tenir_les_marches", ACTES)


def piece_pour(marche: Marche, reference: str) -> PieceDuMarche:
    piece = marche.pieces.filter(reference=reference).first()
    if piece is None:
        raise Introuvable()
    return piece


def numeros(organisme: Organisme) -> set[str]:
    return set(Marche.toutes.filter(organisme=organisme).values_list("numero", flat=True))


def accords_cadres(organismes: Sequence[Organisme]) -> QuerySet[Marche]:
    """Ceux auxquels un marché subséquent peut se rattacher."""
    return Marche.toutes.filter(
        organisme__in=organismes, nature=Marche.Nature.ACCORD_CADRE, etat=Etat.NOTIFIE
    ).select_related("organisme")


def de_la_consultation(consultation: Consultation) -> QuerySet[Marche]:
    marches = Marche.toutes.filter(consultation=consultation)
    marches = marches.select_related("lot", "organisme", "pli")
    return marches.prefetch_related(TITULAIRES).order_by("lot__numero", "pk")


def contrat_conclu(consultation: Consultation, lot: int | None) -> str:
    """Le numéro du contrat signé de ce lot, s'il y en a un :
    l'attribution ne remplace plus celui qui le tient.
    """
    du_lot = Q(lot__numero=lot) if lot else Q(lot=None)
    signe = Q(etat__in=CONCLUS) | Q(etat=Etat.A_SIGNER, pieces__sorte=PieceDuMarche.Sorte.SIGNE)
    conclus = Marche.toutes.filter(du_lot, signe, consultation=consultation)
    return conclus.values_list("numero", flat=True).first() or ""


@lu_une_fois
def histoire_de(marche: Marche) -> list[Ecriture]:
    """Ce que le journal en retient, du premier acte au dernier."""
    return list(histoire(marche.reference))


def signataire_confirme(marche: Marche) -> tuple[Ecriture, dict[str, Any]] | None:
    """La dernière confirmation de celui qui a signé pour le titulaire : le journal la garde."""
    dites = [une for une in histoire_de(marche) if une.acte == "marche.confirmer_le_signataire"]
    dite = dites[-1] if dites else None
    return (dite, donnees_inscrites(dite.numero, sujet=marche.reference)) if dite else None


def notification_recue_le(pli: Pli, lot: int | None) -> date | None:
    """Le jour où le contrat né de cette réponse a pris effet chez son titulaire."""
    nes = Marche.toutes.filter(
        Q(lot__numero=lot) if lot else Q(lot=None), pli=pli, notifie_le__isnull=False
    )
    return nes.values_list("notifie_le", flat=True).first()


# ---------------------------------------------------------------- ce que valent le montant,
# la durée, la consommation


def titulaires_de(marche: Marche) -> list[Titulaire]:
    return [un for un in _tous_les_titulaires(marche) if un.jusqu_au is None]


def titulaires_lus(marche: Marche) -> list[Titulaire]:
    """Les mêmes, lus avec leur contrat quand la page l'a lu ainsi (`TITULAIRES`)."""
    lus: list[Titulaire] | None = getattr(marche, "tenants", None)
    return titulaires_de(marche) if lus is None else lus


def anciens_titulaires_de(marche: Marche) -> list[Titulaire]:
    return [un for un in _tous_les_titulaires(marche) if un.jusqu_au is not None]


@lu_une_fois
def _tous_les_titulaires(marche: Marche) -> list[Titulaire]:
    return list(marche.titulaires.all())


def titulaires_initiaux(marche: Marche) -> list[Titulaire]:
    """Ceux de la signature :
    qui est venu par substitution n'a pas conclu le contrat (CCP, art. R. 2194-6).
    """
    premiers: dict[int, Titulaire] = {}
    for titulaire in marche.titulaires.order_by("pk"):
        premiers.setdefault(titulaire.rang, titulaire)
    return [premiers[rang] for rang in sorted(premiers)]


def representants_de(marche: Marche) -> list[Titulaire]:
    """À qui l'acheteur s'adresse : chacun des titulaires, ou qui l'a remplacé ;
    un groupement, par son mandataire seul.
    """
    actuels, mandataires = titulaires_de(marche), mandataires_retenus(marche)
    if len(mandataires) > 1:
        rangs = {
            titulaire.rang
            for titulaire in titulaires_initiaux(marche)
            if titulaire.siret in mandataires
        }
        return [titulaire for titulaire in actuels if titulaire.rang in rangs]
    return actuels[:1] if marche.groupement else actuels


def mandataires_retenus(marche: Marche) -> set[str]:
    """Qui a déposé chacune des réponses dont le contrat est né ici."""
    return {pli.equipe.identifiant for pli in reponses_retenues(marche)}


def reponses_retenues(marche: Marche) -> list[Pli]:
    """Celles dont le contrat est né ici, une par titulaire, une fois qu'il a pris effet."""
    return [] if marche.notifie_le is None else plis_de_la_decision(marche)


def plis_de_la_decision(marche: Marche) -> list[Pli]:
    """Ceux que la dernière décision du lot a retenus, que le contrat ait pris effet ou non."""
    if marche.consultation is None:
        return []
    du_lot = marche.lot.numero if marche.lot else None
    decisions = decisions_de(marche.consultation).filter(
        lot=du_lot, rendue_le=None, decidee_le__isnull=False
    )
    derniere = decisions.order_by("rang").last()
    return [retenue.pli for retenue in derniere.retenues] if derniere else []


def montant_actuel(marche: Marche) -> Decimal:
    """Le montant initial et ses modifications."""
    initial: Decimal = marche.montant
    return initial + sum(
        (modification.montant for modification in marche.modifications.all()), RIEN
    )


def valeur_actuelle(marche: Marche) -> Decimal:
    """Ce que le contrat peut valoir, modifications comprises :
    le maximum d'un accord-cadre, le montant des autres.
    """
    actuel = montant_actuel(marche)
    return actuel if marche.maximum is None else actuel - marche.montant + marche.maximum


def fin_prevue(marche: Marche) -> date | None:
    """Le dernier jour, modifications comprises ; rien tant que le contrat n'a pas pris effet."""
    en_plus = sum(modification.mois_en_plus for modification in marche.modifications.all())
    return terme_de(marche, mois_en_plus=en_plus)


def terme_de(marche: Marche, *, mois_en_plus: int) -> date | None:
    """Le même, quand on sait déjà ce que ses modifications ajoutent."""
    if marche.notifie_le is None:
        return None
    return terme(effet=marche.notifie_le, mois=marche.duree_en_mois + mois_en_plus)


@lu_une_fois
def consommation_de(marche: Marche) -> Consommation | None:
    """Ce qui est commandé sur le maximum, marchés subséquents compris ;
    rien hors d'un accord-cadre.
    """
    if marche.maximum is None:
        return None
    ajoute = marche.modifications.aggregate(total=Sum("montant"))["total"] or RIEN
    commandes = (
        marche.commandes.filter(annule_le=None).aggregate(total=Sum("montant"))["total"] or RIEN
    )
    conclus = marche.marches_subsequents.exclude(etat=Etat.ABANDONNE).prefetch_related(
        "modifications"
    )
    subsequents = sum((montant_actuel(subsequent) for subsequent in conclus), RIEN)
    return Consommation(maximum=marche.maximum + ajoute, commande=commandes + subsequents)


@lu_une_fois
def commandes_de(marche: Marche) -> list[BonDeCommande]:
    return list(marche.commandes.select_related("titulaire"))


def commande_a_chacun(marche: Marche) -> list[tuple[Titulaire, Decimal]]:
    """Ce que chaque titulaire a reçu en commandes, le plus servi d'abord ;
    rien quand il n'y en a qu'un.
    """
    recus: dict[int, Decimal] = defaultdict(Decimal)
    for commande in commandes_de(marche):
        if commande.annule_le is None and commande.titulaire_id is not None:
            recus[commande.titulaire_id] += commande.montant
    titulaires = marche.titulaires.filter(Q(jusqu_au=None) | Q(pk__in=recus)) if recus else ()
    return sorted(((t, recus.get(t.pk, RIEN)) for t in titulaires), key=lambda paire: -paire[1])


def est_formalise(marche: Marche, *, le: date) -> bool:
    """La procédure est formalisée, ou la concession au-dessus du seuil."""
    if marche.procedure == "concession_au_dessus_du_seuil":
        return True
    try:
        return Droit.au(le).procedure(marche.procedure).formalisee
    except DroitInconnu:
        return False


def base_du_calcul(marche: Marche, *, le: date) -> Base:
    initial = marche.maximum or marche.montant
    entite = (
        bool(marche.consultation) and marche.consultation.type_d_acheteur == "entite_adjudicatrice"  # type: ignore[union-attr]
    )
    return Base(
        initial=initial,
        prestation=marche.prestation,
        concession=marche.est_une_concession,
        entite_adjudicatrice=entite,
        formalise=est_formalise(marche, le=le),
    )


def passees(marche: Marche) -> list[Passee]:
    return [
        Passee(modification.fondement, modification.montant)
        for modification in marche.modifications.all()
    ]


def modification_pour(marche: Marche, reference: str) -> Modification:
    modification = marche.modifications.filter(reference=reference).first()
    if modification is None:
        raise Introuvable()
    return modification


def lus_et_pas_encore_notifies() -> QuerySet[Marche]:
    """Ceux dont le titulaire a lu la notification,
    sans que la prise d'effet soit encore constatée.
    """
    return Marche.toutes.filter(
        etat__in=[Etat.SIGNE, Etat.TRANSMIS], notification__lu_le__isnull=False
    )


@lu_une_fois
def fiche_de(marche: Marche) -> FicheDeContrat | None:
    """Sa fiche de données essentielles, préparée ou publiée."""
    fiches = FicheDeContrat.objects.filter(organisme=marche.organisme, contrat=marche.reference)
    return fiches.select_related("organisme").first()


def suites_a_publier(marche: Marche) -> bool:
    """La fiche est publiée, et une modification ou une sous-traitance n'y est pas encore."""
    publiee = fiche_de(marche)
    if publiee is None or not publiee.est_publiee:
        return False
    return marche.modifications.filter(publiee_le=None).exists() or (
        not marche.est_une_concession and marche.sous_traitances.filter(publie_le=None).exists()
    )
