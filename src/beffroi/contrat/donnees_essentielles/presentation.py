"""Ce que les pages montrent d'un contrat, d'une recherche : des mots et des nombres prêts.

Aucune décision ici.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from textwrap import shorten
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse

from beffroi.contrat.donnees_essentielles import contenu, recherche
from beffroi.contrat.donnees_essentielles.criteres import Criteres
from beffroi.contrat.donnees_essentielles.models import (
    AjoutAFiche,
    Canal,
    FicheDeContrat,
    TitulaireDeFiche,
)
from beffroi.contrat.donnees_essentielles.mots import libelle_du_cpv
from beffroi.contrat.donnees_essentielles.recherche import PAR_PAGE, Part, ville_du_code
from beffroi.contrat.donnees_essentielles.rules import RETENABLES
from droit.dates import en_toutes_lettres
from formats import sommes
from formats.decp import Concession, Marche
from formats.pluriels import compter

_NOMS = {
    "q": "mots",
    "acheteur": "acheteur",
    "titulaire": "titulaire",
    "cpv": "code CPV",
    "lieu": "lieu",
    "annee": "année",
    "de": "au moins (€)",
    "a": "au plus (€)",
}


LIBELLE_COURT = 48


class Filtre(NamedTuple):
    libelle: str
    url: str


class Ligne(NamedTuple):
    """Un contrat dans une liste."""

    objet: str
    url: str
    acheteur: str
    url_acheteur: str
    titulaires: tuple[tuple[str, str], ...]
    montant: str
    conclu_le: str
    nature: str


class Tableau(NamedTuple):
    """Un tableau dessiné :
    ses lignes portent leur barre, et le lien de la recherche qu'elles résument.
    """

    ancre: str
    titre: str
    tete: str
    lignes: tuple[tuple[Part, str], ...]


def adresse(criteres: Criteres, nom: str = "donnees_essentielles:liste", **arguments: str) -> str:
    chemin, suite = reverse(nom, kwargs=arguments), criteres.ecrire()
    return f"{chemin}?{suite}" if suite else chemin


def filtres(criteres: Criteres) -> list[Filtre]:
    return [
        Filtre(f"{_NOMS[nom]} : {dit}", adresse(criteres.sans(nom)))
        for nom, dit in criteres.dits().items()
    ]


def page_de(ensemble: QuerySet[FicheDeContrat], numero: str) -> Page[FicheDeContrat]:
    """Une page qui n'existe pas mène à la plus proche."""
    return Paginator(ensemble.prefetch_related("titulaires"), PAR_PAGE).get_page(numero)


def lignes(fiches: Iterable[FicheDeContrat]) -> list[Ligne]:
    return [ligne(fiche) for fiche in fiches]


def ligne(fiche: FicheDeContrat) -> Ligne:
    return Ligne(
        objet=fiche.objet,
        url=reverse("donnees_essentielles:contrat", args=(fiche.reference,)),
        acheteur=fiche.nom_acheteur,
        url_acheteur=reverse("donnees_essentielles:acheteur", args=(fiche.siren_acheteur,)),
        titulaires=tuple((nom_de(un), url_de(un)) for un in fiche.titulaires.all()),
        montant=montant_de(fiche),
        conclu_le=en_toutes_lettres(fiche.conclu_le),
        nature=fiche.nature,
    )


def montant_de(fiche: FicheDeContrat) -> str:
    return "Montant non publié" if fiche.montant is None else f"{sommes.en_euros(fiche.montant)} HT"


def nom_de(titulaire: TitulaireDeFiche) -> str:
    return titulaire.nom or f"{titulaire.type_identifiant} {titulaire.identifiant}"


def url_de(titulaire: TitulaireDeFiche) -> str:
    return reverse("donnees_essentielles:titulaire", args=(titulaire.groupe,))


def compte(ensemble: QuerySet[FicheDeContrat]) -> str:
    """« 12 contrats, 1 240 000 € HT, dont 1 au montant non publié »."""
    nombre, total, tus = recherche.total(ensemble)
    retenus = f", dont {tus} au montant non publié" if tus else ""
    return f"{compter(nombre, 'contrat')}, {sommes.en_euros(total)} HT{retenus}"


def tableaux(ensemble: QuerySet[FicheDeContrat], *, sans: str = "") -> list[Tableau]:
    """Qui achète, à qui, quoi, année par année. `sans` : le tableau qui n'aurait qu'une ligne."""
    acheteurs, titulaires = "donnees_essentielles:acheteur", "donnees_essentielles:titulaire"
    tous = [
        Tableau(
            "annees",
            "Année par année",
            "Année",
            _liees(recherche.parts_par_annee(ensemble), "annee"),
        ),
        Tableau(
            "acheteurs",
            "Qui achète",
            "Acheteur",
            _liees(recherche.parts_par_acheteur(ensemble), acheteurs),
        ),
        Tableau(
            "titulaires",
            "À qui",
            "Titulaire",
            _liees(recherche.parts_par_titulaire(ensemble), titulaires),
        ),
        Tableau(
            "achats",
            "Quoi",
            "Sorte d'achat (CPV)",
            _liees(_courtes(recherche.parts_par_achat(ensemble)), "cpv"),
        ),
    ]
    return [tableau for tableau in tous if tableau.ancre != sans and tableau.lignes]


def _courtes(parts: Iterable[Part]) -> list[Part]:
    """Un libellé du CPV peut tenir quatre lignes :
    il se coupe entre deux mots, et sa recherche le dit en entier.
    """
    return [
        replace(part, libelle=shorten(part.libelle, LIBELLE_COURT, placeholder="…"))
        for part in parts
    ]


def _liees(parts: Iterable[Part], vers: str) -> tuple[tuple[Part, str], ...]:
    if ":" in vers:
        return tuple((part, reverse(vers, args=(part.cle,))) for part in parts)
    return tuple(
        (part, f"{reverse('donnees_essentielles:liste')}?{vers}={part.cle}") for part in parts
    )


# ---------------------------------------------------------------- un contrat


def faits(fiche: FicheDeContrat) -> list[tuple[str, str]]:
    """Les données du contrat, dans l'ordre où on les lit ;
    ce qui est retenu le dit, avec sa raison.
    """
    contrat = contenu.relire(fiche)
    communs = [
        ("Numéro", fiche.numero),
        ("Nature", fiche.nature),
        ("Procédure", fiche.procedure),
        ("Montant", _ou_retenu(fiche, "montant", f"{sommes.en_euros(_montant(contrat))} HT")),
        ("Durée", f"{contrat.duree_mois} mois"),
    ]
    propres = (
        _d_un_marche(fiche, contrat) if isinstance(contrat, Marche) else _d_une_concession(contrat)
    )
    return [
        *communs,
        *propres,
        ("Considérations sociales", ", ".join(contrat.considerations_sociales)),
        ("Considérations environnementales", ", ".join(contrat.considerations_environnementales)),
        ("Données datées du", en_toutes_lettres(contrat.date_publication_donnees)),
    ]


def _montant(contrat: contenu.Contrat) -> Decimal:
    return Decimal(contenu.montant_de(contrat))


def _ou_retenu(fiche: FicheDeContrat, champ: str, dit: str) -> str:
    raison = fiche.retenues.get(champ)
    return f"Non publié. {raison}" if raison else dit


def _lieu(type_code: str, code: str) -> str:
    """« Bomy (commune 62153) », si un acheteur d'ici est de cette commune ; sinon, le code seul."""
    sorte = type_code.removeprefix("Code ")
    nom = ville_du_code(code) if sorte in ("commune", "postal") else ""
    return f"{nom} ({sorte} {code})" if nom else f"{sorte.capitalize()} {code}"


def _d_un_marche(fiche: FicheDeContrat, marche: Marche) -> list[tuple[str, str]]:
    lieu = _lieu(marche.lieu_execution.type_code, marche.lieu_execution.code)
    achat = libelle_du_cpv(marche.code_cpv)
    avance = f"Oui, {100 * marche.taux_avance:f} %" if marche.taux_avance else "Oui"
    dits = [
        ("Notifié le", en_toutes_lettres(marche.date_notification)),
        ("Lieu d'exécution", _ou_retenu(fiche, "lieuExecution", lieu)),
        ("Code CPV", f"{marche.code_cpv}, {achat}" if achat else marche.code_cpv),
        ("Offres reçues", str(marche.offres_recues)),
        ("Forme du prix", f"{marche.forme_prix} ({', '.join(marche.types_prix).lower()})"),
        ("Cahier des clauses", marche.ccag),
        ("Techniques d'achat", ", ".join(marche.techniques)),
        ("Modalités d'exécution", ", ".join(marche.modalites_execution)),
        ("Groupement", marche.type_groupement_operateurs),
        ("Sous-traitance déclarée", "Oui" if marche.sous_traitance_declaree else "Non"),
        ("Avance", _ou_retenu(fiche, "tauxAvance", avance if marche.attribution_avance else "Non")),
        ("Marché innovant", "Oui" if marche.marche_innovant else "Non"),
        ("Accord-cadre", marche.id_accord_cadre),
        ("Part d'origine européenne", _ou_retenu(fiche, "origineUE", _part(marche.origine_ue))),
        (
            "Part d'origine française",
            _ou_retenu(fiche, "origineFrance", _part(marche.origine_france)),
        ),
    ]
    return [(intitule, valeur) for intitule, valeur in dits if valeur]


def _part(part: Decimal | None) -> str:
    return "" if part is None else f"{100 * part:f} %"


def _d_une_concession(concession: Concession) -> list[tuple[str, str]]:
    return [
        ("Signée le", en_toutes_lettres(concession.date_signature)),
        ("Exécution à partir du", en_toutes_lettres(concession.date_debut_execution)),
        ("Subvention publique", f"{sommes.en_euros(concession.montant_subvention_publique)} HT"),
    ]


class Suite(NamedTuple):
    """Ce qui s'est ajouté au contrat : une ligne d'histoire."""

    titre: str
    quand: str
    dit: str


def suites(fiche: FicheDeContrat, ajouts: Iterable[AjoutAFiche]) -> list[Suite]:
    """Ce qui est arrivé depuis, dans l'ordre des dates."""
    objet = contenu.public(fiche, ajouts)
    lues = [
        (element[cle], sorte)
        for sorte, (liste, cle) in contenu.SUITES.items()
        for element in objet.get(liste, ())
    ]
    return [
        _suite(dit, str(sorte.label))
        for dit, sorte in sorted(lues, key=lambda une: _date_de(une[0]))
    ]


_DATES = (
    "dateNotificationModification",
    "dateSignatureModification",
    "dateNotification",
    "dateNotificationModificationSousTraitance",
    "dateNotificationModificationSousTraitanceModification",
    "datePublicationDonneesExecution",
)


def _date_de(dit: dict[str, Any]) -> str:
    return next((str(dit[nom]) for nom in _DATES if nom in dit), "")


def _suite(dit: dict[str, Any], titre: str) -> Suite:
    morceaux = [
        f"Montant : {sommes.en_euros(Decimal(dit['montant']))} HT" if "montant" in dit else "",
        f"Valeur : {sommes.en_euros(Decimal(dit['valeurGlobale']))} HT"
        if "valeurGlobale" in dit
        else "",
        f"Durée : {dit['dureeMois']} mois" if "dureeMois" in dit else "",
        f"Nouveau titulaire : {_qui(dit['titulaires'])}" if dit.get("titulaires") else "",
        f"Sous-traitant : {dit['sousTraitant'].get('id', '')}" if "sousTraitant" in dit else "",
        f"Investissements : {sommes.en_euros(Decimal(dit['depensesInvestissement']))} HT"
        if "depensesInvestissement" in dit
        else "",
        *(
            f"{un['tarif']['intituleTarif']} : {sommes.au_centime(Decimal(un['tarif']['tarif']))}"
            for un in dit.get("tarifs", ())
        ),
    ]
    numero = f" n° {dit['id']}" if "id" in dit else ""
    quand = _date_de(dit)
    dite = f"le {en_toutes_lettres(date.fromisoformat(quand))}" if quand else ""
    return Suite(f"{titre}{numero}", dite, ". ".join(filter(None, morceaux)))


def _qui(titulaires: list[dict[str, Any]]) -> str:
    return ", ".join(str(un["titulaire"]["id"]) for un in titulaires)


def ou_c_est_publie(fiche: FicheDeContrat) -> str:
    """Une fiche d'une autre voie dit où le portail national la prend : rien ne paraît deux fois."""
    if fiche.canal == Canal.PES:
        return (
            "Les données de ce contrat arrivent au portail national par le comptable "
            "public (PES Marché)."
        )
    if fiche.canal == Canal.AUTRE:
        return (
            "Les données de ce contrat arrivent au portail national par un autre logiciel : "
            f"{fiche.ailleurs}."
        )
    if not fiche.au_fichier:
        return (
            "Une donnée que le format national exige est retenue : "
            "ce contrat n'est pas dans son fichier."
        )
    return ""


def retenues(fiche: FicheDeContrat) -> list[tuple[str, str]]:
    return [(RETENABLES[champ], raison) for champ, raison in fiche.retenues.items()]
