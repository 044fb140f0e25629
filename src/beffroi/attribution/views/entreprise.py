"""Le résultat chez l'entreprise : l'ouvrir, c'est lire la lettre ; le garder en PDF ; demander pourquoi."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from beffroi.attribution import ecrans, queries, services
from beffroi.attribution.forms import DemanderForm
from beffroi.attribution.models import Lettre
from beffroi.attribution.retour import resultat_pdf as en_pdf
from beffroi.attribution.views.acheteur import saisie
from beffroi.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.echanges.services import lire
from beffroi.echanges.views.entreprise import est_une_lecture
from beffroi.guichet.actes import formulaire, refus_dans, rendre
from beffroi.guichet.telechargements import rendre_un_fichier
from beffroi.socle.horloge import maintenant


@connexion_requise
@formulaire
@jamais_gardee
def resultat(request: HttpRequest, lettre: str) -> HttpResponse:
    """Ses notes, sa place, pourquoi, et qui est retenu ; d'un geste, demander davantage."""
    recue = ouvrir(request, lettre)
    form = DemanderForm(saisie(request))
    if form.is_valid():
        with refus_dans(form):
            texte = form.cleaned_data["texte"]
            services.demander(lettre=recue, texte=texte, par=request.user, maintenant=maintenant())
            messages.success(request, "Votre demande est reçue. L'acheteur est prévenu.")
            return redirect("attribution:resultat", lettre)
    vue = {**ecrans.resultat(recue, le=maintenant()), "form": form}
    return rendre(request, "attribution/resultat.html", vue)


@connexion_requise
@require_safe
@jamais_gardee
def resultat_pdf(request: HttpRequest, lettre: str) -> HttpResponse:
    recue = ouvrir(request, lettre)
    return rendre_un_fichier(en_pdf(recue, le=maintenant()), f"resultat-{recue.consultation.reference}.pdf")


def ouvrir(request: HttpRequest, reference: str) -> Lettre:
    """La lettre, à qui lit son fil ; une page demandée pour être lue vaut première lecture."""
    recue = queries.lettre_recue(request.user, reference)
    if recue.exemplaire and est_une_lecture(request):
        lire(fil=recue.exemplaire.fil, par=request.user, maintenant=maintenant())
    return recue
