"""Le résultat chez l'entreprise : l'ouvrir, c'est lire la lettre ; le garder
en PDF ; demander pourquoi.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from beffroi.choix.attribution import ecrans, queries, services
from beffroi.choix.attribution.forms import DemanderForm
from beffroi.choix.attribution.models import Lettre
from beffroi.choix.attribution.retour import resultat_pdf as en_pdf
from beffroi.choix.echanges.services import lire
from beffroi.choix.echanges.views.entreprise import est_une_lecture
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from beffroi.socle.guichet.telechargements import rendre_un_fichier


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
    return rendre_un_fichier(
        en_pdf(recue, le=maintenant()), f"resultat-{recue.consultation.reference}.pdf"
    )


def ouvrir(request: HttpRequest, reference: str) -> Lettre:
    """La lettre, à qui lit son fil ; une page demandée pour être lue vaut première lecture."""
    recue = queries.lettre_recue(request.user, reference)
    if recue.exemplaire and est_une_lecture(request):
        lire(fil=recue.exemplaire.fil, par=request.user, maintenant=maintenant())
    return recue
