"""Lire les recettes d'après les écrans, en un nombre constant de lectures."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.queries import adherent_de
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.contributions.permissions import ACTES as ACTES_DES_CONTRIBUTIONS
from beffroi.centre.recettes import lecture
from beffroi.centre.recettes.models import ImportDeRecettes, Paiement, TitreDeRecette
from beffroi.centre.recettes.permissions import ACTES
from beffroi.centre.recettes.rules import reperes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import exiger_chez
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte

A_RAPPROCHER, CONTRE_PASSES = "a_rapprocher", "contre_passes"
PROPOSES = 5


# ---------------------------------------------------------------- qui entre


def permis(habilitation: Habilitation) -> dict[str, bool]:
    """Ce que cette personne peut faire : pour les boutons."""
    noter = permet(habilitation, "noter_la_reception", ACTES_DES_CONTRIBUTIONS)
    return {
        **{acte: permet(habilitation, acte, ACTES) for acte in ACTES},
        "noter_la_reception": noter,
    }


# ---------------------------------------------------------------- la balance


def annees() -> list[int]:
    """Les exercices appelés, le dernier d'abord."""
    emis = Exercice.objects.filter(emis_le__isnull=False)
    return list(emis.values_list("annee", flat=True).order_by("-annee").distinct())


def appels_de_l_annee(annee: int | None) -> QuerySet[Contribution]:
    """Ceux d'une année, ou tous."""
    emises = lecture.emises().order_by("exercice__annee", "nom", "pk")
    return emises.filter(exercice__annee=annee) if annee else emises


def appels_de(adherent: Adherent) -> QuerySet[Contribution]:
    """Les appels d'un adhérent qui demandent quelque chose, le dernier d'abord."""
    return lecture.emises().filter(adherent=adherent).order_by("-exercice__annee")


def appel_pour(reference: str) -> Contribution:
    contribution = lecture.emises().filter(reference=reference).first()
    if contribution is None:
        raise Introuvable()
    return contribution


def releve_de(
    personne: Utilisateur, siret: str, le: datetime
) -> tuple[Habilitation, Sequence[Contribution]]:
    """Chez l'adhérent : ses appels, s'il en a ; l'organisme d'un autre n'existe pas."""
    habilitation = exiger_chez(personne, siret, "lire_son_releve", ACTES, le)
    adherent = adherent_de(habilitation.organisme)
    return habilitation, list(appels_de(adherent)) if adherent else []


# ---------------------------------------------------------------- titres et paiements


def titre_pour(reference: str) -> TitreDeRecette:
    titres = TitreDeRecette.objects.select_related(
        "contribution__exercice", "contribution__adherent"
    )
    titre = titres.filter(reference=reference).first()
    if titre is None:
        raise Introuvable()
    return titre


def titre_nomme(texte: str) -> TitreDeRecette:
    """Le titre en cours que désigne « 2027-118 », « 118 »
    s'il n'y en a qu'un, ou le numéro de son appel.
    """
    en_cours = TitreDeRecette.objects.filter(annule_le=None)
    appel, titre = reperes.appel(texte), reperes.titre(texte)
    if appel:
        en_cours = en_cours.filter(
            contribution__exercice__annee=appel.annee, contribution__numero=appel.numero
        )
    elif titre:
        en_cours = en_cours.filter(numero=titre.numero)
        en_cours = en_cours.filter(exercice=titre.exercice) if titre.exercice else en_cours
    else:
        raise RegleEnfreinte(
            "Écrivez un numéro de titre, comme 2027-118, ou d'appel, comme C-2027-0031."
        )
    trouves = list(en_cours[:2])
    if len(trouves) > 1:
        raise RegleEnfreinte(
            "Plusieurs exercices ont ce numéro de titre. Écrivez aussi l'exercice, comme 2027-118."
        )
    if not trouves:
        raise RegleEnfreinte("Aucun titre en cours ne porte ce numéro.")
    return trouves[0]


def paiements(*, voir: str = "", texte: str = "") -> QuerySet[Paiement]:
    """Les paiements, le dernier d'abord : tous, ceux à rapprocher, ceux contre-passés ;
    par nom ou par référence.
    """
    tous = Paiement.objects.select_related("titre__contribution__adherent", "note_par").order_by(
        "-recu_le", "-pk"
    )
    if voir == A_RAPPROCHER:
        tous = tous.filter(titre=None, contrepasse_le=None)
    elif voir == CONTRE_PASSES:
        tous = tous.filter(contrepasse_le__isnull=False)
    cherche = texte.strip()
    if cherche:
        nomme = Q(titre__contribution__nom__icontains=cherche)
        tous = tous.filter(nomme | Q(numero__icontains=cherche) | Q(libelle__icontains=cherche))
    return tous


def a_rapprocher() -> QuerySet[Paiement]:
    return paiements(voir=A_RAPPROCHER)


def paiement_pour(reference: str) -> Paiement:
    suivis = Paiement.objects.select_related(
        "titre__contribution__exercice",
        "titre__contribution__adherent",
        "note_par",
        "contrepasse_par",
        "importe_de",
    )
    paiement = suivis.filter(reference=reference).first()
    if paiement is None:
        raise Introuvable()
    return paiement


def proposes(paiement: Paiement, *, le: date) -> list[TitreDeRecette]:
    """Les titres que ce paiement solderait, ceux dont le nom se lit dans le libellé d'abord."""
    candidats = []
    for contribution in (
        lecture.emises().filter(titres__annule_le=None, titres__isnull=False).distinct()
    ):
        titre = lecture.titre_en_cours(contribution)
        if titre and lecture.reste_du(contribution, le=le) == paiement.montant:
            titre.contribution = contribution
            candidats.append(titre)
    dit = paiement.libelle.casefold()
    return sorted(candidats, key=lambda titre: titre.contribution.nom.casefold() not in dit)[
        :PROPOSES
    ]


# ---------------------------------------------------------------- les imports


def import_pour(reference: str) -> ImportDeRecettes:
    depose = (
        ImportDeRecettes.objects.filter(reference=reference).select_related("depose_par").first()
    )
    if depose is None:
        raise Introuvable()
    return depose


def derniers_imports() -> QuerySet[ImportDeRecettes]:
    return ImportDeRecettes.objects.select_related("depose_par")[:10]
