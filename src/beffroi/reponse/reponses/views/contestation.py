"""« Ce n'est pas moi » : du lien reçu, ou de la page du récépissé ; et y revenir."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import contestations, liens, queries, rules, services
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer
from formats import dates


@jamais_gardee
@login_not_required
@formulaire
def pas_moi(request: HttpRequest, reference: str, jeton: str) -> HttpResponse:
    """Le lien du courriel suffit : qui a pris un compte en a peut-être changé le mot de passe."""
    lu = liens.lire(reference, jeton)
    return _dire(request, lu.pli, lu.personne)


@jamais_gardee
@connexion_requise
@formulaire
def contester(request: HttpRequest, reference: str) -> HttpResponse:
    return _dire(request, queries.recepisse_pour(request.user, reference), request.user)


def _dire(request: HttpRequest, pli: Pli, personne: Utilisateur) -> HttpResponse:
    """La page dit ce qui est arrivé ; son bouton le suspend. Relue après, elle dit la suite."""
    le = maintenant()
    if request.method == "POST":
        services.contester(pli=pli, par=personne, maintenant=le)
        return redirect(request.path)
    return render(request, "reponses/contester.html", page(pli, le=le))


def page(pli: Pli, *, le: datetime) -> dict[str, object]:
    contestation = contestations.contestation_en_cours(pli)
    geste = contestation.geste if contestation else contestations.geste_a_contester(pli)
    decision = rules.peut_contester(
        le=le, date_limite=pli.limite_actuelle, geste=geste, conteste=contestation is not None
    )
    return {
        "pli": pli,
        "geste": geste,
        "remplacant": pli.remplacants.order_by("-recu_le").first(),
        "contestation": contestation,
        "limite": pli.limite_actuelle,
        "refus": () if contestation else decision.motifs,
    }


@jamais_gardee
@connexion_requise
@formulaire
def revenir(request: HttpRequest, reference: str) -> HttpResponse:
    """C'était bien l'équipe : qui a contesté le dit, et ce qui était suspendu reprend."""
    pli = queries.recepisse_pour(request.user, reference)
    contestation, le = contestations.contestation_en_cours(pli), maintenant()
    if contestation is None or contestation.contestee_par != request.user:
        raise Introuvable()
    recepisse = reverse("reponses:recepisse", args=[reference])
    if request.method != "POST":
        return faire_confirmer(request, _confirmation(pli, contestation.geste, recepisse))
    services.lever_la_contestation(contestation=contestation, par=request.user, maintenant=le)
    messages.success(request, f"C'est noté : le {contestation.geste} reprend son effet.")
    return redirect(recepisse)


def _confirmation(pli: Pli, geste: str, retour: str) -> Confirmation:
    limite = dates.jour_et_heure_limite(pli.limite_actuelle)
    suite = (
        "La réponse sera de nouveau retirée : personne ne l'ouvrira."
        if geste == "retrait"
        else "Seule la réponse qui la remplace comptera."
    )
    return Confirmation(
        question=f"C'était bien votre équipe : le {geste} de {pli.reference} reprend son effet",
        effets=(suite, "Toute votre équipe le lira par courriel."),
        defaire=f"Vous pourrez le contester de nouveau, jusqu'au {limite}.",
        bouton="C'était bien nous",
        retour=retour,
    )
