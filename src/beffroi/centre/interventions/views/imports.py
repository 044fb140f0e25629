"""Importer un tableau d'agents :
le déposer, relire ce qu'il changerait, dire pourquoi, confirmer.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from beffroi.centre.interventions import queries
from beffroi.centre.interventions.forms import ImportForm, MotifForm
from beffroi.centre.interventions.services.cycle import Raison
from beffroi.centre.interventions.services.imports import apercu, appliquer, deposer_un_tableau
from beffroi.centre.interventions.views.acces import au_centre
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats import tableur

ENTETES = ("siret", "nom", "prénom", "courriel", "rôles", "service", "qualité")


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def deposer(request: HttpRequest) -> HttpResponse:
    au_centre(request, "intervenir")
    form = ImportForm(*saisie_et_fichiers(request))
    if form.is_valid():
        recu = form.cleaned_data["tableau"]
        with refus_dans(form, "tableau"):
            depose = deposer_un_tableau(
                nom=recu.name, octets=recu.read(), par=request.user, maintenant=maintenant()
            )
            return redirect("interventions:relire", depose.reference)
    contexte = {"form": form, "imports": queries.derniers_imports()}
    return rendre(request, "interventions/importer.html", contexte)


@reauthentification_recente
@formulaire
def relire(request: HttpRequest, reference: str) -> HttpResponse:
    """L'aperçu ; la confirmation l'applique s'il n'a pas changé depuis,
    et dit pourquoi à chaque organisme.
    """
    au_centre(request, "intervenir")
    depose = queries.import_pour(reference)
    form = MotifForm(saisie(request))
    if form.is_valid():
        with refus_dans(form):
            depose = appliquer(
                depose=depose,
                empreinte=request.POST.get("empreinte", ""),
                raison=Raison(**form.cleaned_data),
                par=request.user,
                maintenant=maintenant(),
            )
            messages.success(
                request, f"C'est fait : {depose.agents} personnes, {depose.organismes} organismes."
            )
            return redirect("interventions:relire", reference)
    contexte = {
        "depose": depose,
        "form": form,
        "plan": None if depose.applique_le else apercu(depose),
    }
    return rendre(request, "interventions/relire.html", contexte)


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
