"""Importer les titres ou les paiements :
déposer le fichier, relire ce qu'il inscrirait, confirmer.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from beffroi.centre.recettes import exports, queries
from beffroi.centre.recettes.forms import ImportForm, aujourd_hui
from beffroi.centre.recettes.models import ImportDeRecettes
from beffroi.centre.recettes.permissions import ACTES
from beffroi.centre.recettes.services.imports import apercu, appliquer, deposer_un_fichier
from beffroi.centre.recettes.views.acces import joint
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet import fichiers_relus
from beffroi.socle.guichet.actes import formulaire, saisie, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.fichiers_relus import EmpreinteForm


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def deposer(request: HttpRequest, sorte: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_recettes", ACTES, le)
    sorte = _sorte(sorte)

    def garder(nom: str, octets: bytes) -> ImportDeRecettes:
        return deposer_un_fichier(
            sorte=sorte, nom=nom, octets=octets, par=request.user, maintenant=le
        )

    return fichiers_relus.deposer(
        request,
        ImportForm(*saisie_et_fichiers(request)),
        garder,
        champ="fichier",
        vers="recettes:relire",
        gabarit="recettes/importer.html",
        contexte={"sorte": sorte, "imports": queries.derniers_imports()},
    )


@connexion_requise
@formulaire
def relire(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_recettes", ACTES, le)
    depose = queries.import_pour(reference)

    def acte(empreinte: str) -> str:
        fait = appliquer(depose=depose, empreinte=empreinte, par=request.user, maintenant=le)
        return f"L'import est fait : lignes inscrites, {fait.inscrits}."

    return fichiers_relus.relire(
        request,
        EmpreinteForm(saisie(request)),
        depose,
        appliquer=acte,
        apercu=lambda: apercu(depose, le=aujourd_hui(le)),
        vers=("recettes:relire", reference),
        gabarit="recettes/relire.html",
    )


@connexion_requise
@require_safe
@jamais_gardee
def modele(request: HttpRequest, sorte: str) -> HttpResponse:
    """Un fichier aux colonnes de l'import, avec une ligne d'exemple."""
    exiger_au_centre(request.user, "tenir_les_recettes", ACTES, maintenant())
    return joint(exports.modele(_sorte(sorte)), "csv", f"modele-{sorte}")


def _sorte(sorte: str) -> str:
    if sorte not in ImportDeRecettes.Sorte.values:
        raise Introuvable()
    return sorte
