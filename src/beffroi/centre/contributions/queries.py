"""Lire le tarif, les appels, les lignes : d'après les écrans, en un nombre constant de lectures."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.queries import effectif_retenu
from beffroi.centre.contributions import calcul
from beffroi.centre.contributions.comptage import compte_de
from beffroi.centre.contributions.models import (
    ChoixDuTarif,
    Contestation,
    Contribution,
    EcartDeCompte,
    Exercice,
    Grille,
)
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.tarif.rules import dates as regles_de_dates
from beffroi.centre.tarif.rules import parametres as regles
from beffroi.centre.tarif.rules.comptage import Compte
from beffroi.centre.tarif.rules.grille import Tarif, TrancheTarifaire, contribue, tranche_de
from beffroi.centre.tarif.rules.parametres import Choix, Parametres
from beffroi.centre.tarif.rules.presomption import presumer
from beffroi.centre.tarif.rules.volume import exercice_decide
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import exiger_chez
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois
from formats.dates import PARIS

# ---------------------------------------------------------------- le tarif


def parametres_au(jour: date) -> Parametres:
    """Ce que l'exploitant a choisi, tel que cela vaut ce jour-là ; d'office pour le reste."""
    return regles.en_vigueur((Choix(*ligne) for ligne in _choix_au(jour)), jour)


@prete
def _choix_au(jour: date) -> QuerySet[ChoixDuTarif, Any]:
    return ChoixDuTarif.objects.filter(effet__lte=jour).values_list("cle", "valeur", "effet")


def exercices_de(annee: int) -> list[Exercice]:
    """L'appel de cette année et ses suites, dans leur ordre."""
    return [un for un in _exercices() if un.annee == annee]


@lu_une_fois
def _exercices() -> list[Exercice]:
    """Il y en a deux ou trois par an."""
    return list(_tous_les_exercices())


@prete
def _tous_les_exercices() -> QuerySet[Exercice]:
    return Exercice.objects.order_by("annee", "rang")


def definition_de_l_effectif(jour: date) -> str:
    """Quels agents l'exploitant compte ce jour-là :
    le port de l'annuaire, qui ne connaît pas le tarif.
    """
    return parametres_au(jour).definition_effectif


def grille_au(jour: date) -> Grille | None:
    """La grille qui vaut ce jour-là :
    la dernière à avoir pris effet, et à effet égal la dernière gardée.
    """
    return Grille.objects.filter(effet__lte=jour).order_by("-effet", "-pk").first()


def grilles() -> QuerySet[Grille]:
    return Grille.objects.prefetch_related("tranches", "exercices").select_related("gardee_par")


def grille_pour(reference: str) -> Grille:
    grille = grilles().filter(reference=reference).first()
    if grille is None:
        raise Introuvable()
    return grille


def choix_gardes() -> QuerySet[ChoixDuTarif]:
    return ChoixDuTarif.objects.select_related("choisi_par").order_by("-effet", "-pk")


# ---------------------------------------------------------------- qui entre


def permis(habilitation: Habilitation) -> dict[str, bool]:
    """Ce que cette personne peut faire : pour les boutons."""
    return {acte: permet(habilitation, acte, ACTES) for acte in ACTES}


# ---------------------------------------------------------------- l'appel


def exercices() -> QuerySet[Exercice]:
    return Exercice.objects.select_related("grille", "prepare_par", "valide_par", "ouvert_par")


def exercice_pour(cle: str | int) -> Exercice:
    """« 2027 », l'appel de l'année ; « 2027-1 », ce qui le suit."""
    annee, _, rang = str(cle).partition("-")
    exercice = exercices().filter(annee=int(annee), rang=int(rang or 0)).first()
    if exercice is None:
        raise Introuvable()
    return exercice


def dernier_exercice(annee: int) -> Exercice:
    """Le dernier ouvert de cette année."""
    dernier = exercices().filter(annee=annee).order_by("-rang").first()
    if dernier is None:
        raise Introuvable()
    return dernier


def dernier_numero(annee: int) -> int:
    """Les numéros d'appel se suivent dans l'année, compléments et régularisations compris."""
    emises = Contribution.objects.filter(exercice__annee=annee)
    return emises.aggregate(dernier=Max("numero"))["dernier"] or 0


def tarif_a_figer(exercice: Exercice) -> tuple[Grille | None, Parametres]:
    """Ce qui vaut au 1er janvier ;
    ce qui suit l'appel de l'année reprend ce qu'il a figé, quoi qu'on ait gardé depuis.
    """
    if exercice.rang:
        premier = exercices().get(annee=exercice.annee, rang=0)
        return premier.grille, regles.depuis_des_valeurs(premier.parametres)
    debut = date(exercice.annee, 1, 1)
    return grille_au(debut), parametres_au(debut)


def contributions_de(exercice: Exercice) -> QuerySet[Contribution]:
    lourdes = ("consultations", "motifs", "motifs_de_l_effectif", "document")
    return exercice.contributions.defer(*lourdes).order_by("nom", "pk")


def receptions_de(exercice: Exercice) -> dict[str, Any]:
    """Combien ont reçu leur appel, et qui on attend encore."""
    emises = exercice.contributions.filter(emise_le__isnull=False)
    attendues = (
        emises.filter(recue_le=None)
        .only("nom", "numero", "reference", "exercice")
        .order_by("numero")
    )
    return {"emises": emises.count(), "attendues": attendues.select_related("exercice")}


def contribution_pour(annee: int, reference: str) -> Contribution:
    contribution = (
        Contribution.objects.filter(exercice__annee=annee, reference=reference)
        .select_related("exercice__grille", "exercice__prepare_par", "adherent", "verifiee_par")
        .first()
    )
    if contribution is None:
        raise Introuvable()
    return contribution


def contestation_pour(reference: str) -> Contestation:
    contestation = (
        Contestation.objects.filter(reference=reference)
        .select_related("contribution__exercice", "ecrite_par")
        .first()
    )
    if contestation is None:
        raise Introuvable()
    return contestation


@prete
def contestations_ouvertes() -> QuerySet[Contestation]:
    return Contestation.objects.filter(repondue_le=None).select_related("contribution__exercice")


def ecarts() -> QuerySet[EcartDeCompte]:
    return EcartDeCompte.objects.select_related(
        "consultation__organisme", "relancee", "note_par"
    ).order_by("-note_le", "-pk")


def consultation_a_ecarter(reference: str) -> Consultation | None:
    """Une consultation de n'importe quel organisme :
    le centre ne lit ici que sa référence et son titre.
    """
    return (
        Consultation.toutes.filter(reference=reference.strip()).select_related("organisme").first()
    )


@dataclass(frozen=True)
class Rejeu:
    """Un appel recalculé de ses entrées figées :
    combien de lignes, leur total gardé, et ce qui diffère.
    """

    lignes: int
    total: Decimal
    ecarts: list[str]


def rejouer(annee: int) -> Rejeu:
    """Recalcule les appels d'une année, compléments compris,
    sans rien lire d'autre que ce qu'ils ont figé.
    """
    calcules = list(exercices().filter(annee=annee, simule_le__isnull=False).order_by("rang"))
    if not calcules:
        raise Introuvable()
    rejeux = [rejouer_un_appel(exercice) for exercice in calcules]
    return Rejeu(
        sum(rejeu.lignes for rejeu in rejeux),
        sum((rejeu.total for rejeu in rejeux), Decimal(0)),
        [ecart for rejeu in rejeux for ecart in rejeu.ecarts],
    )


def rejouer_un_appel(exercice: Exercice) -> Rejeu:
    applique, lignes = calcul.bareme(exercice), list(exercice.contributions.order_by("nom", "pk"))
    ecarts = [ecart for ligne in lignes if (ecart := calcul.ecart_du_rejeu(ligne, applique))]
    return Rejeu(
        len(lignes), sum((ligne.montant or Decimal(0) for ligne in lignes), Decimal(0)), ecarts
    )


# ---------------------------------------------------------------- l'adhérent


@dataclass(frozen=True)
class MonCompte:
    """Le compte d'un adhérent, à l'instant :
    ce qui est créé, compté, la tranche atteinte, ce qu'elle coûterait.
    """

    habilitation: Habilitation
    adherent: Adherent | None
    annee: int
    compte: Compte
    tarif: Tarif | None
    agents: int | None
    tranche: TrancheTarifaire | None
    # Vide : gratuit se lit 0 €, et « on ne sait pas » reste vide.
    montant: Decimal | None
    motifs: tuple[str, ...]
    presomption: str = ""


def mon_compte(personne: Utilisateur, siret: str, annee: int, le: datetime) -> MonCompte:
    habilitation = exiger_chez(personne, siret, "lire_son_compte", ACTES, le)
    adherent = Adherent.objects.filter(organisme=habilitation.organisme).first()
    choix = parametres_au(date(annee, 12, 31))
    decide = exercice_decide(annee, choix)
    grille = grille_au(date(decide, 1, 1))
    tarif = calcul.tarif(grille) if grille else None
    compte = compte_de(siret[:9], annee, choix)
    agents, motifs = _effectif(adherent, decide)
    presomption = _presomption(adherent, agents, decide, tarif)
    payante = (
        agents is not None and tarif is not None and contribue(agents, choix, seuil=tarif.seuil)
    )
    tranche = tranche_de(compte.comptees, tarif.tranches(payante=payante)) if tarif else None
    return MonCompte(
        habilitation,
        adherent,
        annee,
        compte,
        tarif,
        agents,
        tranche,
        montant=tranche.montant if tranche and (agents is not None or presomption) else None,
        motifs=motifs,
        presomption=presomption,
    )


def _effectif(adherent: Adherent | None, annee: int) -> tuple[int | None, tuple[str, ...]]:
    if adherent is None:
        return None, ()
    retenu = effectif_retenu(adherent, annee)
    return retenu.agents, tuple(str(motif) for motif in retenu.motifs)


def _presomption(
    adherent: Adherent | None, agents: int | None, annee: int, tarif: Tarif | None
) -> str:
    """Pourquoi cet adhérent sera présumé sous le seuil, s'il ne déclare rien d'ici là."""
    if adherent is None or agents is not None or tarif is None:
        return ""
    presume = presumer(
        agents=None,
        nature=adherent.nature,
        habitants=calcul.habitants_de(adherent),
        sous=parametres_au(date(annee, 1, 1)).presomption,
        seuil=tarif.seuil,
    )
    return presume.motif.texte if presume.est_presumee and presume.motif else ""


def contribution_a_contester(personne: Utilisateur, siret: str, le: datetime) -> Contribution:
    """La dernière contribution de cet organisme, si la personne peut la contester."""
    habilitation = exiger_chez(personne, siret, "contester_son_compte", ACTES, le)
    contribution = (
        Contribution.objects.filter(adherent__organisme=habilitation.organisme)
        .select_related("exercice")
        .order_by("-exercice__annee", "-exercice__rang")
        .first()
    )
    if contribution is None:
        raise Introuvable()
    return contribution


def contestable(adherent: Adherent | None, le: datetime) -> Contribution | None:
    """La dernière contribution figée,
    tant que son compte se conteste et qu'aucune contestation n'y attend sa réponse.
    """
    if adherent is None:
        return None
    derniere = (
        Contribution.objects.filter(adherent=adherent)
        .select_related("exercice")
        .order_by("-exercice__annee", "-exercice__rang")
        .first()
    )
    if derniere is None:
        return None
    permise = regles_de_dates.peut_contester(
        **derniere.exercice.jours, aujourd_hui=le.astimezone(PARIS).date()
    )
    en_attente = derniere.contestations.filter(repondue_le=None).exists()
    return derniere if permise.favorable and not en_attente else None


def appels_de(adherent: Adherent | None) -> QuerySet[Contribution]:
    """Les contributions d'un adhérent, la dernière d'abord,
    avec leurs avoirs et leurs contestations.
    """
    siennes = (
        Contribution.objects.filter(adherent=adherent) if adherent else Contribution.objects.none()
    )
    return (
        siennes.select_related("exercice")
        .prefetch_related("avoirs", "contestations")
        .order_by("-exercice__annee", "-exercice__rang")
    )


def appel_de(personne: Utilisateur, siret: str, reference: str, le: datetime) -> Contribution:
    """L'appel émis de cet organisme, pour qui lit son compte."""
    habilitation = exiger_chez(personne, siret, "lire_son_compte", ACTES, le)
    emis = Contribution.objects.filter(reference=reference, emise_le__isnull=False)
    contribution = (
        emis.filter(adherent__organisme=habilitation.organisme).select_related("exercice").first()
    )
    if contribution is None:
        raise Introuvable()
    return contribution
