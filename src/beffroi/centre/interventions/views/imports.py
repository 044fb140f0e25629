"""Importer un tableau d'agents :
le déposer, relire ce qu'il changerait, dire pourquoi, confirmer.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from beffroi.centre.interventions import queries
from beffroi.centre.interventions.forms import ImportForm, MotifDImportForm
from beffroi.centre.interventions.models import ImportDAgents
from beffroi.centre.interventions.services.cycle import Raison
from beffroi.centre.interventions.services.imports import apercu, appliquer, deposer_un_tableau
from beffroi.centre.interventions.views.acces import au_centre
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet import fichiers_relus
from beffroi.socle.guichet.actes import formulaire, saisie, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats import tableur

ENTETES = ("siret", "nom", "prénom", "courriel", "rôles", "service", "qualité")


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def deposer(request: HttpRequest) -> HttpResponse:
    au_centre(request, "intervenir")

    def garder(nom: str, octets: bytes) -> ImportDAgents:
        return deposer_un_tableau(nom=nom, octets=octets, par=request.user, maintenant=maintenant())

    return fichiers_relus.deposer(
        request,
        ImportForm(*saisie_et_fichiers(request)),
        garder,
        champ="tableau",
        vers="interventions:relire",
        gabarit="interventions/importer.html",
        contexte={"imports": queries.derniers_imports()},
    )


@reauthentification_recente
@formulaire
def relire(request: HttpRequest, reference: str) -> HttpResponse:
    """La confirmation dit aussi pourquoi à chaque organisme."""
    au_centre(request, "intervenir")
    depose = queries.import_pour(reference)
    form = MotifDImportForm(saisie(request))

    def acte(empreinte: str) -> str:
        raison = Raison(form.cleaned_data["motif"], form.cleaned_data["demande"])
        fait = appliquer(
            depose=depose,
            empreinte=empreinte,
            raison=raison,
            par=request.user,
            maintenant=maintenant(),
        )
        return f"C'est fait : {fait.agents} personnes, {fait.organismes} organismes."

    return fichiers_relus.relire(
        request,
        form,
        depose,
        appliquer=acte,
        apercu=lambda: apercu(depose),
        vers=("interventions:relire", reference),
        gabarit="interventions/relire.html",
    )


@connexion_requise
@require_safe
@jamais_gardee
def modele(request: HttpRequest) -> HttpResponse:
    """Un tableau vide aux colonnes de l'import, avec une ligne d'exemple."""
    au_centre(request, "intervenir")
    exemple = (
        "21620153300017",
        "Exemple",
        "Dominique",
        "dominique@exemple.example",
        "rédacteur, valideur",
        "Mairie",
        "secrétaire de mairie",
    )
    contenu = b"".join(tableur.csv_au_fil_de_l_eau(ENTETES, [exemple]))
    return rendre_un_fichier(contenu, "modele-agents.csv")
