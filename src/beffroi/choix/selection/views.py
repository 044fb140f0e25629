"""Les écrans de la sélection : décider, inviter, lire les lettres, suivre les tours."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.ceremonie import paire_recue
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Invitation
from beffroi.achat.tours.services import prolonger_le_tour
from beffroi.choix.selection import ecrans, queries, services
from beffroi.choix.selection.forms import (
    DecisionsForm,
    InvitationForm,
    NegociationForm,
    ProlongationDuTourForm,
)
from beffroi.choix.selection.lettres import a_ecrire, preparer_le_courrier
from beffroi.choix.selection.permissions import ACTES
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre
from beffroi.socle.guichet.champs.dates import en_jour_et_heure
from beffroi.socle.guichet.lecture import en_une_lecture, lecture
from beffroi.socle.guichet.scripts import champ, en_json, lire_json


def _page(
    request: HttpRequest, gabarit: str, consultation: Consultation, **contexte: Any
) -> HttpResponse:
    habilitation = habilitation_dans(request.user, consultation.organisme, maintenant())
    droits = {
        f"peut_{acte}": permet(habilitation, acte, ACTES)
        for acte in ("decider_des_candidatures", "inviter")
    }
    return rendre(
        request, f"selection/{gabarit}.html", {"consultation": consultation, **droits, **contexte}
    )


@jamais_gardee
@reauthentification_recente
@formulaire
@en_une_lecture
def candidatures(request: HttpRequest, reference: str) -> HttpResponse:
    """Chaque candidature ouverte, et ce que l'acheteur en décide."""
    acte = "decider_des_candidatures" if request.method == "POST" else "voir_les_candidatures"
    consultation = queries.consultation_pour(request.user, reference, acte, le=maintenant())
    vue = ecrans.selection(consultation, le=maintenant())
    form = DecisionsForm(request.POST if request.method == "POST" else None, recues=vue["recues"])
    if form.is_valid():
        inscrire = partial(
            services.decider_des_candidatures,
            consultation=consultation,
            choix=form.choix(),
            par=request.user,
            maintenant=maintenant(),
        )
        if fait(
            request,
            form,
            inscrire,
            "Les décisions sont inscrites. Elles se changent jusqu'à l'invitation.",
        ):
            return redirect("selection:candidatures", reference)
    return _page(request, "candidatures", consultation, form=form, **vue)


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def inviter(request: HttpRequest, reference: str) -> HttpResponse:
    """L'invitation, sur sa propre page : ce qu'elle engage, puis l'acte."""
    consultation = queries.consultation_pour(request.user, reference, "inviter", le=maintenant())
    vue = ecrans.invitation(consultation, par=request.user, le=maintenant())
    initial = en_jour_et_heure("limite", vue["limite_conseillee"])
    form = InvitationForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        acte = partial(
            services.inviter, consultation=consultation, remise=form.remise(), par=request.user
        )
        phrase = "Les candidats retenus sont invités, tous en même temps."
        if fait(request, form, partial(acte, maintenant=maintenant()), phrase):
            return redirect("selection:tours", reference)
    return _page(request, "inviter", consultation, form=form, **vue)


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def lettres(request: HttpRequest, reference: str) -> HttpResponse:
    """Les lettres aux candidats non retenus ;
    d'un geste, le brouillon d'un courrier où chacun a son motif.
    """
    acte = "decider_des_candidatures" if request.method == "POST" else "voir_les_candidatures"
    consultation = queries.consultation_pour(request.user, reference, acte, le=maintenant())
    if request.method == "POST":
        courrier = preparer_le_courrier(
            consultation=consultation, par=request.user, maintenant=maintenant()
        )
        return redirect("echanges:courrier", reference, courrier.reference)
    ecrites = {"lettres": ecrans.lettres(consultation), "a_envoyer": len(a_ecrire(consultation))}
    return _page(request, "lettres", consultation, **ecrites)


@jamais_gardee
@connexion_requise
@require_safe
@lecture()
def tours(request: HttpRequest, reference: str) -> HttpResponse:
    """Les tours d'offres : jusqu'à quand, et qui est invité. Jamais qui a répondu avant l'heure."""
    consultation = queries.consultation_pour(
        request.user, reference, "voir_les_candidatures", le=maintenant()
    )
    return _page(request, "tours", consultation, **ecrans.tours(consultation, le=maintenant()))


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def negocier(request: HttpRequest, reference: str) -> HttpResponse:
    """Un tour de plus : qui reste, jusqu'à quand, et une clé neuve, créée dans le navigateur."""
    consultation = queries.consultation_pour(request.user, reference, "inviter", le=maintenant())
    vue = ecrans.negociation(consultation, par=request.user)
    if request.method == "POST":
        return _ouvrir_le_tour(request, consultation, en_lice=vue["en_lice"])
    return _page(
        request, "negocier", consultation, form=NegociationForm(en_lice=vue["en_lice"]), **vue
    )


@en_json
def _ouvrir_le_tour(
    request: HttpRequest, consultation: Consultation, *, en_lice: list[Invitation]
) -> JsonResponse:
    envoi = lire_json(request)
    saisie = QueryDict(mutable=True)
    for nom, valeurs in champ(envoi, "saisie", dict).items():
        saisie.setlist(str(nom), [str(valeur) for valeur in valeurs])
    form = NegociationForm(saisie, en_lice=en_lice)
    if not form.is_valid():
        raise RegleEnfreinte(next(str(erreurs[0]) for erreurs in form.errors.values()))
    services.negocier(
        consultation=consultation,
        remise=form.remise(),
        gardes=form.gardees(),
        cle=paire_recue(consultation, champ(envoi, "offre", dict), cles.ma_cle(request.user)),
        par=request.user,
        maintenant=maintenant(),
    )
    return JsonResponse(
        {"suite": reverse("selection:tours", args=(consultation.reference,))}, status=201
    )


@jamais_gardee
@connexion_requise
@formulaire
def prolonger(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "inviter", le=maintenant())
    tour = queries.tour_pour(consultation, numero)
    donnees = request.POST if request.method == "POST" else None
    form = ProlongationDuTourForm(donnees, initial=en_jour_et_heure("limite", tour.date_limite))
    if form.is_valid():
        nouvelle, motif = form.cleaned_data["limite"], form.cleaned_data["motif"]
        prolonger_le_tour(
            tour=tour, nouvelle=nouvelle, motif=motif, par=request.user, maintenant=maintenant()
        )
        messages.success(request, "Le délai est prolongé, pour tous les invités à la fois.")
        return redirect("selection:tours", reference)
    return _page(request, "prolonger", consultation, form=form, tour=tour)
