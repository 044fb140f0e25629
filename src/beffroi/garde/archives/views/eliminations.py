"""Éliminer sous visa : proposer, faire viser, détruire, garder le certificat."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.archivage import gardes
from beffroi.garde.archives import documents, ecrans, elimination, queries, services
from beffroi.garde.archives.forms import VisaForm
from beffroi.garde.archives.models import Elimination
from beffroi.garde.archives.services import Visa
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.lecture import en_une_lecture
from beffroi.socle.guichet.telechargements import a_enregistrer
from formats.tableur import csv

BORDEREAU = "archives:bordereau"


@reauthentification_recente
@formulaire
@en_une_lecture
def proposer(request: HttpRequest, reference: str) -> HttpResponse:
    """Ce qui peut être éliminé aujourd'hui ; l'établir en fait un bordereau, et n'efface rien."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "eliminer", le)
    if request.method == "POST":
        etabli = services.etablir_un_bordereau(
            consultation=consultation, par=request.user, maintenant=le
        )
        messages.success(
            request, "Le bordereau est établi. Envoyez-le aux Archives départementales."
        )
        return redirect(BORDEREAU, etabli.reference)
    contexte = {"consultation": consultation, **ecrans.a_proposer(consultation, le=le)}
    return render(request, "archives/proposer.html", contexte)


@connexion_requise
@jamais_gardee
@require_safe
def bordereau(request: HttpRequest, reference: str) -> HttpResponse:
    trouve = queries.elimination_pour(request.user, reference, maintenant())
    concernees = set(
        trouve.lignes.exclude(consultation=None).values_list("consultation", flat=True)
    )
    contexte = {
        "bordereau": ecrans.etat_du_bordereau(trouve),
        "lignes": queries.lignes_de(trouve),
        "prises_en_charge": ecrans.prises_en_charge(concernees),
    }
    return render(
        request, "archives/bordereau.html", {**contexte, "code": elimination.code(trouve.empreinte)}
    )


@envoi_borne(EnvoiBorne)
@reauthentification_recente
@formulaire
def viser(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    trouve = queries.elimination_pour(request.user, reference, le)
    form = VisaForm(*saisie_et_fichiers(request))

    def acte() -> object:
        dit = form.cleaned_data
        recu = Visa(
            code=dit["code"],
            signataire=dit["signataire"],
            date=dit["jour"],
            nom=dit["document"].name,
            octets=dit["document"].read(),
        )
        return services.viser(elimination=trouve, visa=recu, par=request.user, maintenant=le)

    if fait(request, form, acte, "Le visa est reçu : les pièces peuvent être détruites."):
        return redirect(BORDEREAU, reference)
    return rendre(request, "archives/viser.html", {"form": form, "bordereau": trouve})


@reauthentification_recente
@formulaire
def abandonner(request: HttpRequest, reference: str) -> HttpResponse:
    return _confirmer(
        request, reference, "abandonner", "Le bordereau est abandonné : rien n'est détruit."
    )


@reauthentification_recente
@formulaire
def detruire(request: HttpRequest, reference: str) -> HttpResponse:
    return _confirmer(
        request, reference, "detruire", "C'est détruit. Le certificat se télécharge ici."
    )


def _confirmer(request: HttpRequest, reference: str, acte: str, dit: str) -> HttpResponse:
    """Une page dit ce qui va se passer ; le bouton le fait."""
    le = maintenant()
    trouve = queries.elimination_pour(request.user, reference, le)
    if request.method == "POST":
        getattr(services, acte)(elimination=trouve, par=request.user, maintenant=le)
        messages.success(request, dit)
        return redirect(BORDEREAU, reference)
    contexte = {"bordereau": trouve, "pieces": trouve.lignes.count(), "acte": acte}
    return render(request, "archives/confirmer.html", contexte)


@connexion_requise
@jamais_gardee
@require_safe
def document(request: HttpRequest, reference: str, document: str) -> HttpResponseBase:
    """Le bordereau en PDF ou en CSV, le visa, le certificat ; un autre nom n'existe pas."""
    trouve = queries.elimination_pour(request.user, reference, maintenant())
    if document == "bordereau.pdf":
        octets, nom = documents.bordereau_pdf(trouve), f"bordereau-{reference}.pdf"
    elif document == "bordereau.csv":
        octets, nom = (
            csv(elimination.feuille(queries.lignes_de(trouve))),
            f"bordereau-{reference}.csv",
        )
    elif document == "visa" and trouve.cle_du_visa:
        octets, nom = b"".join(gardes(trouve.cle_du_visa)()), trouve.nom_du_visa
    elif document == "certificat.pdf" and trouve.etat == Elimination.Etat.DETRUITE:
        octets, nom = documents.certificat_pdf(trouve), f"certificat-{reference}.pdf"
    elif document == "certificat.zip" and trouve.etat == Elimination.Etat.DETRUITE:
        octets, nom = (
            documents.certificat_zip(trouve, le=maintenant()),
            f"certificat-{reference}.zip",
        )
    else:
        raise Introuvable()
    return a_enregistrer(octets, nom=nom)
