"""La relecture vue de l'acheteur : demander, lire l'avis, répondre, garder un point malgré lui."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.achat.relectures import queries, rapport, services
from beffroi.achat.relectures.forms import DemandeForm, PasseOutreForm, ReponseForm
from beffroi.achat.relectures.lecture import examen_de, reglement_de
from beffroi.achat.relectures.ports import Examen
from beffroi.achat.relectures.rules.constats import empreinte_du_constat
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.queries import personnes_en_role
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, rendre, saisie
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer


@connexion_requise
@require_safe
def relecture(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_a_relire(request.user, reference, "voir", maintenant())
    return _page(request, consultation, demande=DemandeForm())


def _page(request: HttpRequest, consultation: Consultation, **formulaires: Any) -> HttpResponse:
    lu = reglement_de(consultation)
    examen = examen_de(consultation, lu, le=maintenant())
    fautif = any(form.errors for form in formulaires.values() if form is not None)
    contexte = {
        "consultation": consultation,
        "lu": lu,
        "constats": _avec_les_passes_outre(consultation, examen),
        "examen": examen,
        "relectures": queries.relectures_de(consultation).prefetch_related("commentaires"),
        "en_cours": queries.en_cours_pour(consultation),
        "modifiable": consultation.etat in NON_PUBLIEES,
        **formulaires,
    }
    return render(request, "relectures/acheteur.html", contexte, status=422 if fautif else 200)


def _avec_les_passes_outre(consultation: Consultation, examen: Examen) -> list[dict[str, Any]]:
    """Les constats, chacun avec son empreinte et la raison de le garder s'il y en a une."""
    gardes = queries.passes_outre_de(consultation)
    lignes = [
        {
            **constat,
            "empreinte": empreinte_du_constat(constat["code"], constat["quoi"], constat["trouve"]),
        }
        for constat in examen.constats
    ]
    return [{**ligne, "garde": gardes.get(str(ligne["empreinte"]))} for ligne in lignes]


@connexion_requise
@require_POST
def demander(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_a_relire(request.user, reference, "demander", maintenant())
    form = DemandeForm(request.POST)
    if not form.is_valid():
        return _page(request, consultation, demande=form)
    services.demander_la_relecture(
        consultation=consultation,
        lu=reglement_de(consultation),
        message=form.cleaned_data["message"],
        par=request.user,
        maintenant=maintenant(),
    )
    messages.success(
        request, "La relecture est demandée. Le juriste du centre de gestion la reçoit."
    )
    return redirect("relectures:acheteur", reference)


@connexion_requise
@formulaire
def retirer(request: HttpRequest, reference: str, relecture: str) -> HttpResponse:
    demandee = queries.relecture_de_l_acheteur(request.user, relecture, "demander", maintenant())
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                "Retirer la demande de relecture ?",
                ("Le juriste ne relira pas cette version, et ne rendra pas d'avis sur elle.",),
                "Vous pourrez en demander une autre, qui commencera du début.",
                "Retirer la demande",
                reverse("relectures:acheteur", args=(reference,)),
                "La garder",
            ),
        )
    services.retirer_la_relecture(
        relecture=demandee, par=request.user.acteur, maintenant=maintenant()
    )
    messages.info(request, "La demande est retirée. Vous pouvez soumettre une autre version.")
    return redirect("relectures:acheteur", reference)


@connexion_requise
@require_http_methods(["GET", "POST"])
def avis(request: HttpRequest, reference: str, relecture: str) -> HttpResponse:
    rendue = queries.relecture_de_l_acheteur(request.user, relecture, "voir", maintenant())
    form = ReponseForm(request.POST) if request.method == "POST" else ReponseForm()
    if request.method == "POST":
        queries.relecture_de_l_acheteur(request.user, relecture, "repondre", maintenant())
        commentaire = queries.commentaire_de(rendue, request.POST.get("commentaire", ""))
        if form.is_valid():
            services.repondre_au_commentaire(
                commentaire=commentaire,
                reponse=form.cleaned_data["reponse"],
                par=request.user,
                maintenant=maintenant(),
            )
            return redirect("relectures:avis", reference, relecture)
    contexte = {
        "relecture": rendue,
        "consultation": rendue.consultation,
        "form": form,
        **rapport.pour_l_ecran(rendue, chez_l_acheteur=True),
    }
    return rendre(request, "relectures/avis.html", contexte)


@connexion_requise
@require_safe
def rapport_pdf(request: HttpRequest, reference: str, relecture: str) -> FileResponse:
    rendue = queries.relecture_de_l_acheteur(request.user, relecture, "voir", maintenant())
    if not rendue.rendue_le:
        raise ConflitEtat("L'avis n'est pas encore rendu.")
    nom = f"avis-{rendue.consultation.reference}-{rendue.numero}.pdf"
    return FileResponse(
        rapport.en_pdf(rendue), as_attachment=True, filename=nom, content_type="application/pdf"
    )


@connexion_requise
@require_http_methods(["GET", "POST"])
def passer_outre(request: HttpRequest, reference: str, empreinte: str) -> HttpResponse:
    consultation = queries.consultation_a_relire(
        request.user, reference, "passer_outre", maintenant()
    )
    constat = _constat_nomme(consultation, empreinte)
    valideurs = _valideurs(consultation)
    form = PasseOutreForm(saisie(request), initial={"empreinte": empreinte})
    if form.is_bound and form.is_valid():
        services.passer_outre(
            consultation=consultation,
            constat=constat,
            motif=form.cleaned_data["motif"],
            est_valideur=request.user in valideurs,
            par=request.user,
            maintenant=maintenant(),
        )
        return redirect("relectures:acheteur", reference)
    contexte = {
        "consultation": consultation,
        "constat": constat,
        "form": form,
        "valideurs": valideurs,
    }
    return rendre(request, "relectures/passer_outre.html", contexte)


def _valideurs(consultation: Consultation) -> list[Utilisateur]:
    return personnes_en_role(consultation.organisme, [Habilitation.Role.VALIDEUR], maintenant())


def _constat_nomme(consultation: Consultation, empreinte: str) -> dict[str, Any]:
    examen = examen_de(consultation, reglement_de(consultation), le=maintenant())
    for constat in _avec_les_passes_outre(consultation, examen):
        if constat["empreinte"] == empreinte:
            return constat
    raise ConflitEtat("Ce point n'est plus constaté. Revenez à la relecture.")
