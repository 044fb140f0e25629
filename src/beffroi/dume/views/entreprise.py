"""L'entreprise remplit son DUME : le serveur le rend aussitôt et n'en garde rien, le navigateur scelle la candidature."""

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beffroi.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.depots.models import BrouillonDeReponse
from beffroi.depots.queries import reponse_pour
from beffroi.dume import reprise
from beffroi.dume.demandes import demande_de, est_accepte
from beffroi.dume.fichiers import en_fichier
from beffroi.dume.forms import DumeForm, RepriseForm
from beffroi.dume.reception import DumeBorne
from beffroi.pieces.reception import envoi_borne
from beffroi.reponses.avancement import avancement
from beffroi.reponses.views.reponse import page
from beffroi.socle.erreurs import Introuvable
from beffroi.socle.horloge import maintenant
from formats.dume import Dume, DumeIllisible, ecrire, ecrire_reponse, lire
from formats.dume.composition import permet_le_simplifie
from formats.dume.modele import Emission


def _brouillon(request: HttpRequest, reference: str) -> BrouillonDeReponse:
    """Une réponse à une consultation qui accepte le DUME ; sur invitation, la candidature est déjà remise."""
    brouillon = reponse_pour(request.user, reference)
    if brouillon.invitation_id or not est_accepte(brouillon.consultation):
        raise Introuvable()
    return brouillon


def _montrer(
    request: HttpRequest, brouillon: BrouillonDeReponse, form: DumeForm, reprise_form: RepriseForm, **reste: Any
) -> HttpResponse:
    simplifie = permet_le_simplifie(form.demande)
    contexte = page(
        avancement(brouillon, le=maintenant()), form=form, reprise_form=reprise_form, simplifie=simplifie, **reste
    )
    fautif = form.errors or reprise_form.errors
    return render(request, "dume/remplir.html", contexte, status=422 if fautif else 200)


@jamais_gardee
@connexion_requise
@require_http_methods(["GET", "HEAD", "POST"])
def remplir(request: HttpRequest, reference: str) -> HttpResponse:
    """Le formulaire, prérempli ; rempli, il rend le fichier XML."""
    brouillon = _brouillon(request, reference)
    demande = demande_de(brouillon.consultation)
    initial = reprise.de_l_entreprise(brouillon, request.user)
    form = DumeForm(request.POST if request.method == "POST" else None, demande=demande, initial=initial)
    if form.is_valid():
        return en_fichier(ecrire(_reponse(demande, form)), nom="DUME.xml")
    return _montrer(request, brouillon, form, RepriseForm())


def _reponse(demande: Dume, form: DumeForm) -> Dume:
    return ecrire_reponse(
        demande,
        operateur=form.operateur(),
        emission=Emission(str(uuid.uuid4()), maintenant()),
        reponses=form.reponses,
        lots=form.cleaned_data.get("lots", []),
    )


@envoi_borne(DumeBorne)
@jamais_gardee
@connexion_requise
@require_http_methods(["GET", "HEAD", "POST"])
def reprendre(request: HttpRequest, reference: str) -> HttpResponse:
    """Un DUME déjà fait préremplit le formulaire ; il se confirme avant de resservir (CCP, art. R. 2143-4)."""
    brouillon = _brouillon(request, reference)
    if request.method != "POST":
        return redirect("dume:remplir", reference)
    demande = demande_de(brouillon.consultation)
    initial = reprise.de_l_entreprise(brouillon, request.user)
    reprise_form = RepriseForm(request.POST, request.FILES)
    if reprise_form.is_valid() and (ancien := _ancien(reprise_form)):
        form = DumeForm(demande=demande, initial={**initial, **reprise.d_un_dume(ancien, demande)})
        return _montrer(request, brouillon, form, reprise_form, repris=ancien)
    return _montrer(request, brouillon, DumeForm(demande=demande, initial=initial), reprise_form)


def _ancien(reprise_form: RepriseForm) -> Dume | None:
    fichier: UploadedFile[bytes] = reprise_form.cleaned_data["ancien"]
    try:
        return lire(fichier.read())
    except DumeIllisible as illisible:
        reprise_form.add_error("ancien", str(illisible))
        return None
