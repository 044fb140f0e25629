"""Le compte des consultations : l'adhérent le lit et le conteste, le centre écarte et répond."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from beffroi.centre.contributions import documents, queries
from beffroi.centre.contributions.forms import (
    ContestationForm,
    EcartForm,
    ReponseForm,
)
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.contributions.services import comptes as services
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
)
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from beffroi.socle.guichet.telechargements import servir
from formats.dates import PARIS

# ---------------------------------------------------------------- l'adhérent


@connexion_requise
@require_safe
def mon_compte(request: HttpRequest, siret: str) -> HttpResponse:
    """Le compte de l'année, à l'instant ; une autre année se demande par `?annee=`."""
    return _montrer_mon_compte(request, siret, ContestationForm())


@connexion_requise
@require_POST
def contester(request: HttpRequest, siret: str) -> HttpResponse:
    le = maintenant()
    contribution = queries.contribution_a_contester(request.user, siret, le)
    form = ContestationForm(request.POST)
    if not form.is_valid():
        return _montrer_mon_compte(request, siret, form)
    services.contester(
        contribution=contribution, texte=form.cleaned_data["texte"], par=request.user, maintenant=le
    )
    messages.success(request, "Votre contestation est reçue. Le centre de gestion y répond ici.")
    return redirect("contributions:mon_compte", siret)


def _montrer_mon_compte(request: HttpRequest, siret: str, form: ContestationForm) -> HttpResponse:
    le = maintenant()
    cette_annee = le.astimezone(PARIS).year
    demandee = request.GET.get("annee", "")
    annee = (
        int(demandee)
        if demandee.isascii() and demandee.isdecimal() and len(demandee) == 4
        else cette_annee
    )
    compte = queries.mon_compte(request.user, siret, annee, le)
    contexte = {
        "releve": compte,  # « compte » est, dans toute page, le lien de la personne
        "organisme": compte.habilitation.organisme,
        "annees": [cette_annee, cette_annee - 1],
        "appels": queries.appels_de(compte.adherent),
        "contestable": queries.contestable(compte.adherent, le),
        "peut_contester": permet(compte.habilitation, "contester_son_compte", ACTES),
        "form": form,
    }
    return rendre(request, "contributions/mon_compte.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def mon_appel(request: HttpRequest, siret: str, reference: str) -> HttpResponseBase:
    return _servir(request, queries.appel_de(request.user, siret, reference, maintenant()))


# ---------------------------------------------------------------- le centre


@connexion_requise
@require_safe
@jamais_gardee
def document(request: HttpRequest, annee: int, reference: str) -> HttpResponseBase:
    exiger_au_centre(request.user, "voir_les_contributions", ACTES, maintenant())
    return _servir(request, queries.contribution_pour(annee, reference))


def _servir(request: HttpRequest, contribution: Contribution) -> HttpResponseBase:
    """Le PDF gardé ; tant que l'ouvrier ne l'a pas fait, il n'existe pas."""
    garde = contribution.document
    if not garde:
        raise Introuvable()
    nom = f"appel-{documents.numero_d_appel(contribution)}.pdf"
    etiquette = f'"{garde["sha256"]}"'
    return servir(request, cle=garde["cle"], nom=nom, taille=garde["taille"], etiquette=etiquette)


@connexion_requise
@formulaire
def ecarts(request: HttpRequest) -> HttpResponse:
    """Ce que le centre écarte du compte : un incident de la plateforme, une relance."""
    le = maintenant()
    acte = "ecarter_du_compte" if request.method == "POST" else "voir_les_contributions"
    habilitation = exiger_au_centre(request.user, acte, ACTES, le)
    form = EcartForm(saisie(request))
    if form.is_valid() and _ecarte(request, form):
        messages.success(
            request, "L'écart est noté. Le compte de l'adhérent en tient compte aussitôt."
        )
        return redirect("contributions:ecarts")
    contexte = {"form": form, "ecarts": queries.ecarts(), "permis": queries.permis(habilitation)}
    return rendre(request, "contributions/ecarts.html", contexte)


def _ecarte(request: HttpRequest, form: EcartForm) -> bool:
    dit = form.cleaned_data
    consultation = queries.consultation_a_ecarter(dit["consultation"])
    relancee = queries.consultation_a_ecarter(dit["relancee"]) if dit["relancee"] else None
    if consultation is None:
        form.add_error("consultation", "Aucune consultation n'a cette référence.")
    if dit["relancee"] and relancee is None:
        form.add_error("relancee", "Aucune consultation n'a cette référence.")
    if consultation is None or form.errors:
        return False
    with refus_dans(form):
        services.ecarter(
            consultation=consultation,
            motif=dit["motif"],
            explication=dit["explication"],
            relancee=relancee,
            par=request.user,
            maintenant=maintenant(),
        )
    return not form.errors


@connexion_requise
@formulaire
def contestation(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "repondre_a_une_contestation", ACTES, le)
    contestee = queries.contestation_pour(reference)
    form = ReponseForm(saisie(request))
    if form.is_valid():
        with refus_dans(form):
            services.repondre(
                contestation=contestee, reponse=form.reponse(), par=request.user, maintenant=le
            )
            messages.success(request, "La réponse est gardée. L'adhérent la lit sur sa page.")
            return redirect("contributions:liste")
    contexte = {"form": form, "contestation": contestee, "contribution": contestee.contribution}
    return rendre(request, "contributions/contestation.html", contexte)
