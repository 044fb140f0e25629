"""Le résultat chez l'entreprise : l'ouvrir, c'est lire la lettre ; le garder en PDF ; demander pourquoi."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.attribution import ecrans, queries, services
from beffroi.attribution.forms import DemanderForm
from beffroi.attribution.models import Lettre
from beffroi.attribution.retour import resultat_pdf as en_pdf
from beffroi.attribution.views.acheteur import saisie
from beffroi.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.echanges.services import lire
from beffroi.echanges.views.entreprise import est_une_lecture
from beffroi.socle.erreurs import RegleEnfreinte
from beffroi.socle.horloge import maintenant


@connexion_requise
@require_http_methods(["GET", "HEAD", "POST"])
@jamais_gardee
def resultat(request: HttpRequest, lettre: str) -> HttpResponse:
    """Ses notes, sa place, pourquoi, et qui est retenu ; d'un geste, demander davantage."""
    recue = ouvrir(request, lettre)
    form = DemanderForm(saisie(request))
    if form.is_valid():
        try:
            texte = form.cleaned_data["texte"]
            services.demander(lettre=recue, texte=texte, par=request.user, maintenant=maintenant())
        except RegleEnfreinte as refus:
            form.add_error(None, refus.message)
        else:
            messages.success(request, "Votre demande est reçue. L'acheteur est prévenu.")
            return redirect("attribution:resultat", lettre)
    vue = {**ecrans.resultat(recue, le=maintenant()), "form": form}
    return render(request, "attribution/resultat.html", vue, status=422 if form.errors else 200)


@connexion_requise
@require_safe
@jamais_gardee
def resultat_pdf(request: HttpRequest, lettre: str) -> HttpResponse:
    recue = ouvrir(request, lettre)
    reponse = HttpResponse(en_pdf(recue, le=maintenant()), content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="resultat-{recue.consultation.reference}.pdf"'
    return reponse


def ouvrir(request: HttpRequest, reference: str) -> Lettre:
    """La lettre, à qui lit son fil ; une page demandée pour être lue vaut première lecture."""
    recue = queries.lettre_recue(request.user, reference)
    if recue.exemplaire and est_une_lecture(request):
        lire(fil=recue.exemplaire.fil, par=request.user, maintenant=maintenant())
    return recue
