"""La vie d'un contrat : le modifier, accepter un sous-traitant, commander, le finir."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from beffroi.choix.commissions import queries as commissions
from beffroi.choix.commissions.rules import Hausse
from beffroi.contrat.marches import queries
from beffroi.contrat.marches.models import (
    ActeDeSousTraitance,
    BonDeCommande,
    Marche,
    Modification,
    PieceDuMarche,
    Titulaire,
)
from beffroi.contrat.marches.rules import consommation
from beffroi.contrat.marches.rules import modifications as modification
from beffroi.contrat.marches.services.contrats import noter
from beffroi.contrat.marches.services.pieces import Fichier, empreintes, garder
from beffroi.contrat.marches.states import Etat
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.franchissement import franchir
from droit.en_vigueur import DroitInconnu
from formats.dates import PARIS

RIEN = Decimal(0)
Sorte = PieceDuMarche.Sorte


@dataclass(frozen=True)
class Changement:
    """Ce qui change : le fondement, le motif,
    les écarts de montant et de durée, qui remplace quel titulaire.
    """

    fondement: str
    motif: str
    signee_le: date
    notifiee_le: date
    montant: Decimal = RIEN
    mois_en_plus: int = 0
    nouveau_siret: str = ""
    nouveau_nom: str = ""
    remplace: Titulaire | None = None


@dataclass(frozen=True)
class SousTraitance:
    siret: str
    nom: str
    prestations: str
    montant: Decimal
    duree_en_mois: int
    notifie_le: date


@dataclass(frozen=True)
class Commande:
    numero: str
    objet: str
    montant: Decimal
    emis_le: date
    titulaire: Titulaire | None = None


def _en_cours(marche: Marche) -> Marche:
    marche = verrouiller(marche, avec=("organisme", "consultation"))
    if marche.etat != Etat.NOTIFIE:
        raise ConflitEtat(
            "Ce contrat n'est pas en cours. Rechargez la page pour voir où il en est."
        )
    return marche


def _passee(jour: date, *, marche: Marche, maintenant: datetime) -> None:
    """Un jour de la vie du contrat : pas avant sa prise d'effet, pas à venir."""
    if jour > maintenant.astimezone(PARIS).date():
        raise RegleEnfreinte("Cette date est à venir. Notez-la le jour venu.")
    if marche.notifie_le and jour < marche.notifie_le:
        raise RegleEnfreinte("Cette date précède la prise d'effet du contrat.")


def _tient_le_contrat(nomme: Titulaire | None, titulaires: Sequence[Titulaire]) -> None:
    """Celui qu'on nomme tient encore ce contrat-ci."""
    if nomme and nomme not in titulaires:
        raise RegleEnfreinte(
            f"{nomme} ne tient pas, ou plus, ce contrat. Rechargez la page, "
            "et choisissez un titulaire."
        )


@transaction.atomic
def modifier(
    *, marche: Marche, changement: Changement, acte: Fichier, par: Acteur, maintenant: datetime
) -> Modification:
    """Une modification signée et notifiée, son calcul gardé tel qu'il a été montré."""
    marche = _en_cours(marche)
    for jour in (changement.signee_le, changement.notifiee_le):
        _passee(jour, marche=marche, maintenant=maintenant)
    if changement.notifiee_le < changement.signee_le:
        raise RegleEnfreinte("La notification ne peut pas précéder la signature.")
    calcul = _calcul(marche, changement)
    nouveau = changement.nouveau_siret if changement.nouveau_nom.strip() else ""
    if nouveau and changement.fondement != "substitution":
        raise RegleEnfreinte(
            "Un autre titulaire ne vient que par substitution (CCP, art. R. 2194-6). "
            "Changez le fondement."
        )
    titulaires = queries.titulaires_de(marche)
    _tient_le_contrat(changement.remplace, titulaires)
    connu = len(titulaires) == 1 or changement.remplace is not None
    exiger(
        modification.modification_recevable(
            calcul, motif=changement.motif, nouveau_titulaire=nouveau, remplace_connu=connu
        )
    )
    if queries.valeur_actuelle(marche) + changement.montant <= 0:
        raise RegleEnfreinte("Le contrat n'aurait plus de montant. Résiliez-le plutôt.")
    _exiger_l_avis_de_la_commission(marche, changement)
    piece = garder(marche, Sorte.MODIFICATION, acte, maintenant=maintenant)
    notee = Modification.objects.create(
        marche=marche,
        numero=marche.modifications.count() + 1,
        calcul=calcul.phrase,
        article=str(calcul.article),
        avis_requis=calcul.avis,
        notee_le=maintenant,
        **vars(changement),
    )
    if nouveau:
        _remplacer_le_titulaire(marche, changement)
    donnees: dict[str, object] = {"modification": notee.reference, "pieces": empreintes(piece)}
    noter("modifier", marche, par=par, le=maintenant, donnees=donnees)
    return notee


def _exiger_l_avis_de_la_commission(marche: Marche, changement: Changement) -> None:
    """Un contrat né d'une consultation d'ici :
    au-delà de 5 %, la CAO qui l'a choisi donne son avis (CGCT, art. L. 1414-4).
    """
    if marche.consultation is None:
        return
    actuel = queries.montant_actuel(marche)
    hausse = Hausse(marche.montant, actuel, actuel + changement.montant)
    derniere = marche.modifications.order_by("-notee_le").first()
    lot = marche.lot.numero if marche.lot else None
    depuis = derniere.notee_le if derniere else None
    exiger(commissions.modification_permise(marche.consultation, lot, hausse, depuis=depuis))


def _calcul(marche: Marche, changement: Changement) -> modification.Calcul:
    try:
        return modification.calculer(
            changement.fondement,
            changement.montant,
            base=queries.base_du_calcul(marche, le=changement.signee_le),
            passees=queries.passees(marche),
            signature=changement.signee_le,
        )
    except DroitInconnu as inconnu:
        raise RegleEnfreinte(inconnu.phrase) from inconnu


def _remplacer_le_titulaire(marche: Marche, changement: Changement) -> None:
    ancien = changement.remplace or marche.titulaires.get(jusqu_au=None)
    ancien.jusqu_au = changement.signee_le
    ancien.save(update_fields=["jusqu_au"])
    Titulaire.objects.create(
        marche=marche,
        rang=ancien.rang,
        siret=changement.nouveau_siret,
        nom=changement.nouveau_nom.strip(),
        depuis_le=changement.signee_le,
    )


@transaction.atomic
def noter_l_avis(*, marche: Marche, le: date, par: Acteur, maintenant: datetime) -> Marche:
    """L'avis d'attribution est parti : son délai ne court plus."""
    marche = verrouiller(marche, avec=("organisme",))
    if marche.signe_le is None or le < marche.signe_le or le > maintenant.astimezone(PARIS).date():
        raise RegleEnfreinte("L'avis part entre la signature et aujourd'hui. Vérifiez la date.")
    marche.avis_d_attribution_le = le
    marche.save(update_fields=["avis_d_attribution_le"])
    noter("noter_l_avis", marche, par=par, le=maintenant, donnees={"le": le.isoformat()})
    return marche


@transaction.atomic
def defaire_l_avis(*, marche: Marche, par: Acteur, maintenant: datetime) -> Marche:
    """Le support a refusé l'avis d'attribution : son délai court de nouveau."""
    marche = verrouiller(marche, avec=("organisme",))
    donnees: dict[str, object] = {
        "avant": marche.avis_d_attribution_le.isoformat() if marche.avis_d_attribution_le else None
    }
    marche.avis_d_attribution_le = None
    marche.save(update_fields=["avis_d_attribution_le"])
    noter("defaire_l_avis", marche, par=par, le=maintenant, donnees=donnees)
    return marche


@transaction.atomic
def noter_l_avis_de_modification(
    *, marche: Marche, le: date, par: Acteur, maintenant: datetime
) -> Marche:
    """L'avis des modifications qui en demandent un est parti (R. 2194-10)."""
    marche = verrouiller(marche, avec=("organisme",))
    dues = list(marche.modifications.filter(avis_requis=True, avis_le=None))
    if not dues:
        raise ConflitEtat("Aucune modification n'attend d'avis. Rechargez la page.")
    _passee(le, marche=marche, maintenant=maintenant)
    for modifiee in dues:
        modifiee.avis_le = le
        modifiee.save(update_fields=["avis_le"])
    donnees: dict[str, object] = {
        "le": le.isoformat(),
        "modifications": [modifiee.reference for modifiee in dues],
    }
    noter("noter_l_avis_de_modification", marche, par=par, le=maintenant, donnees=donnees)
    return marche


@transaction.atomic
def accepter_un_sous_traitant(
    *,
    marche: Marche,
    sous_traitance: SousTraitance,
    acte: Fichier,
    par: Acteur,
    maintenant: datetime,
) -> ActeDeSousTraitance:
    marche = _en_cours(marche)
    _passee(sous_traitance.notifie_le, marche=marche, maintenant=maintenant)
    deja = marche.sous_traitances.aggregate(total=Sum("montant"))["total"] or RIEN
    valeur = queries.valeur_actuelle(marche)
    exiger(consommation.sous_traitance_recevable(sous_traitance.montant, deja=deja, marche=valeur))
    piece = garder(marche, Sorte.SOUS_TRAITANCE, acte, maintenant=maintenant)
    note = ActeDeSousTraitance.objects.create(
        marche=marche,
        numero=marche.sous_traitances.count() + 1,
        piece=piece,
        note_le=maintenant,
        **vars(sous_traitance),
    )
    donnees: dict[str, object] = {"numero": note.numero, "pieces": empreintes(piece)}
    noter("accepter_un_sous_traitant", marche, par=par, le=maintenant, donnees=donnees)
    return note


@transaction.atomic
def commander(
    *, marche: Marche, commande: Commande, bon: Fichier | None, par: Acteur, maintenant: datetime
) -> BonDeCommande:
    """Un bon de commande, dans ce qui reste du maximum :
    deux bons à la fois ne le dépassent pas non plus.
    """
    marche = _en_cours(marche)
    _passee(commande.emis_le, marche=marche, maintenant=maintenant)
    consomme = queries.consommation_de(marche)
    if consomme is None:
        raise ConflitEtat("Un bon de commande exécute un accord-cadre. Ce contrat n'en est pas un.")
    titulaires = queries.representants_de(marche)
    exiger(
        consommation.destinataire_dit(
            titulaires=len(titulaires), nomme=commande.titulaire is not None
        )
    )
    _tient_le_contrat(commande.titulaire, titulaires)
    exiger(consommation.commande_recevable(commande.montant, consommation=consomme))
    if marche.commandes.filter(numero=commande.numero).exists():
        raise RegleEnfreinte(f"Le bon n° {commande.numero} existe déjà. Donnez un autre numéro.")
    piece = garder(marche, Sorte.COMMANDE, bon, maintenant=maintenant) if bon else None
    note = BonDeCommande.objects.create(
        marche=marche, piece=piece, note_le=maintenant, **vars(commande)
    )
    donnees: dict[str, object] = {
        "numero": note.numero,
        "montant": str(note.montant),
        "pieces": empreintes(piece),
    }
    if commande.titulaire:
        donnees["titulaire"] = commande.titulaire.siret
    noter("commander", marche, par=par, le=maintenant, donnees=donnees)
    return note


@transaction.atomic
def annuler_une_commande(
    *, marche: Marche, numero: str, motif: str, par: Acteur, maintenant: datetime
) -> BonDeCommande:
    """Le bon ne consomme plus ; il reste lisible, avec sa raison."""
    marche = _en_cours(marche)
    commande = marche.commandes.filter(numero=numero, annule_le=None).first()
    if commande is None:
        raise RegleEnfreinte(f"Aucun bon de commande en cours ne porte le numéro {numero}.")
    commande.annule_le, commande.motif_d_annulation = (
        maintenant.astimezone(PARIS).date(),
        motif.strip(),
    )
    commande.save(update_fields=["annule_le", "motif_d_annulation"])
    noter(
        "annuler_une_commande",
        marche,
        par=par,
        le=maintenant,
        donnees={"numero": numero, "motif": motif.strip()},
    )
    return commande


@transaction.atomic
def constater_l_execution(
    *, marche: Marche, le: date, piece: Fichier | None, par: Acteur, maintenant: datetime
) -> Marche:
    """La fin de l'exécution : de là courent les délais de conservation (R. 2184-13)."""
    marche = _en_cours(marche)
    _passee(le, marche=marche, maintenant=maintenant)
    gardee = garder(marche, Sorte.FIN, piece, maintenant=maintenant) if piece else None
    donnees = {"le": le.isoformat(), "pieces": empreintes(gardee)}
    return franchir(
        marche, "constater_l_execution", par=par, le=maintenant, donnees=donnees, fini_le=le
    )


@transaction.atomic
def resilier(
    *, marche: Marche, le: date, motif: str, decision: Fichier, par: Acteur, maintenant: datetime
) -> Marche:
    marche = _en_cours(marche)
    _passee(le, marche=marche, maintenant=maintenant)
    piece = garder(marche, Sorte.FIN, decision, maintenant=maintenant)
    donnees = {"le": le.isoformat(), "motif": motif.strip(), "pieces": empreintes(piece)}
    return franchir(
        marche,
        "resilier",
        par=par,
        le=maintenant,
        donnees=donnees,
        fini_le=le,
        motif_de_fin=motif.strip(),
    )


@transaction.atomic
def clore(*, marche: Marche, solde_le: date, par: Acteur, maintenant: datetime) -> Marche:
    """Le solde est payé : de là court le délai comptable (référentiel du SIAF, 2021)."""
    marche = verrouiller(marche, avec=("organisme",))
    _passee(solde_le, marche=marche, maintenant=maintenant)
    return franchir(
        marche,
        "clore",
        par=par,
        le=maintenant,
        donnees={"solde_le": solde_le.isoformat()},
        solde_le=solde_le,
    )
