"""Le technicien du centre annonce, puis donne la suite."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.service.disponibilite import queries, services
from beffroi.service.disponibilite.forms import AnnonceForm, SuiteForm
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from formats.dates import PARIS


@connexion_requise
@formulaire
def tenir(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    queries.exiger_de_tenir_l_etat(request.user, le)
    form = AnnonceForm(saisie(request), initial=debut_propose(request, le))
    if form.is_valid():
        with refus_dans(form, "jour_debut"):
            services.annoncer(form.annonce(), par=request.user.acteur, maintenant=le)
            messages.success(request, "L'annonce est en ligne.")
            return redirect("disponibilite:tenir")
    ouverts = [*queries.en_cours(le), *queries.prevus(le)]
    contexte = {"form": form, "ouverts": ouverts, "previsions": queries.previsions(le)}
    return rendre(request, "disponibilite/tenir.html", contexte)


def debut_propose(request: HttpRequest, le: datetime) -> dict[str, object]:
    """Maintenant, ou l'instant du premier essai manqué, d'où la supervision mène ici."""
    try:
        debut = datetime.fromisoformat(request.GET["debut"])
    except (KeyError, ValueError):
        debut = le
    ici = (debut if debut.tzinfo and debut <= le else le).astimezone(PARIS)
    return {"jour_debut": ici.date(), "heure_debut": ici.time().replace(second=0, microsecond=0)}


@connexion_requise
@formulaire
def suivre(request: HttpRequest, reference: str) -> HttpResponse:
    evenement = queries.evenement_a_suivre(request.user, reference, maintenant())
    form = SuiteForm(saisie(request))
    if form.is_valid():
        services.donner_la_suite(
            evenement=evenement,
            **form.cleaned_data,
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        messages.success(request, "La suite est en ligne.")
        return redirect("disponibilite:tenir")
    contexte = {"form": form, "evenement": evenement}
    return rendre(request, "disponibilite/suivre.html", contexte)
