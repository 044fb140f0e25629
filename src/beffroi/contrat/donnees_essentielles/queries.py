"""Lire les fiches : celle d'un contrat, celles d'un acheteur, celles qui
attendent ; ce que le public voit.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, QuerySet

from beffroi.contrat.donnees_essentielles import contenu, rules
from beffroi.contrat.donnees_essentielles.contenu import Contrat
from beffroi.contrat.donnees_essentielles.models import (
    AjoutAFiche,
    Canal,
    FicheDeContrat,
    ImportDeContrats,
    ReglageDeCanal,
    TitulaireDeFiche,
)
from beffroi.contrat.donnees_essentielles.permissions import ACTES
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.niveaux.queries import au_nom_public
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import (
    acheteurs_de,
    exiger_chez,
    habilitation_par_siret,
)
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from formats.decp import Titulaire

CHIFFRES_D_UN_SIREN = 9
DERNIERS_IMPORTS = 10

# ---------------------------------------------------------------- qui entre


def fiche_pour(personne: Utilisateur, reference: str, acte: str, le: datetime) -> FicheDeContrat:
    """La fiche d'un de ses organismes ; celle d'un autre n'existe pas."""
    trouvee = FicheDeContrat.objects.select_related("organisme").filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    exiger_chez(personne, trouvee.organisme.siret, acte, ACTES, le)
    return trouvee


def import_pour(personne: Utilisateur, reference: str, le: datetime) -> ImportDeContrats:
    trouve = (
        ImportDeContrats.objects.select_related("organisme", "depose_par")
        .filter(reference=reference)
        .first()
    )
    if trouve is None:
        raise Introuvable()
    exiger_chez(personne, trouve.organisme.siret, "importer", ACTES, le)
    return trouve


def derniers_imports(organisme: Organisme) -> list[ImportDeContrats]:
    deposes = organisme.imports_de_contrats.select_related("depose_par")
    return list(deposes[:DERNIERS_IMPORTS])


def mes_acheteurs(personne: Utilisateur, le: datetime) -> list[Habilitation]:
    """Les organismes qui achètent et où la personne tient un rôle."""
    return acheteurs_de(personne, le)


def permis(personne: Utilisateur, organisme: Organisme, le: datetime) -> dict[str, bool]:
    """Ce que cette personne peut faire chez cet acheteur : pour les boutons."""
    habilitation = habilitation_par_siret(personne, organisme.siret, le)
    return {acte: permet(habilitation, acte, ACTES) for acte in ACTES}


def fiches_de(organisme: Organisme) -> QuerySet[FicheDeContrat]:
    """Celles qui attendent d'abord, puis les plus récentes."""
    siennes = FicheDeContrat.objects.filter(organisme=organisme).select_related("organisme")
    return siennes.order_by(F("publiee_le").desc(nulls_first=True), "-conclu_le", "-pk")


# ---------------------------------------------------------------- la fiche d'un contrat


def fiche_du_contrat(organisme: Organisme, contrat: Contrat) -> FicheDeContrat | None:
    """Un contrat se reconnaît à son acheteur et à son numéro."""
    return (
        FicheDeContrat.objects.filter(
            organisme=organisme,
            siret_acheteur=contenu.acheteur_de(contrat),
            sorte=contenu.sorte_de(contrat),
            numero=contrat.id,
        )
        .select_related("organisme")
        .first()
    )


def canal_de(organisme: Organisme) -> tuple[str, str]:
    """Par où ses données se publient, et où le public les lit si ce n'est pas ici."""
    reglage = ReglageDeCanal.objects.filter(organisme=organisme).first()
    return (reglage.canal, reglage.ailleurs) if reglage else (Canal.PROFIL, "")


def groupe_de(titulaire: Titulaire) -> str:
    """Les établissements d'une entreprise se réunissent sous son SIREN."""
    return (
        titulaire.id[:CHIFFRES_D_UN_SIREN]
        if titulaire.type_identifiant == "SIRET"
        else titulaire.id
    )


def noms_connus(contrat: Contrat) -> dict[str, Mapping[str, str]]:
    """Le nom des titulaires qui ont un compte ici ; le format national n'a que leurs numéros."""
    cherches = [titulaire.id for titulaire in contenu.titulaires_de(contrat)]
    return {
        numero: {"nom": equipe.nom, "code_postal": equipe.code_postal}
        for numero, equipe in au_nom_public(cherches).items()
    }


# ---------------------------------------------------------------- ce qui attend


def echeance(fiche: FicheDeContrat) -> date | None:
    """Le dernier jour pour publier cette fiche (CCP, art. R. 2196-1, R. 3131-1)."""
    contrat = contenu.relire(fiche)
    return rules.a_publier_avant(
        est_concession=fiche.sorte == FicheDeContrat.Sorte.CONCESSION,
        conclu_le=fiche.conclu_le,
        montant=Decimal(contenu.montant_de(contrat)),
        debut_le=fiche.debut_le,
    )


@prete
def a_publier(organismes: list[Organisme]) -> QuerySet[FicheDeContrat]:
    """Les fiches préparées que ce profil doit publier, la plus ancienne d'abord."""
    preparees = FicheDeContrat.objects.filter(
        organisme__in=organismes, publiee_le=None, canal=Canal.PROFIL
    )
    return preparees.select_related("organisme").order_by("conclu_le", "pk")


def a_publier_avant(organismes: list[Organisme]) -> list[tuple[FicheDeContrat, date | None]]:
    """Chaque fiche à publier et son dernier jour, le plus proche
    d'abord ; sans échéance, à la fin.
    """
    datees = [(fiche, echeance(fiche)) for fiche in a_publier(organismes)]
    return sorted(datees, key=lambda une: (une[1] is None, une[1] or date.max, une[0].pk))


@prete
def concessions_en_cours(organismes: list[Organisme]) -> QuerySet[FicheDeContrat]:
    """Celles que ce profil a publiées et qui ont commencé : chaque année s'y ajoute."""
    return FicheDeContrat.objects.filter(
        organisme__in=organismes,
        sorte=FicheDeContrat.Sorte.CONCESSION,
        canal=Canal.PROFIL,
        publiee_le__isnull=False,
        debut_le__isnull=False,
    ).prefetch_related("ajouts")


def annees_d_execution_dues(
    organismes: list[Organisme], *, le: date
) -> list[tuple[FicheDeContrat, date]]:
    """Les concessions dont une année a fini sans ses données d'exécution, et son dernier jour."""
    dues = []
    for fiche in concessions_en_cours(organismes).order_by("debut_le", "pk"):
        ajouts, debut_le = list(fiche.ajouts.all()), fiche.debut_le or le
        fin = rules.annee_d_execution_due(
            debut_le=debut_le,
            mois=contenu.relire(fiche, ajouts).duree_mois,
            publiees=sum(ajout.sorte == AjoutAFiche.Sorte.EXECUTION for ajout in ajouts),
            le=le,
        )
        if fin is not None:
            dues.append((fiche, fin))
    return dues


# ---------------------------------------------------------------- ce que le public voit


def publiees() -> QuerySet[FicheDeContrat]:
    return FicheDeContrat.objects.filter(publiee_le__isnull=False)


def publique(reference: str) -> FicheDeContrat:
    trouvee = (
        publiees().filter(reference=reference).prefetch_related("titulaires", "ajouts").first()
    )
    if trouvee is None:
        raise Introuvable()
    return trouvee


def du_fichier() -> QuerySet[FicheDeContrat]:
    """Ce qui entre dans nos fichiers nationaux :
    ce profil en est la voie (rien ne paraît deux fois).
    """
    return publiees().filter(au_fichier=True)


def a_publie(siren: str) -> bool:
    return publiees().filter(siret_acheteur__startswith=siren).exists()


def titulaires_du_groupe(groupe: str) -> QuerySet[TitulaireDeFiche]:
    return TitulaireDeFiche.objects.filter(groupe=groupe)


class AnneeDeListe(NamedTuple):
    """Une année qui a sa liste,
    et les montants que la loi y met cette année-là : `maximum` exclu.
    """

    annee: int
    minimum: Decimal
    maximum: Decimal


def annees_de_liste(siren: str) -> list[AnneeDeListe]:
    """Les années où cet acheteur a un marché de la liste annuelle, la dernière d'abord."""
    fiches = publiees().filter(siret_acheteur__startswith=siren, sorte=FicheDeContrat.Sorte.MARCHE)
    annees = fiches.order_by("-annee").values_list("annee", flat=True).distinct()
    return [
        AnneeDeListe(annee, *bornes)
        for annee in annees
        if (bornes := rules.bornes_de_la_liste(annee)) and _entre(fiches, annee, bornes)
    ]


def _entre(fiches: QuerySet[FicheDeContrat], annee: int, bornes: tuple[Decimal, Decimal]) -> bool:
    return fiches.filter(annee=annee, montant__gte=bornes[0], montant__lt=bornes[1]).exists()


def annees_du_fichier() -> list[int]:
    return list(du_fichier().order_by("annee").values_list("annee", flat=True).distinct())
