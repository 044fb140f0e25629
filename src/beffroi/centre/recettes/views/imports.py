"""Importer les titres ou les paiements :
déposer le fichier, relire ce qu'il inscrirait, confirmer.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.centre.recettes import exports, queries
from beffroi.centre.recettes.forms import ImportForm, aujourd_hui
from beffroi.centre.recettes.models import ImportDeRecettes
from beffroi.centre.recettes.permissions import ACTES
from beffroi.centre.recettes.services.imports import apercu, appliquer, deposer_un_fichier
from beffroi.centre.recettes.views.acces import joint
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def deposer(request: HttpRequest, sorte: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_recettes", ACTES, le)
    sorte = _sorte(sorte)
    form = ImportForm(*saisie_et_fichiers(request))
    if form.is_valid():
        recu = form.cleaned_data["fichier"]
        with refus_dans(form, "fichier"):
            depose = deposer_un_fichier(
                sorte=sorte, nom=recu.name, octets=recu.read(), par=request.user, maintenant=le
            )
            return redirect("recettes:relire", depose.reference)
    contexte = {"form": form, "sorte": sorte, "imports": queries.derniers_imports()}
    return rendre(request, "recettes/importer.html", contexte)


@connexion_requise
@formulaire
def relire(request: HttpRequest, reference: str) -> HttpResponse:
    """L'aperçu ; la confirmation l'applique s'il n'a pas changé depuis."""
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_recettes", ACTES, le)
    depose, refus = queries.import_pour(reference), ""
    if request.method == "POST":
        empreinte = request.POST.get("empreinte", "")
        try:
            depose = appliquer(depose=depose, empreinte=empreinte, par=request.user, maintenant=le)
        except (RegleEnfreinte, ConflitEtat) as erreur:
            refus = erreur.message
        else:
            messages.success(request, f"L'import est fait : lignes inscrites, {depose.inscrits}.")
            return redirect("recettes:relire", reference)
    contexte = {"depose": depose, "refus": refus}
    if not depose.applique_le:
        contexte["plan"] = apercu(depose, le=aujourd_hui(le))
    return render(request, "recettes/relire.html", contexte, status=422 if refus else 200)


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
