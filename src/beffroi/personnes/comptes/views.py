"""Les écrans du compte qui ne sont pas ceux d'allauth :
la sécurité du compte, les jetons, les liens qui prouvent une adresse.
"""

# allauth ne publie pas ses types.
# mypy: disallow-subclassing-any=False

from datetime import timedelta
from typing import Any

from allauth.account import views as comptes_d_allauth
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login, get_emailconfirmation_model
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes import essais, liens, queries, rules, services
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.personnes.comptes.forms import ChoisirMotDePasseForm, JetonForm
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.portees import D_ENTREPRISE
from beffroi.personnes.comptes.ports import portees_des_roles
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.budgets.reseau import reseau
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import RoleManquant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer
from formats.pluriels import compter


@connexion_requise
@require_POST
def presence(request: HttpRequest) -> HttpResponse:
    """La personne est encore là :
    sa page le dit pour elle quand elle lit ou écrit sans rien envoyer.
    """
    return HttpResponse(status=204)


@connexion_requise
@require_safe
@never_cache
def securite(request: HttpRequest) -> HttpResponse:
    return _page_de_securite(request, form=JetonForm(portees=_portees_offertes(request)))


@reauthentification_recente
@require_POST
@never_cache
def fermer_les_connexions(request: HttpRequest) -> HttpResponse:
    """L'une des autres, ou toutes : celle d'ici se ferme par « Me déconnecter »."""
    fermees = services.fermer_les_connexions(
        utilisateur=request.user,
        ici=request.session.session_key or "",
        reference=request.POST.get("connexion", ""),
        maintenant=horloge.maintenant(),
    )
    dit = compter(fermees, "séance est fermée", "séances sont fermées")
    messages.success(request, f"{dit}." if fermees else "Aucune autre séance n'était ouverte.")
    return redirect("comptes:securite")


@reauthentification_recente
@require_POST
@never_cache
def delivrer_jeton(request: HttpRequest) -> HttpResponse:
    """Le secret se montre ici, une fois ;
    recharger la page n'en délivre pas un autre sans le redemander.
    """
    if getattr(request, "second_facteur_du", False):
        raise RoleManquant("Activez d'abord un second facteur : un jeton ne doit pas en dispenser.")
    form = JetonForm(request.POST, portees=_portees_offertes(request))
    if not form.is_valid():
        return _page_de_securite(request, form=form)
    le = horloge.maintenant()
    with refus_dans(form), sur_le_budget(request, rules.JETONS_SANS_PREUVE, maintenant=le):
        jeton, secret = services.delivrer_jeton(
            utilisateur=request.user,
            libelle=form.cleaned_data["libelle"],
            portees=form.cleaned_data["portees"],
            expire_le=le + timedelta(days=form.cleaned_data["duree"]),
            maintenant=le,
        )
        return render(request, "comptes/jeton_delivre.html", {"jeton": jeton, "secret": secret})
    return _page_de_securite(request, form=form)


def _portees_offertes(request: HttpRequest) -> frozenset[str]:
    """Répondre pour une entreprise, et ce que ses rôles d'aujourd'hui permettent."""
    return D_ENTREPRISE | portees_des_roles(request.user, le=horloge.maintenant())


@connexion_requise
@formulaire
def revoquer_jeton(request: HttpRequest, reference: str) -> HttpResponse:
    jeton = queries.jeton_pour(request.user, reference)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                f"Révoquer le jeton « {jeton.libelle} » ?",
                ("Le logiciel qui s'en sert n'entrera plus, dès maintenant.",),
                (
                    "Un jeton révoqué ne revient pas : il faudra en créer un autre, "
                    "et le donner au logiciel."
                ),
                "Révoquer ce jeton",
                reverse("comptes:securite"),
                "Le garder",
            ),
        )
    services.revoquer_jeton(jeton=jeton, par=request.user.acteur, maintenant=horloge.maintenant())
    messages.success(request, f"Le jeton « {jeton.libelle} » ne donne plus accès à rien.")
    return redirect("comptes:securite")


@login_not_required
@sensitive_post_parameters("mot_de_passe")
@formulaire
@never_cache
def invitation(request: HttpRequest, reference: str, jeton: str) -> HttpResponse:
    """Le lien envoyé à une adresse attendue : qui le tient y choisit son mot de passe."""
    attendue = liens.personne_attendue(reference, jeton, le=horloge.maintenant())
    compte = queries.utilisateur_par_courriel(attendue.courriel)
    if compte and queries.adresse_prouvee(compte):
        return _recevoir(request, compte)
    futur = Utilisateur(courriel=attendue.courriel, nom=attendue.nom)
    form = ChoisirMotDePasseForm(saisie(request), utilisateur=futur)
    if not form.is_valid():
        contexte = {"form": form, "attendue": attendue, "reprise": compte is not None}
        return rendre(request, "comptes/invitation.html", contexte)
    utilisateur = services.ouvrir_par_le_lien(
        attendue=attendue,
        mot_de_passe=form.cleaned_data["mot_de_passe"],
        maintenant=horloge.maintenant(),
    )
    return _connecter(request, utilisateur)


def _recevoir(request: HttpRequest, compte: Utilisateur) -> HttpResponse:
    """L'adresse a été prouvée entre-temps, par un autre lien : son compte reçoit ce qui l'attend.

    Il faut en plus y être connecté : le lien seul ne vaut pas un mot de passe.
    """
    if request.user != compte:
        return redirect_to_login(request.get_full_path())
    services.prouver_l_adresse(utilisateur=compte, maintenant=horloge.maintenant())
    return redirect(settings.LOGIN_REDIRECT_URL)


def _connecter(request: HttpRequest, utilisateur: Utilisateur) -> HttpResponse:
    """Le mot de passe vient d'être choisi : le redemander n'apprendrait rien.

    Une autre personne connectée sur ce poste en sort d'abord.
    """
    if request.user.is_authenticated and request.user != utilisateur:
        logout(request)
    record_authentication(request, utilisateur, method="password", email=utilisateur.courriel)
    connexion: HttpResponse = perform_login(
        request, Login(user=utilisateur, email=utilisateur.courriel)
    )
    return connexion


@login_not_required
@formulaire
@never_cache
def confirmer_l_adresse(request: HttpRequest, key: str) -> HttpResponse:
    """Confirmer demande le lien, et d'être connecté au compte qui l'a fait partir.

    Sans cela, il suffirait d'ouvrir un compte à l'adresse d'un autre, et d'attendre qu'il suive
    sans y penser le lien qu'il reçoit : l'adresse serait prouvée, et le compte à qui l'a ouvert.
    """
    confirmation = get_emailconfirmation_model().from_key(key)
    if confirmation and confirmation.email_address.user_id != request.user.pk:
        contexte = {"adresse": confirmation.email_address.email, "suite": request.get_full_path()}
        return render(request, "comptes/confirmer_connecte.html", contexte)
    with transaction.atomic():
        page: HttpResponse = comptes_d_allauth.confirm_email(request, key=key)
        return page


class Inscription(comptes_d_allauth.SignupView):
    """Le compte, son équipe, la séance et le courriel qui confirme l'adresse : tout, ou rien.

    Une base qui tombe après le compte le laisserait sans ce courriel, à qui a lu une page d'erreur.
    """

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        page: HttpResponse = super().form_valid(form)
        return page


inscrire = Inscription.as_view()


@login_not_required
@formulaire
def inscription(request: HttpRequest) -> HttpResponse:
    """Ouvrir un compte : ce qui se compte est un compte ouvert, ou une adresse déjà prise, qui
    apprend qu'elle l'est. Un formulaire à corriger ne coûte rien.
    """
    ici = essais.du_reseau("inscription", reseau(request))
    if request.method == "POST":
        essais.ralentir(request, (ici,), le=horloge.maintenant())
    page: HttpResponse = inscrire(request)
    if request.method == "POST" and (page.status_code == 302 or _adresse_prise(page)):
        services.noter_un_echec([ici.cle], maintenant=horloge.maintenant())
    return page


def _adresse_prise(page: HttpResponse) -> bool:
    form = (getattr(page, "context_data", None) or {}).get("form")
    fautes = form.errors.as_data().get("email", ()) if form else ()
    return any(faute.code == "email_taken" for faute in fautes)


@login_not_required
@formulaire
def mot_de_passe_oublie(request: HttpRequest) -> HttpResponse:
    """Chaque lien demandé compte pour le réseau ; une adresse mal écrite, non."""
    ici = essais.du_reseau("oubli", reseau(request))
    if request.method == "POST":
        essais.ralentir(request, (ici,), le=horloge.maintenant())
    page: HttpResponse = comptes_d_allauth.password_reset(request)
    if request.method == "POST" and page.status_code == 302:
        services.noter_un_echec([ici.cle], maintenant=horloge.maintenant())
    return page


def _page_de_securite(request: HttpRequest, *, form: JetonForm) -> HttpResponse:
    facteurs = Authenticator.objects.filter(user=request.user)
    return render(
        request,
        "comptes/securite.html",
        {
            "form": form,
            "jetons": queries.jetons_de(request.user),
            "connexions": queries.connexions_ouvertes(
                request.user, ici=request.session.session_key or "", le=horloge.maintenant()
            ),
            "maintenant": horloge.maintenant(),
            "second_facteur_du": bool(getattr(request, "second_facteur_du", False)),
            "application": facteurs.filter(type=Authenticator.Type.TOTP).first(),
            "cles": facteurs.filter(type=Authenticator.Type.WEBAUTHN).order_by("created_at"),
            "secours": facteurs.filter(type=Authenticator.Type.RECOVERY_CODES).first(),
            "adresse_confirmee": queries.adresse_prouvee(request.user),
        },
        status=422 if form.is_bound else 200,
    )
