"""Écrire un avis, le relire, le télécharger, dire où il paraîtra."""

import io

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.publicite.avis import ecrans, queries, services
from beffroi.publicite.avis.forms import SupportForm
from beffroi.publicite.avis.models import Avis
from beffroi.publicite.avis.queries.contenu import contenu_de
from beffroi.publicite.avis.supports import publicite_de
from beffroi.publicite.avis.views.publicite import page, peut, pour
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import saisie
from beffroi.socle.guichet.lecture import en_une_lecture


@connexion_requise
@require_http_methods(["GET", "POST"])
@en_une_lecture
def ecrire(request: HttpRequest, reference: str, forme: str) -> HttpResponse:
    consultation = pour(request, reference, "ecrire")
    if forme not in Avis.Forme.values:
        raise Introuvable()
    contenu = contenu_de(
        consultation, queries.coordonnees_de(consultation.organisme), le=maintenant()
    )
    if request.method == "POST":
        ecrit = services.ecrire_un_avis(
            consultation=consultation,
            contenu=contenu,
            forme=forme,
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        messages.success(request, "L'avis est écrit. Dites maintenant où il paraîtra.")
        return redirect("avis:avis", reference, ecrit.reference)
    return page(
        request,
        "ecrire",
        consultation,
        **ecrans.apercu(consultation, contenu, forme, le=maintenant()),
    )


@connexion_requise
@require_http_methods(["GET", "POST"])
@en_une_lecture
def avis(request: HttpRequest, reference: str, avis: str) -> HttpResponse:
    consultation = pour(request, reference, "envoyer" if request.method == "POST" else "voir")
    ecrit = queries.avis_pour(consultation, avis)
    possible = publicite_de(consultation, le=maintenant())
    form = SupportForm(saisie(request), publicite=possible, avis=ecrit)
    ouvert = possible.pour(ecrit) and queries.peut_partir(ecrit).favorable
    if form.is_bound and form.is_valid():
        services.preparer_une_parution(
            avis=ecrit, **form.cleaned_data, par=request.user.acteur, maintenant=maintenant()
        )
        return redirect("avis:avis", reference, avis)
    peut_agir = peut(request, consultation, "envoyer")
    return page(
        request,
        "avis",
        consultation,
        form=form if peut_agir and ouvert else None,
        peut_agir=peut_agir,
        **ecrans.avis(ecrit, peut_agir=peut_agir, le=maintenant()),
    )


@connexion_requise
@require_POST
def verifier(request: HttpRequest, reference: str, avis: str) -> HttpResponse:
    consultation = pour(request, reference, "ecrire")
    ecrit = queries.avis_pour(consultation, avis)
    if ecrit.forme != Avis.Forme.EUROPEENNE:
        raise Introuvable()
    services.demander_la_verification(avis=ecrit, maintenant=maintenant())
    messages.info(
        request, "Le contrôle est demandé. Il prend quelques secondes : rechargez cette page."
    )
    return redirect("avis:avis", reference, avis)


@connexion_requise
@require_safe
def fichier(request: HttpRequest, reference: str, avis: str, nom: str) -> FileResponse:
    fichiers = queries.fichiers_de(queries.avis_pour(pour(request, reference, "voir"), avis))
    if nom not in fichiers:
        raise Introuvable()
    sorte = "application/xml" if nom.endswith(".xml") else "text/plain; charset=utf-8"
    return FileResponse(
        io.BytesIO(fichiers[nom]), as_attachment=True, filename=nom, content_type=sorte
    )
