"""Les actes d'une parution : l'envoyer, en joindre la preuve, en dire la suite."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.publicite.avis import queries, services
from beffroi.publicite.avis.forms import (
    OCTETS_D_UNE_PREUVE,
    ParutionForm,
    PreuveForm,
    ReceptionForm,
    RefusForm,
)
from beffroi.publicite.avis.models import Parution
from beffroi.publicite.avis.views.publicite import page, pour
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.envois import borne_a, envoi_borne
from beffroi.socle.guichet.lecture import en_une_lecture
from beffroi.socle.journal.acteurs import Acteur

Saisie = Mapping[str, Any]


@dataclass(frozen=True)
class Acte:
    """Une page d'acte : son titre, ce qu'elle explique,
    son bouton, son rôle, son formulaire, son service.
    """

    titre: str
    phrase: str
    bouton: str
    permission: str
    formulaire: type[forms.Form]
    accomplir: Callable[[Parution, Saisie, Acteur], object]


def _prouver(parution: Parution, saisie: Saisie, par: Acteur) -> object:
    piece = saisie["preuve"]
    return services.declarer_l_envoi(
        parution=parution,
        envoyee_le=saisie["fait_le"],
        preuve=piece.read(),
        nom=piece.name,
        par=par,
        maintenant=maintenant(),
    )


def _confirmer(parution: Parution, saisie: Saisie, par: Acteur) -> object:
    return services.confirmer_la_reception(
        parution=parution,
        recue_le=saisie["fait_le"],
        numero=saisie["numero"],
        par=par,
        maintenant=maintenant(),
    )


def _constater(parution: Parution, saisie: Saisie, par: Acteur) -> object:
    return services.constater_la_parution(
        parution=parution,
        parue_le=saisie["fait_le"],
        numero=saisie["numero"],
        adresse=saisie["adresse"],
        par=par,
        maintenant=maintenant(),
    )


def _refuser(parution: Parution, saisie: Saisie, par: Acteur) -> object:
    return services.constater_le_refus(
        parution=parution, motif=saisie["motif"], par=par, maintenant=maintenant()
    )


ACTES = {
    "preuve": Acte(
        "Joindre la preuve de l'envoi",
        (
            "Vous gardez la preuve de la date d'envoi de tout avis (CCP, art. R. 2131-19). "
            "Elle reste ici, avec son empreinte."
        ),
        "Garder cette preuve",
        "envoyer",
        PreuveForm,
        _prouver,
    ),
    "reception": Acte(
        "La réception est confirmée",
        "Le support a écrit qu'il a reçu l'avis. Au Journal officiel de l'Union européenne, "
        "les 48 heures commencent là "
        "(CCP, art. R. 2131-20).",
        "Noter la réception",
        "constater",
        ReceptionForm,
        _confirmer,
    ),
    "parution": Acte(
        "L'avis est paru",
        "Notez quand, et sous quel numéro : un rectificatif le citera.",
        "Noter la parution",
        "constater",
        ParutionForm,
        _constater,
    ),
    "refus": Acte(
        "L'avis est refusé",
        "Recopiez le motif. La preuve du premier envoi reste au journal.",
        "Noter le refus",
        "constater",
        RefusForm,
        _refuser,
    ),
}


@envoi_borne(borne_a(OCTETS_D_UNE_PREUVE))
@connexion_requise
@require_http_methods(["GET", "POST"])
@en_une_lecture
def acte(request: HttpRequest, reference: str, parution: str, acte: str) -> HttpResponse:
    if acte not in ACTES:
        raise Introuvable()
    demande = ACTES[acte]
    consultation = pour(request, reference, demande.permission)
    trouvee = queries.parution_pour(consultation, parution)
    form = demande.formulaire(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        demande.accomplir(trouvee, form.cleaned_data, request.user.acteur)
        messages.success(request, "C'est noté.")
        return redirect("avis:avis", reference, trouvee.avis.reference)
    return page(request, "acte", consultation, form=form, acte=demande, parution=trouvee)


@connexion_requise
@require_POST
def envoyer(request: HttpRequest, reference: str, parution: str) -> HttpResponse:
    trouvee = queries.parution_pour(pour(request, reference, "envoyer"), parution)
    services.demander_l_envoi(parution=trouvee, par=request.user.acteur, maintenant=maintenant())
    messages.info(request, "La plateforme envoie l'avis. Rechargez cette page pour suivre.")
    return redirect("avis:avis", reference, trouvee.avis.reference)


@connexion_requise
@require_POST
def relancer(request: HttpRequest, reference: str, parution: str) -> HttpResponse:
    trouvee = queries.parution_pour(pour(request, reference, "envoyer"), parution)
    services.relancer_l_envoi(parution=trouvee, par=request.user.acteur, maintenant=maintenant())
    messages.info(
        request, "L'envoi recommence. Le support reconnaît l'avis : il ne le prendra qu'une fois."
    )
    return redirect("avis:avis", reference, trouvee.avis.reference)


@connexion_requise
@require_safe
def preuve(request: HttpRequest, reference: str, parution: str) -> FileResponse:
    trouvee = queries.parution_pour(pour(request, reference, "voir"), parution)
    if not trouvee.preuve_cle:
        raise Introuvable()
    return FileResponse(
        stockage().lire(trouvee.preuve_cle),
        as_attachment=True,
        filename=trouvee.preuve_nom,
        content_type="application/octet-stream",
    )
