"""Importer un tableau : le déposer, relire ce qu'il changerait, confirmer."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from beffroi.centre.adherents import ecrans, queries
from beffroi.centre.adherents.forms import ImportForm
from beffroi.centre.adherents.models import ImportDAdherents
from beffroi.centre.adherents.services.imports import apercu, appliquer, deposer_un_tableau
from beffroi.centre.adherents.views.acces import au_centre
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet import fichiers_relus
from beffroi.socle.guichet.actes import formulaire, saisie, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.fichiers_relus import EmpreinteForm
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats import tableur

MONTREES = 100


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def deposer(request: HttpRequest) -> HttpResponse:
    au_centre(request, "tenir_l_annuaire")

    def garder(nom: str, octets: bytes) -> ImportDAdherents:
        return deposer_un_tableau(nom=nom, octets=octets, par=request.user, maintenant=maintenant())

    return fichiers_relus.deposer(
        request,
        ImportForm(*saisie_et_fichiers(request)),
        garder,
        champ="tableau",
        vers="adherents:relire",
        gabarit="adherents/importer.html",
        contexte={"imports": queries.derniers_imports()},
    )


@connexion_requise
@formulaire
def relire(request: HttpRequest, reference: str) -> HttpResponse:
    au_centre(request, "tenir_l_annuaire")
    depose = queries.import_pour(reference)

    def acte(empreinte: str) -> str:
        fait = appliquer(
            depose=depose, empreinte=empreinte, par=request.user, maintenant=maintenant()
        )
        return f"L'import est fait : {fait.crees} inscrits, {fait.changes} corrigés."

    return fichiers_relus.relire(
        request,
        EmpreinteForm(saisie(request)),
        depose,
        appliquer=acte,
        apercu=lambda: apercu(depose),
        vers=("adherents:liste",),
        gabarit="adherents/relire.html",
        contexte={"montrees": MONTREES},
    )


@connexion_requise
@require_safe
@jamais_gardee
def modele(request: HttpRequest) -> HttpResponse:
    """Un tableau vide aux colonnes de l'import, avec une ligne d'exemple."""
    au_centre(request, "tenir_l_annuaire")
    exemple = (
        "216201533",
        "Commune d'exemple",
        "commune",
        "",
        "62153",
        "1 place de la Mairie",
        "62960",
        "Exemple",
        "mairie@exemple.example",
        "03 21 00 00 00",
        "",
    )
    contenu = b"".join(tableur.csv_au_fil_de_l_eau(ecrans.ENTETES[: len(exemple)], [exemple]))
    return rendre_un_fichier(contenu, "modele-adherents.csv")
