"""La page « Mon entreprise » : pour qui j'agis, avec qui."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.comptes.queries import adresse_prouvee
from beffroi.personnes.entreprises import alarmes, ecrans, invitations, queries, rules, services
from beffroi.personnes.entreprises.forms import InvitationForm, PresentationForm, RattachementForm
from beffroi.personnes.entreprises.ports import rubriques_de_l_espace
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.budgets.reseau import reseau
from beffroi.socle.fondations import horloge
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from beffroi.socle.guichet.confirmation import faire_confirmer
from beffroi.socle.guichet.lecture import lecture


@connexion_requise
@require_safe
@lecture()
def entreprise(request: HttpRequest) -> HttpResponse:
    membres = queries.appartenances(request.user)
    if not membres:
        return render(request, "entreprises/sans_entreprise.html")
    courant, instant = queries.membre_courant(request), horloge.maintenant()
    contexte = {
        "courant": courant,
        "autres": [membre for membre in membres if membre != courant],
        "a_reunir": ecrans.a_reunir(courant, membres),
        "collegues": queries.collegues_de(courant),
        "demandes": queries.demandes_a(courant.equipe),
        "voisines": ecrans.voisines(courant),
        "adresse_prouvee": adresse_prouvee(request.user),
        "invitations": invitations.en_attente(courant.equipe, le=instant),
        "rubriques": rubriques_de_l_espace(courant, le=instant),
    }
    return render(request, "entreprises/entreprise.html", contexte)


@connexion_requise
@formulaire
def rattacher(request: HttpRequest) -> HttpResponse:
    form = RattachementForm(saisie(request))
    if form.is_valid():
        with refus_dans(form):
            membre = services.inscrire_membre(
                identifiant=form.cleaned_data["identifiant"],
                nom=form.cleaned_data["raison_sociale"],
                pays=form.cleaned_data["pays"],
                utilisateur=request.user,
                par=request.user.acteur,
                lieu=form.cleaned_data.get("lieu"),
                reseau=reseau(request),
                maintenant=horloge.maintenant(),
            )
            request.session[queries.CLE_DE_SESSION] = membre.reference
            return redirect(_suite(request))
    contexte = {"form": form, "freres": ecrans.freres(request.user, request.GET.get("freres", ""))}
    return rendre(request, "entreprises/rattacher.html", contexte)


@connexion_requise
@require_POST
def choisir(request: HttpRequest, reference: str) -> HttpResponse:
    membre = queries.membre_pour(request.user, reference)
    request.session[queries.CLE_DE_SESSION] = membre.reference
    messages.success(request, f"Vous agissez maintenant pour {membre.equipe}.")
    return redirect(_suite(request))


@connexion_requise
@formulaire
def quitter(request: HttpRequest, reference: str) -> HttpResponse:
    membre = queries.membre_pour(request.user, reference)
    if request.method != "POST":
        contexte = {"membre": membre, "derniere": queries.est_la_derniere(membre)}
        return render(request, "entreprises/quitter.html", contexte)
    services.detacher_membre(
        membre=membre, par=request.user.acteur, maintenant=horloge.maintenant()
    )
    messages.success(request, f"Vous n'agissez plus pour {membre.equipe}.")
    return redirect("entreprises:entreprise")


@connexion_requise
@formulaire
def inviter(request: HttpRequest) -> HttpResponse:
    membre, instant = queries.membre_courant(request), horloge.maintenant()
    form = InvitationForm(saisie(request))
    if form.is_valid():
        courriel = form.cleaned_data["courriel"]
        with refus_dans(form, "courriel"):
            invitation = services.inviter_un_collegue(
                par=membre, courriel=courriel, maintenant=instant
            )
            partie = invitation.envoyee_le == instant
            dit = (
                "L'invitation part à" if partie else "Une invitation est déjà partie aujourd'hui à"
            )
            messages.success(request, f"{dit} {courriel}. Elle vaut sept jours.")
            return redirect("entreprises:entreprise")
    peut = rules.peut_inviter(adresse_prouvee=adresse_prouvee(request.user))
    contexte = {"form": form, "membre": membre, "peut": peut}
    return rendre(request, "entreprises/inviter.html", contexte)


@connexion_requise
@formulaire
def presenter(request: HttpRequest) -> HttpResponse:
    membre = queries.membre_courant(request)
    equipe = membre.equipe
    dits = {"taille": equipe.taille, "code_postal": equipe.code_postal}
    form = PresentationForm(saisie(request), initial=dits)
    if form.is_valid():
        le = horloge.maintenant()
        with refus_dans(form), sur_le_budget(request, rules.PRESENTATIONS, maintenant=le):
            services.presenter(membre=membre, maintenant=le, **form.cleaned_data)
            messages.success(request, "C'est gardé.")
            return redirect("entreprises:entreprise")
    contexte = {"form": form, "membre": membre}
    return rendre(request, "entreprises/presenter.html", contexte)


@connexion_requise
@formulaire
def invitation(request: HttpRequest, jeton: str) -> HttpResponse:
    recue = invitations.lire(jeton, personne=request.user, le=horloge.maintenant())
    if request.method != "POST":
        return render(request, "entreprises/invitation.html", {"invitation": recue})
    membre = services.accepter_l_invitation(
        invitation=recue, utilisateur=request.user, maintenant=horloge.maintenant()
    )
    request.session[queries.CLE_DE_SESSION] = membre.reference
    messages.success(request, f"Vous agissez maintenant pour {membre.equipe}, avec vos collègues.")
    return redirect("entreprises:entreprise")


@connexion_requise
@formulaire
def annuler_l_invitation(request: HttpRequest, reference: str) -> HttpResponse:
    instant = horloge.maintenant()
    trouvee = invitations.invitation_d_un_collegue(request.user, reference, le=instant)
    if request.method != "POST":
        return faire_confirmer(request, ecrans.avant_d_annuler(trouvee))
    services.annuler_l_invitation(invitation=trouvee, par=request.user.acteur, maintenant=instant)
    messages.success(
        request, f"L'invitation de {trouvee.courriel} est annulée. Son lien n'ouvre plus rien."
    )
    return redirect("entreprises:entreprise")


@connexion_requise
@require_POST
def demander(request: HttpRequest, reference: str) -> HttpResponse:
    """Demander de nouveau aux équipes du même établissement de nous reconnaître."""
    services.demander_a_rejoindre(
        membre=queries.membre_pour(request.user, reference), maintenant=horloge.maintenant()
    )
    messages.success(request, "La demande est partie. Un collègue doit vous reconnaître.")
    return redirect("entreprises:entreprise")


@connexion_requise
@require_POST
def confirmer(request: HttpRequest, reference: str) -> HttpResponse:
    soi, demande = queries.demande_pour(request.user, reference)
    services.reconnaitre(demande=demande, par=soi, maintenant=horloge.maintenant())
    messages.success(
        request, f"{demande.utilisateur} est de votre équipe, et voit désormais ses réponses."
    )
    return redirect("entreprises:entreprise")


@connexion_requise
@formulaire
def ecarter(request: HttpRequest, reference: str) -> HttpResponse:
    soi, demande = queries.demande_pour(request.user, reference)
    if request.method != "POST":
        return faire_confirmer(request, ecrans.avant_d_ecarter(demande))
    services.ecarter(demande=demande, par=soi.utilisateur.acteur, maintenant=horloge.maintenant())
    messages.success(request, f"{demande.utilisateur} n'entre pas dans votre équipe.")
    return redirect("entreprises:entreprise")


@connexion_requise
@formulaire
def reunir(request: HttpRequest, reference: str) -> HttpResponse:
    """Partager avec l'équipe choisie ce que l'on avait fait seul, avant elle."""
    seule, avec = queries.membre_pour(request.user, reference), queries.membre_courant(request)
    if request.method != "POST":
        return faire_confirmer(request, ecrans.avant_de_reunir(seule, avec))
    services.reunir(seule=seule, avec=avec, maintenant=horloge.maintenant())
    messages.success(request, "Vos réponses d'avant sont maintenant celles de l'équipe.")
    return redirect("entreprises:entreprise")


@connexion_requise
@formulaire
def retirer(request: HttpRequest, reference: str) -> HttpResponse:
    soi, collegue = queries.collegue_pour(request.user, reference)
    if request.method != "POST":
        return render(request, "entreprises/retirer.html", {"collegue": collegue})
    services.detacher_membre(
        membre=collegue, par=soi.utilisateur.acteur, maintenant=horloge.maintenant()
    )
    messages.success(request, f"{collegue.utilisateur} n'est plus de votre équipe.")
    return redirect("entreprises:entreprise")


def _suite(request: HttpRequest) -> str:
    """La page d'où l'on vient, si elle est des nôtres."""
    suite = request.POST.get("next") or request.GET.get("next") or ""
    sure = url_has_allowed_host_and_scheme(
        suite, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return suite if sure else reverse("entreprises:entreprise")


@jamais_gardee
@login_not_required
@formulaire
def pas_moi(request: HttpRequest, reference: str, fait: str, jeton: str) -> HttpResponse:
    """Le lien du courriel suffit : qui a pris un compte en a peut-être changé le mot de passe."""
    alarme = alarmes.lire(reference, fait, jeton)
    if request.method == "POST":
        services.donner_l_alarme(alarme=alarme, maintenant=horloge.maintenant())
        return redirect(request.path)
    contexte = {"alarme": alarme, "est_dit": alarmes.est_donnee(alarme)}
    return render(request, "entreprises/alarme.html", contexte)
