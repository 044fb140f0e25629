"""L'administrateur d'un organisme : qui y tient quel rôle."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes import queries as comptes_lus
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.personnes.organismes import queries, services
from beffroi.personnes.organismes.forms import FermerForm, PublicationForm
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import ACTES, exiger_role
from beffroi.personnes.organismes.ports import attaches_de
from beffroi.personnes.organismes.tenue import (
    CoordonneesForm,
    HabiliterForm,
    RolesForm,
    annulation,
    ce_qui_est_donne,
)
from beffroi.socle.fondations import horloge
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from beffroi.socle.guichet.confirmation import faire_confirmer


def _administration(request: HttpRequest, siret: str, acte: str) -> Habilitation:
    """L'habilitation de la personne dans l'organisme de l'adresse, si elle permet l'acte."""
    habilitation = queries.habilitation_par_siret(request.user, siret, horloge.maintenant())
    exiger_role(habilitation, acte, ACTES)
    return habilitation


@connexion_requise
@require_safe
def mes_organismes(request: HttpRequest) -> HttpResponse:
    habilitations = queries.habilitations_en_cours(request.user, horloge.maintenant())
    if len(habilitations) == 1:
        return redirect("organismes:agents", habilitations[0].organisme.siret)
    return render(request, "organismes/mes_organismes.html", {"habilitations": habilitations})


@connexion_requise
@require_safe
def agents(request: HttpRequest, siret: str) -> HttpResponse:
    soi = _administration(request, siret, "voir_les_agents")
    lignes = queries.revue_des_comptes(soi.organisme, horloge.maintenant())
    achete = soi.organisme.role == Organisme.Role.ACHETEUR
    contexte = {
        "organisme": soi.organisme,
        "lignes": lignes,
        "attentes": queries.attentes_de(soi.organisme),
        "soi": soi,
        "achete": achete,
    }
    return render(request, "organismes/agents.html", contexte)


@connexion_requise
@require_safe
def revue(request: HttpRequest, siret: str) -> HttpResponse:
    organisme = _administration(request, siret, "voir_les_agents").organisme
    maintenant = horloge.maintenant()
    contexte = {
        "organisme": organisme,
        "lignes": queries.revue_des_comptes(organisme, maintenant),
        "anciens": queries.anciens_agents(organisme, maintenant),
        "maintenant": maintenant,
    }
    return render(request, "organismes/revue.html", contexte)


@connexion_requise
@formulaire
def coordonnees(request: HttpRequest, siret: str) -> HttpResponse:
    """Ce que les règlements et les avis diront de l'organisme."""
    organisme = _administration(request, siret, "decrire_l_organisme").organisme
    actuelles = {champ: getattr(organisme, champ) for champ in CoordonneesForm.base_fields}
    form = CoordonneesForm(request.POST if request.method == "POST" else None, initial=actuelles)
    if form.is_valid():
        services.decrire_l_organisme(
            organisme=organisme,
            coordonnees=services.Coordonnees(**form.cleaned_data),
            par=request.user.acteur,
            maintenant=horloge.maintenant(),
        )
        messages.success(
            request, "Les coordonnées sont gardées. Les prochains règlements et avis les citeront."
        )
        return redirect("organismes:coordonnees", siret)
    contexte = {"form": form, "organisme": organisme}
    return render(
        request, "organismes/coordonnees.html", contexte, status=422 if form.is_bound else 200
    )


@reauthentification_recente
@formulaire
def publication(request: HttpRequest, siret: str) -> HttpResponse:
    """Une personne suffit-elle pour publier, ou en faut-il deux ?"""
    organisme = _administration(request, siret, "regler_la_publication").organisme
    # Le premier choix n'envoie rien de plus que le jeton : c'est bien une saisie.
    form = PublicationForm(
        saisie(request), initial={"a_deux": "oui" if organisme.publication_a_deux else ""}
    )
    if form.is_bound and _publication_reglee(request, organisme, form):
        return redirect("organismes:agents", siret)
    contexte = {
        "form": form,
        "organisme": organisme,
        "publieurs": queries.publieurs(organisme, horloge.maintenant()),
    }
    return rendre(request, "organismes/publication.html", contexte)


def _publication_reglee(request: HttpRequest, organisme: Organisme, form: PublicationForm) -> bool:
    """Applique le choix ; un refus revient dans le formulaire, avec sa raison."""
    if not form.is_valid():
        return False
    with refus_dans(form, "a_deux"):
        services.regler_la_publication(
            organisme=organisme,
            a_deux=bool(form.cleaned_data["a_deux"]),
            par=request.user.acteur,
            maintenant=horloge.maintenant(),
        )
        messages.success(
            request, "C'est noté. Cela vaut dès maintenant, pour les brouillons aussi."
        )
        return True
    return False


@reauthentification_recente
@formulaire
def habiliter(request: HttpRequest, siret: str) -> HttpResponse:
    soi = _administration(request, siret, "habiliter")
    form = HabiliterForm(
        request.POST if request.method == "POST" else None, organisme=soi.organisme
    )
    if form.is_valid():
        donnee = services.accueillir_agent(
            organisme=soi.organisme,
            par=request.user.acteur,
            maintenant=horloge.maintenant(),
            **form.cleaned_data,
        )
        messages.success(request, ce_qui_est_donne(donnee))
        return redirect("organismes:agents", siret)
    contexte = {"form": form, "organisme": soi.organisme}
    return render(
        request, "organismes/habiliter.html", contexte, status=422 if form.is_bound else 200
    )


@reauthentification_recente
@formulaire
def roles(request: HttpRequest, siret: str, reference: str) -> HttpResponse:
    soi = _administration(request, siret, "habiliter")
    agent = queries.habilitation_pour(soi, reference, horloge.maintenant())
    # Aucune case cochée n'envoie rien : c'est bien une saisie, à refuser avec sa raison.
    form = RolesForm(
        saisie(request),
        organisme=soi.organisme,
        initial={"roles": agent.roles, "service": agent.service},
    )
    if form.is_bound and _roles_changes(request, agent, form):
        return redirect("organismes:agents", siret)
    contexte = {"form": form, "organisme": soi.organisme, "agent": agent}
    return rendre(request, "organismes/roles.html", contexte)


def _roles_changes(request: HttpRequest, agent: Habilitation, form: RolesForm) -> bool:
    """Applique les rôles choisis ; un refus revient dans le formulaire, avec sa raison."""
    if not form.is_valid():
        return False
    with refus_dans(form, "roles"):
        services.habiliter(
            organisme=agent.organisme,
            utilisateur=agent.utilisateur,
            roles=form.cleaned_data["roles"],
            service=form.cleaned_data["service"],
            par=request.user.acteur,
            maintenant=horloge.maintenant(),
        )
        messages.success(request, f"Les rôles de {agent.utilisateur} sont changés.")
        return True
    return False


@reauthentification_recente
@formulaire
def retirer(request: HttpRequest, siret: str, reference: str) -> HttpResponse:
    soi = _administration(request, siret, "retirer_habilitation")
    agent = queries.habilitation_pour(soi, reference, horloge.maintenant())
    if request.method != "POST":
        return render(request, "organismes/retirer.html", _depart(soi, agent))
    services.retirer_habilitation(
        habilitation=agent, par=request.user.acteur, maintenant=horloge.maintenant()
    )
    messages.success(request, f"{agent.utilisateur} n'a plus de rôle dans {soi.organisme}.")
    if agent == soi:
        return redirect("organismes:mes_organismes")
    return redirect("organismes:agents", siret)


@reauthentification_recente
@formulaire
def fermer(request: HttpRequest, siret: str, reference: str) -> HttpResponse:
    """Fermer le compte d'un agent : ses rôles, son mot de passe, ses séances, ses jetons."""
    soi = _administration(request, siret, "fermer_le_compte")
    agent = queries.habilitation_pour(soi, reference, horloge.maintenant())
    form = FermerForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        contexte = {"form": form, **_depart(soi, agent)}
        return render(
            request, "organismes/fermer.html", contexte, status=422 if form.is_bound else 200
        )
    services.fermer_le_compte_d_un_agent(
        habilitation=agent,
        raison=form.cleaned_data["raison"],
        par=request.user.acteur,
        maintenant=horloge.maintenant(),
    )
    messages.success(request, f"Le compte de {agent.utilisateur} est fermé.")
    return (
        redirect(settings.LOGOUT_REDIRECT_URL)
        if agent == soi
        else redirect("organismes:agents", siret)
    )


def _depart(soi: Habilitation, agent: Habilitation) -> dict[str, object]:
    """Ce que le départ de cette personne défait, à lire avant de décider."""
    attaches = attaches_de(agent.utilisateur, le=horloge.maintenant())
    return {
        "organisme": soi.organisme,
        "agent": agent,
        "parts": attaches.dans(soi.organisme.siret),
        "attaches": attaches,
        "jetons": comptes_lus.jetons_de(agent.utilisateur).count(),
        "soi_meme": agent == soi,
    }


@connexion_requise
@require_POST
def inviter(request: HttpRequest, siret: str, reference: str) -> HttpResponse:
    """Envoyer de nouveau le lien que des rôles attendent."""
    soi = _administration(request, siret, "habiliter")
    attente = services.renvoyer_le_lien(
        attente=queries.attente_pour(soi.organisme, reference),
        par=request.user.acteur,
        maintenant=horloge.maintenant(),
    )
    messages.success(request, f"Un nouveau lien part vers {attente.attendue.courriel}.")
    return redirect("organismes:agents", siret)


@reauthentification_recente
@formulaire
def annuler(request: HttpRequest, siret: str, reference: str) -> HttpResponse:
    """Des rôles qui attendent ne seront pas donnés."""
    soi = _administration(request, siret, "habiliter")
    attente = queries.attente_pour(soi.organisme, reference)
    retour = reverse("organismes:agents", args=[siret])
    if request.method != "POST":
        return faire_confirmer(request, annulation(attente, retour))
    services.annuler_l_attente(
        attente=attente, par=request.user.acteur, maintenant=horloge.maintenant()
    )
    messages.success(request, f"Rien n'attend plus {attente.attendue.courriel} ici.")
    return redirect(retour)
