"""Le centre agit chez un organisme : coordonnées, agents, rôles, invitations.

Sans intervention ouverte, il n'y change rien.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from beffroi.centre.interventions import ecrans
from beffroi.centre.interventions.services import gestes
from beffroi.centre.interventions.views.acces import servi
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.queries import agents_de, attente_pour
from beffroi.personnes.organismes.services import Coordonnees
from beffroi.personnes.organismes.tenue import (
    CoordonneesForm,
    HabiliterForm,
    RolesForm,
    annulation,
    ce_qui_est_donne,
)
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, refus_dans, saisie, statut
from beffroi.socle.guichet.confirmation import faire_confirmer


def _agent(organisme: Organisme, reference: str) -> Habilitation:
    agent = agents_de(organisme, maintenant()).select_related("organisme", "utilisateur")
    trouve = agent.filter(reference=reference).first()
    if trouve is None:
        raise Introuvable()
    return trouve


@reauthentification_recente
@formulaire
def coordonnees(request: HttpRequest, siret: str) -> HttpResponse:
    organisme = servi(request, "intervenir", siret)
    actuelles = {champ: getattr(organisme, champ) for champ in CoordonneesForm.base_fields}
    form = CoordonneesForm(saisie(request), initial=actuelles)
    if fait(
        request,
        form,
        lambda: gestes.decrire(
            organisme=organisme,
            coordonnees=Coordonnees(**form.cleaned_data),
            par=request.user,
            maintenant=maintenant(),
        ),
        "Les coordonnées sont gardées.",
    ):
        return redirect("interventions:organisme", siret)
    contexte = ecrans.geste(organisme, form, par=request.user, le=maintenant())
    return render(request, "interventions/coordonnees.html", contexte, status=statut(form))


@reauthentification_recente
@formulaire
def ajouter(request: HttpRequest, siret: str) -> HttpResponse:
    organisme = servi(request, "intervenir", siret)
    form = HabiliterForm(saisie(request), organisme=organisme)
    if form.is_valid():
        with refus_dans(form):
            donnee = gestes.accueillir(
                organisme=organisme,
                agent=gestes.Agent(**form.cleaned_data),
                par=request.user,
                maintenant=maintenant(),
            )
            messages.success(request, ce_qui_est_donne(donnee))
            return redirect("interventions:organisme", siret)
    contexte = ecrans.geste(organisme, form, par=request.user, le=maintenant())
    return render(request, "interventions/ajouter.html", contexte, status=statut(form))


@reauthentification_recente
@formulaire
def changer(request: HttpRequest, siret: str, reference: str) -> HttpResponse:
    """Les rôles et le service d'un agent."""
    organisme = servi(request, "intervenir", siret)
    agent = _agent(organisme, reference)
    form = RolesForm(
        saisie(request),
        organisme=organisme,
        initial={"roles": agent.roles, "service": agent.service},
    )
    if fait(
        request,
        form,
        lambda: gestes.changer(
            habilitation=agent, par=request.user, maintenant=maintenant(), **form.cleaned_data
        ),
        f"Les rôles de {agent.utilisateur} sont changés.",
    ):
        return redirect("interventions:organisme", siret)
    contexte = {**ecrans.geste(organisme, form, par=request.user, le=maintenant()), "agent": agent}
    return render(request, "interventions/changer.html", contexte, status=statut(form))


@reauthentification_recente
@formulaire
def retirer(request: HttpRequest, siret: str, reference: str) -> HttpResponse:
    organisme = servi(request, "intervenir", siret)
    agent, refus = _agent(organisme, reference), ""
    if request.method == "POST":
        try:
            gestes.retirer(habilitation=agent, par=request.user, maintenant=maintenant())
        except RegleEnfreinte as erreur:
            refus = erreur.message
        else:
            messages.success(request, f"{agent.utilisateur} n'a plus de rôle dans {organisme}.")
            return redirect("interventions:organisme", siret)
    contexte = {
        **ecrans.geste(organisme, None, par=request.user, le=maintenant()),
        "agent": agent,
        "refus": refus,
    }
    return render(request, "interventions/retirer.html", contexte, status=422 if refus else 200)


@connexion_requise
@require_POST
def inviter(request: HttpRequest, siret: str, reference: str) -> HttpResponse:
    """Envoyer de nouveau le lien que des rôles attendent."""
    attente = attente_pour(servi(request, "intervenir", siret), reference)
    gestes.inviter(attente=attente, par=request.user, maintenant=maintenant())
    messages.success(request, f"Un nouveau lien part vers {attente.attendue.courriel}.")
    return redirect("interventions:organisme", siret)


@reauthentification_recente
@formulaire
def annuler(request: HttpRequest, siret: str, reference: str) -> HttpResponse:
    """Des rôles qui attendent ne seront pas donnés."""
    attente = attente_pour(servi(request, "intervenir", siret), reference)
    retour = reverse("interventions:organisme", args=[siret])
    if request.method != "POST":
        return faire_confirmer(request, annulation(attente, retour))
    gestes.annuler(attente=attente, par=request.user, maintenant=maintenant())
    messages.success(request, f"Rien n'attend plus {attente.attendue.courriel} ici.")
    return redirect(retour)
