"""Ouvrir les enveloppes une à une, noter, décider des retards."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.seance.coffre.errors import AutreNavigateur, CoffreVide, ScelleNonRendu
from beffroi.seance.ouverture import capacite, ecrans, queries, services
from beffroi.seance.ouverture.forms import DecisionForm, ObservationForm
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, rendre, saisie


@jamais_gardee
@connexion_requise
@require_POST
def suivante(request: HttpRequest, reference: str) -> HttpResponse:
    """Ouvrir l'enveloppe de ce rang ; un second clic n'ouvre rien de plus."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    rang = request.POST.get("rang", "")
    if not rang.isascii() or not rang.isdigit():
        raise Introuvable
    try:
        services.ouvrir_enveloppe_suivante(
            seance=seance,
            rang=int(rang[:9]),
            capacite=capacite.presentee(request, reference),
            par=request.user,
            maintenant=le,
            sans_les_manquants=request.POST.get("sans_les_manquants"),
        )
    except CoffreVide:
        services.constater_la_perte_des_cles(seance=seance, maintenant=le)
    except (AutreNavigateur, ScelleNonRendu) as refus:
        messages.error(request, refus.message)
    return redirect("ouverture:seance", reference)


def ouverture_de(seance: Seance, reference: str) -> OuverturePli:
    ouverture = (
        seance.ouvertures.select_related("pli__equipe", "enveloppe")
        .filter(reference=reference)
        .first()
    )
    if ouverture is None:
        raise Introuvable
    return ouverture


@jamais_gardee
@connexion_requise
@formulaire
def observation(request: HttpRequest, reference: str, ouverture: str) -> HttpResponse:
    """Noter une observation sur une enveloppe."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    trouvee = ouverture_de(seance, ouverture)
    form = ObservationForm(saisie(request))
    if form.is_valid():
        services.noter_observation(
            ouverture=trouvee, texte=form.cleaned_data["texte"], par=request.user, maintenant=le
        )
        return redirect("ouverture:seance", reference)
    contexte = {
        "seance": seance,
        "ouverture": trouvee,
        "nature": ecrans.nature(trouvee),
        "form": form,
    }
    return rendre(request, "ouverture/seance/observation.html", contexte)


@jamais_gardee
@connexion_requise
@require_safe
def hors_delai(request: HttpRequest, reference: str) -> HttpResponse:
    """Les réponses arrivées après l'heure limite, chacune avec ses preuves."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "voir_la_seance", le=le)
    tableau = ecrans.Tableau(seance, request.user, le, etape_voulue=5)
    contexte = {
        "tableau": tableau,
        "seance": seance,
        "consultation": seance.consultation,
        "retards": ecrans.retards(tableau),
    }
    return render(request, "ouverture/seance/hors_delai.html", contexte)


@jamais_gardee
@connexion_requise
@formulaire
def decision(request: HttpRequest, reference: str, pli: str) -> HttpResponse:
    """Décider d'une réponse hors délai, et dire pourquoi."""
    le = maintenant()
    seance = queries.seance_pour(request.user, reference, "ouvrir", le=le)
    tableau = ecrans.Tableau(seance, request.user, le, etape_voulue=5)
    retard = next((r for r in ecrans.retards(tableau) if r["pli"].reference == pli), None)
    if retard is None:
        raise Introuvable
    form = DecisionForm(saisie(request))
    if form.is_valid():
        services.decider_hors_delai(
            seance=seance, pli=retard["pli"], par=request.user, maintenant=le, **form.cleaned_data
        )
        return redirect("ouverture:hors_delai", reference)
    contexte = {
        "tableau": tableau,
        "seance": seance,
        "consultation": seance.consultation,
        "retard": retard,
        "form": form,
    }
    return rendre(request, "ouverture/seance/decision.html", contexte)
