"""Les pages qu'un courriel ouvre : confirmer, arrêter, voir ses suivis. Sans compte ni
cookie ; le lien signé fait foi.

Aucune ne demande de jeton CSRF :
rien n'y dépend d'un cookie, et RFC 8058 veut un arrêt qui n'en porte pas.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from beffroi.personnes.abonnements import jetons, queries, services
from beffroi.personnes.abonnements.models import Suivi
from beffroi.personnes.abonnements.rules import LIENS_PERDUS
from beffroi.personnes.comptes.decorateurs import jamais_gardee
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from beffroi.socle.guichet.formulaires import AdresseForm


@csrf_exempt
@login_not_required
@jamais_gardee
@formulaire
def confirmer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Le second temps : ouvrir le lien montre un bouton, et ne confirme rien."""
    le = maintenant()
    suivi = queries.demande_du_lien(jeton, le=le)
    autres = queries.autres_demandes(suivi, le=le)
    if request.method == "POST":
        choisis = set(request.POST.getlist("suivi"))
        services.confirmer(
            suivis=[suivi, *(a for a in autres if a.reference in choisis)], maintenant=le
        )
        return redirect("abonnements:gerer", jetons.jeton(jetons.GERER, suivi.adresse.reference))
    contexte = {"suivi": suivi, "autres": autres}
    return render(request, "abonnements/confirmer.html", contexte)


@csrf_exempt
@login_not_required
@jamais_gardee
@formulaire
def arreter(request: HttpRequest, jeton: str) -> HttpResponse:
    """L'arrêt : un bouton pour une personne, le même envoi pour sa messagerie (RFC 8058).

    Deux fois ne change rien.
    """
    suivis = queries.suivis_du_lien_d_arret(jeton)
    if request.method == "POST":
        services.arreter(suivis=suivis)
        return render(request, "abonnements/arrete.html", {"suivis": suivis})
    contexte = {"suivis": suivis, "autres": queries.suit_autre_chose(suivis)}
    return render(request, "abonnements/arreter.html", contexte)


@csrf_exempt
@login_not_required
@jamais_gardee
@formulaire
def gerer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Mes suivis : en changer la cadence ;
    en arrêter un, ou tous, après une page qui dit ce qui s'efface.
    """
    adresse = queries.adresse_du_lien(jeton)
    suivis = queries.suivis_de(adresse)
    voulu = request.POST.get("suivi") or request.GET.get("suivi")
    choisis = [s for s in suivis if voulu in (s.reference, "tous")]
    if request.method == "POST":
        if request.POST.get("cadence") in Suivi.Cadence.values:
            for suivi in choisis:
                services.changer_de_cadence(suivi=suivi, cadence=request.POST["cadence"])
        else:
            services.arreter(suivis=choisis)
            if not queries.suivis_de(adresse).exists():
                return render(request, "abonnements/arrete.html", {"suivis": choisis})
        return redirect("abonnements:gerer", jeton)
    if voulu:
        contexte = {
            "suivis": choisis,
            "autres": queries.suit_autre_chose(choisis),
            "garder": request.path,
        }
        return render(request, "abonnements/arreter.html", contexte)
    contexte = {"adresse": adresse, "suivis": suivis, "cadences": Suivi.Cadence.choices}
    return render(request, "abonnements/gerer.html", contexte)


@csrf_exempt
@login_not_required
@jamais_gardee
@formulaire
def retrouver(request: HttpRequest) -> HttpResponse:
    """Recevoir de nouveau le lien de ses suivis ;
    la réponse est la même pour une adresse inconnue.
    """
    form, le = AdresseForm(saisie(request)), maintenant()
    if form.is_valid():
        with refus_dans(form), sur_le_budget(request, LIENS_PERDUS, maintenant=le):
            services.rappeler_le_lien(courriel=form.cleaned_data["courriel"], maintenant=le)
            return render(request, "abonnements/lien_envoye.html")
    return rendre(request, "abonnements/retrouver.html", {"form": form})
