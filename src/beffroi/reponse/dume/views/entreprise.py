"""L'entreprise remplit son DUME :
le serveur le rend aussitôt et n'en garde rien, le navigateur scelle la candidature.
"""

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.depots.queries import reponse_pour
from beffroi.reponse.dume import reprise
from beffroi.reponse.dume.demandes import demande_de, est_accepte
from beffroi.reponse.dume.forms import DumeForm, RepriseForm
from beffroi.reponse.dume.reception import DumeBorne
from beffroi.reponse.reponses.queries.avancement import avancement
from beffroi.reponse.reponses.views.reponse import page
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, saisie
from beffroi.socle.guichet.envois import envoi_borne
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.dume import Dume, DumeIllisible, ecrire, ecrire_reponse, lire
from formats.dume.composition import permet_le_simplifie
from formats.dume.modele import Emission


def _brouillon(request: HttpRequest, reference: str) -> BrouillonDeReponse:
    """Une réponse à une consultation qui accepte le DUME ;
    sur invitation, la candidature est déjà remise.
    """
    brouillon = reponse_pour(request.user, reference)
    if brouillon.invitation_id or not est_accepte(brouillon.consultation):
        raise Introuvable()
    return brouillon


def _rang(request: HttpRequest, brouillon: BrouillonDeReponse) -> int:
    """De quel membre du groupement est ce DUME ; 0, de l'entreprise qui dépose."""
    dit = request.GET.get("membre", "")
    return int(dit) if dit in {str(rang) for rang, _ in enumerate(_membres(brouillon), 1)} else 0


def _membres(brouillon: BrouillonDeReponse) -> list[dict[str, str]]:
    return list(brouillon.groupement.get("membres", []))


def _initial(request: HttpRequest, brouillon: BrouillonDeReponse) -> dict[str, Any]:
    rang = _rang(request, brouillon)
    return (
        reprise.d_un_membre(brouillon, rang)
        if rang
        else reprise.de_l_entreprise(brouillon, request.user)
    )


def _montrer(
    request: HttpRequest,
    brouillon: BrouillonDeReponse,
    form: DumeForm,
    reprise_form: RepriseForm,
    **reste: Any,
) -> HttpResponse:
    rang = _rang(request, brouillon)
    contexte = page(
        avancement(brouillon, le=maintenant()),
        form=form,
        reprise_form=reprise_form,
        simplifie=permet_le_simplifie(form.demande),
        membres=_membres(brouillon),
        membre=rang,
        nom_du_fichier=_nom_du_fichier(rang),
        **reste,
    )
    fautif = form.errors or reprise_form.errors
    return render(request, "dume/remplir.html", contexte, status=422 if fautif else 200)


@jamais_gardee
@connexion_requise
@formulaire
def remplir(request: HttpRequest, reference: str) -> HttpResponse:
    """Le formulaire, prérempli ; rempli, il rend le fichier XML."""
    brouillon = _brouillon(request, reference)
    demande = demande_de(brouillon.consultation)
    initial = _initial(request, brouillon)
    form = DumeForm(saisie(request), demande=demande, initial=initial)
    if form.is_valid():
        return rendre_un_fichier(
            ecrire(_reponse(demande, form)), _nom_du_fichier(_rang(request, brouillon))
        )
    return _montrer(request, brouillon, form, RepriseForm())


def _nom_du_fichier(rang: int) -> str:
    """Un nom par membre : tous vont dans la même candidature."""
    return f"DUME-membre-{rang}.xml" if rang else "DUME.xml"


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
@formulaire
def reprendre(request: HttpRequest, reference: str) -> HttpResponse:
    """Un DUME déjà fait préremplit le formulaire ;
    il se confirme avant de resservir (CCP, art. R. 2143-4).
    """
    brouillon = _brouillon(request, reference)
    if request.method != "POST":
        return redirect("dume:remplir", reference)
    demande = demande_de(brouillon.consultation)
    initial = _initial(request, brouillon)
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
