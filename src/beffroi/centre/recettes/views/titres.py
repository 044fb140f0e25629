"""Noter le titre d'un appel ; l'annuler."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.centre.recettes import queries
from beffroi.centre.recettes.forms import DefaireForm, TitreForm, aujourd_hui
from beffroi.centre.recettes.permissions import ACTES
from beffroi.centre.recettes.services import titres as services
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie


@connexion_requise
@formulaire
def noter(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_recettes", ACTES, le)
    appel = queries.appel_pour(reference)
    form = TitreForm(saisie(request), initial=TitreForm.propose(appel, le))
    if fait(
        request,
        form,
        lambda: services.noter_un_titre(
            contribution=appel, note=form.note(), par=request.user, maintenant=le
        ),
        f"Le titre de {appel.nom} est noté.",
    ):
        return redirect("recettes:compte", appel.adherent.siren)
    contexte = {"form": form, "appel": appel, "titre": "Noter un titre", "geste": "Noter ce titre"}
    return rendre(request, "recettes/saisir.html", contexte)


@reauthentification_recente
@formulaire
def annuler(request: HttpRequest, reference: str) -> HttpResponse:
    """Un titre que le logiciel financier a annulé : il reste au relevé, un autre peut le suivre."""
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_recettes", ACTES, le)
    titre = queries.titre_pour(reference)
    form = DefaireForm(saisie(request), initial={"le": aujourd_hui(le)})
    if fait(
        request,
        form,
        lambda: services.annuler_un_titre(
            titre=titre, **form.cleaned_data, par=request.user, maintenant=le
        ),
        f"Le titre {titre} est annulé.",
    ):
        return redirect("recettes:compte", titre.contribution.adherent.siren)
    contexte = {
        "form": form,
        "appel": titre.contribution,
        "titre": f"Annuler le titre {titre}",
        "geste": "Annuler ce titre",
    }
    return rendre(request, "recettes/saisir.html", contexte)
