"""Vérifier, faire relire, publier : l'acte se dit sur sa propre page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.comptes.decorateurs import connexion_requise
from beffroi.consultations import presentation, queries, services
from beffroi.consultations.models import Consultation
from beffroi.consultations.ports import liens_du_brouillon
from beffroi.consultations.rules import publication as rules
from beffroi.consultations.taches_du_brouillon import adresse_de_la_tache
from beffroi.consultations.views.acheteur.brouillon import page
from beffroi.consultations.views.public import secret_de
from beffroi.socle.horloge import maintenant


@connexion_requise
@require_safe
def verifier(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "publier", maintenant())
    if consultation.etat not in queries.NON_PUBLIEES:
        return redirect("consultations:suivre", reference)
    controles = rules.controles(queries.faits_de_publication(consultation, maintenant()), maintenant=maintenant())
    return page(
        request,
        "verifier",
        consultation,
        "verifier",
        bloquants=_a_corriger(consultation, controles, rules.BLOQUANT),
        avertissements=_a_corriger(consultation, controles, rules.AVERTISSEMENT),
        acquis=[controle for controle in controles if controle.gravite == rules.ACQUIS],
        seul=_peut_publier(request, consultation),
        liens=liens_du_brouillon(consultation),
    )


def _a_corriger(
    consultation: Consultation, controles: tuple[rules.Controle, ...], gravite: str
) -> list[tuple[rules.Controle, str]]:
    """Les contrôles de cette gravité, chacun avec la page où il se corrige."""
    retenus = [controle for controle in controles if controle.gravite == gravite]
    return [(controle, adresse_de_la_tache(consultation, controle.tache)) for controle in retenus]


def _peut_publier(request: HttpRequest, consultation: Consultation) -> bool:
    decision = rules.peut_publier(
        a_deux=consultation.organisme.publication_a_deux,
        redacteur=consultation.redigee_par.reference,
        publieur=request.user.reference,
    )
    return decision.favorable


@connexion_requise
@require_http_methods(["GET", "POST"])
def publier(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "publier", maintenant())
    if request.method == "POST":
        services.publier_consultation(consultation=consultation, par=request.user.acteur, maintenant=maintenant())
        messages.success(request, "La consultation est publiée. Tout le monde peut la lire.")
        return redirect("consultations:suivre", reference)
    decision = rules.peut_etre_publiee(
        queries.faits_de_publication(consultation, maintenant()), maintenant=maintenant()
    )
    if consultation.etat not in queries.NON_PUBLIEES or not decision.favorable:
        return redirect("consultations:preparer_verifier", reference)
    contexte = {
        "consultation": consultation,
        "documents": presentation.documents_en_vigueur(consultation),
        "membres": queries.membres_de(consultation),
        "moments": secret_de(consultation),
        "seul": _peut_publier(request, consultation),
    }
    return render(request, "consultations/acheteur/publier.html", contexte)


@connexion_requise
@require_POST
def soumettre(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "rediger", maintenant())
    services.soumettre_a_relecture(consultation=consultation, par=request.user.acteur, maintenant=maintenant())
    messages.info(request, "La consultation attend sa relecture. La personne qui relit pourra la publier.")
    return redirect("consultations:preparer", reference)


@connexion_requise
@require_POST
def reprendre(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "publier", maintenant())
    services.reprendre_le_brouillon(consultation=consultation, par=request.user.acteur, maintenant=maintenant())
    return redirect("consultations:preparer", reference)
