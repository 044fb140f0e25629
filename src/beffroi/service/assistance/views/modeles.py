"""Au centre : les réponses toutes prêtes, et les questions fréquentes."""

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.service.assistance import queries
from beffroi.service.assistance.forms import FrequenteForm, ModeleForm
from beffroi.service.assistance.permissions import ACTES
from beffroi.service.assistance.services import modeles as actes
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer


@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    exiger_au_centre(request.user, "tenir_les_modeles", ACTES, maintenant())
    contexte = {"modeles": queries.modeles(), "questions": queries.questions_frequentes()}
    return render(request, "assistance/centre/modeles.html", contexte)


@connexion_requise
@formulaire
def nouveau(request: HttpRequest) -> HttpResponse:
    return _ecrire(request, None)


@connexion_requise
@formulaire
def modifier(request: HttpRequest, reference: str) -> HttpResponse:
    return _ecrire(request, reference)


def _ecrire(request: HttpRequest, reference: str | None) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_modeles", ACTES, le)
    modele = queries.un_modele(reference) if reference else None
    form = ModeleForm(saisie(request), initial=model_to_dict(modele) if modele else None)
    if fait(
        request,
        form,
        lambda: actes.ecrire_un_modele(
            modele=modele, saisie=form.modele(), par=request.user.acteur, maintenant=le
        ),
        "Le modèle est gardé.",
    ):
        return redirect("assistance:modeles")
    return rendre(request, "assistance/centre/modele.html", {"form": form, "modele": modele})


@connexion_requise
@formulaire
def retirer(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_modeles", ACTES, le)
    modele = queries.un_modele(reference)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                f"Ne plus proposer « {modele.titre} » ?",
                ("Ce modèle ne paraîtra plus quand on répond. Les réponses déjà parties restent.",),
                "Un modèle retiré ne revient pas : il faudra en écrire un autre.",
                "Ne plus proposer ce modèle",
                reverse("assistance:modele", args=(reference,)),
                "Le garder",
            ),
        )
    actes.retirer_un_modele(modele=modele, par=request.user.acteur, maintenant=le)
    messages.success(request, "Le modèle ne se propose plus.")
    return redirect("assistance:modeles")


@connexion_requise
@formulaire
def publier(request: HttpRequest, reference: str) -> HttpResponse:
    """D'une demande, une question pour tous :
    l'agent la récrit, rien ne s'y copie de la personne.
    """
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_modeles", ACTES, le)
    demande = queries.demande_au_centre(reference)
    form = FrequenteForm(saisie(request), initial={"categorie": demande.categorie})
    if fait(
        request,
        form,
        lambda: actes.publier_une_question(
            saisie=form.saisie(), demande=demande, par=request.user.acteur, maintenant=le
        ),
        "La question est publiée.",
    ):
        return redirect("assistance:au_centre", reference)
    contexte = {"form": form, "demande": demande, "fil": queries.fil(demande, au_centre=True)}
    return rendre(request, "assistance/centre/publier.html", contexte)


@connexion_requise
@formulaire
def retirer_la_question(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_modeles", ACTES, le)
    question = queries.une_question(reference)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                "Ne plus publier cette question ?",
                (f"« {question.question} »", "Elle et sa réponse ne se liront plus dans l'aide."),
                "Une question retirée ne revient pas : il faudra en publier une autre.",
                "Ne plus la publier",
                reverse("assistance:modeles"),
                "La laisser publiée",
            ),
        )
    actes.retirer_une_question(question=question, par=request.user.acteur, maintenant=le)
    messages.success(request, "La question n'est plus publiée.")
    return redirect("assistance:modeles")
