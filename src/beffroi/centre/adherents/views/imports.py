"""Importer un tableau : le déposer, relire ce qu'il changerait, confirmer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.centre.adherents import ecrans, queries
from beffroi.centre.adherents.forms import ImportForm
from beffroi.centre.adherents.services.imports import apercu, appliquer, deposer_un_tableau
from beffroi.centre.adherents.views.acces import au_centre
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats import tableur

MONTREES = 100


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def deposer(request: HttpRequest) -> HttpResponse:
    au_centre(request, "tenir_l_annuaire")
    form = ImportForm(*saisie_et_fichiers(request))
    if form.is_valid():
        recu = form.cleaned_data["tableau"]
        with refus_dans(form, "tableau"):
            depose = deposer_un_tableau(
                nom=recu.name, octets=recu.read(), par=request.user, maintenant=maintenant()
            )
            return redirect("adherents:relire", depose.reference)
    contexte = {"form": form, "imports": queries.derniers_imports()}
    return rendre(request, "adherents/importer.html", contexte)


@connexion_requise
@formulaire
def relire(request: HttpRequest, reference: str) -> HttpResponse:
    """L'aperçu ; la confirmation l'applique s'il n'a pas changé depuis."""
    au_centre(request, "tenir_l_annuaire")
    depose, refus = queries.import_pour(reference), ""
    if request.method == "POST":
        try:
            depose = appliquer(
                depose=depose,
                empreinte=request.POST.get("empreinte", ""),
                par=request.user,
                maintenant=maintenant(),
            )
        except (RegleEnfreinte, ConflitEtat) as erreur:
            refus = erreur.message
        else:
            messages.success(
                request, f"L'import est fait : {depose.crees} inscrits, {depose.changes} corrigés."
            )
            return redirect("adherents:liste")
    contexte = {"depose": depose, "refus": refus, "montrees": MONTREES}
    if not depose.applique_le:
        contexte["plan"] = apercu(depose)
    return render(request, "adherents/relire.html", contexte, status=422 if refus else 200)


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
