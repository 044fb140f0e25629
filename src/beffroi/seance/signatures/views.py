"""Les signatures d'une consultation, le rapport d'un fichier, la confirmation du signataire."""

import json
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.seance.signatures import ecrans, queries, services, taches
from beffroi.seance.signatures.forms import ConfirmationForm
from beffroi.seance.signatures.models import VerificationDeSignature
from beffroi.seance.signatures.permissions import ACTES
from beffroi.seance.signatures.rapport_imprime import en_pdf
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire
from beffroi.socle.guichet.telechargements import rendre_un_fichier


@jamais_gardee
@connexion_requise
@formulaire
def consultation(request: HttpRequest, reference: str) -> HttpResponse:
    """Quels fichiers sont signés, et ce que valent les signatures ; tout vérifier (POST)."""
    le, verifie = maintenant(), request.method == "POST"
    acte = "verifier_les_signatures" if verifie else "voir_les_signatures"
    lue = queries.consultation_pour(request.user, reference, acte, le=le)
    en_cours = queries.est_en_cours(lue)
    if verifie:
        if not en_cours:
            taches.verifier_la_consultation.enqueue(lue.reference)
        messages.success(
            request, "La vérification est lancée. Rechargez cette page dans une minute."
        )
        return redirect("signatures:consultation", reference)
    peut = permet(
        habilitation_dans(request.user, lue.organisme, le), "verifier_les_signatures", ACTES
    )
    contexte = {
        "consultation": lue,
        "enveloppes": ecrans.enveloppes(lue),
        "en_cours": en_cours,
        "peut_verifier": peut and not en_cours and bool(queries.a_verifier(lue)),
    }
    return render(request, "signatures/consultation.html", contexte)


@jamais_gardee
@connexion_requise
@formulaire
def fichier(request: HttpRequest, reference: str) -> HttpResponse:
    """Le rapport d'un fichier ;
    confirmer, ou non, que son signataire engage l'entreprise (POST).
    """
    le, confirme = maintenant(), request.method == "POST"
    acte = "confirmer_le_signataire" if confirme else "voir_les_signatures"
    ouvert = queries.fichier_pour(request.user, reference, acte, le=le)
    faite = queries.verification_de(ouvert)
    form = ConfirmationForm(request.POST if confirme else None)
    if faite and form.is_valid() and _confirme(request, faite, form):
        return redirect("signatures:fichier", reference)
    contexte = _du_fichier(request, faite) | {"fichier": ouvert, "form": form}
    contexte["consultation"] = ouvert.ouverture.seance.consultation
    return render(request, "signatures/fichier.html", contexte, status=422 if confirme else 200)


def _confirme(request: HttpRequest, faite: VerificationDeSignature, form: ConfirmationForm) -> bool:
    """Un refus se lit dans le formulaire : le fondement tapé y reste."""
    acte = partial(
        services.confirmer_le_signataire,
        verification=faite,
        engage=form.cleaned_data["engage"] == "oui",
        fondement=form.cleaned_data["fondement"],
        par=request.user,
        maintenant=maintenant(),
    )
    return fait(request, form, acte, "Votre confirmation est notée, avec son fondement.")


def _du_fichier(request: HttpRequest, faite: VerificationDeSignature | None) -> dict[str, object]:
    if faite is None:
        return {"verification": None, "marque": ecrans.marque(None)}
    organisme = faite.fichier.ouverture.seance.consultation.organisme
    peut = permet(
        habilitation_dans(request.user, organisme, maintenant()), "confirmer_le_signataire", ACTES
    )
    return {
        "verification": faite,
        "rapport": faite.lu,
        "marque": ecrans.marque(faite),
        "signatures": ecrans.signatures_montrees(faite),
        "confirmations": faite.confirmations.select_related("confirmee_par"),
        "peut_confirmer": peut and faite.est_signe,
    }


def _verification_pour(request: HttpRequest, reference: str) -> VerificationDeSignature:
    ouvert = queries.fichier_pour(request.user, reference, "voir_les_signatures", le=maintenant())
    faite = queries.verification_de(ouvert)
    if faite is None:
        raise Introuvable
    return faite


@jamais_gardee
@connexion_requise
@require_safe
def rapport_json(request: HttpRequest, reference: str) -> HttpResponse:
    faite = _verification_pour(request, reference)
    contenu = json.dumps(faite.rapport, ensure_ascii=False, indent=2)
    return rendre_un_fichier(contenu.encode(), f"signature-{reference}.json")


@jamais_gardee
@connexion_requise
@require_safe
def rapport_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    return rendre_un_fichier(
        en_pdf(_verification_pour(request, reference)), f"signature-{reference}.pdf"
    )
