"""L'appel d'une année : le voir, le mener d'un état au suivant, vérifier une ligne."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from beffroi.centre.contributions import apercu, calcul, queries, suites
from beffroi.centre.contributions.actes import acte_nomme, actes_proposes
from beffroi.centre.contributions.forms import OuvrirForm, RenvoiForm, VerificationForm
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.contributions.services import exercice as services
from beffroi.centre.contributions.services.avoirs_a_deux import RENDRE
from beffroi.centre.propositions import queries as propositions
from beffroi.centre.tarif.rules.dates import echeance, envoi_au_plus_tard
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from droit.dates import en_toutes_lettres
from formats.dates import PARIS

PAR_PAGE = 25


@connexion_requise
@formulaire
def liste(request: HttpRequest) -> HttpResponse:
    """Les appels, année par année ; en ouvrir un."""
    le = maintenant()
    acte = "preparer_l_appel" if request.method == "POST" else "voir_les_contributions"
    habilitation = exiger_au_centre(request.user, acte, ACTES, le)
    initial = {"annee": le.astimezone(PARIS).year}
    form = OuvrirForm(saisie(request), initial=initial)
    if form.is_valid():
        with refus_dans(form, "annee"):
            services.ouvrir(annee=form.cleaned_data["annee"], par=request.user, maintenant=le)
            return redirect("contributions:appel", form.cleaned_data["annee"])
    contexte = {
        "form": form,
        **suites.a_l_ecran(jour=le.astimezone(PARIS).date()),
        "exercices": queries.exercices(),
        "contestations": queries.contestations_ouvertes(),
        "permis": queries.permis(habilitation),
    }
    return rendre(request, "contributions/liste.html", contexte)


@connexion_requise
@require_safe
def appel(request: HttpRequest, cle: str) -> HttpResponse:
    habilitation = exiger_au_centre(request.user, "voir_les_contributions", ACTES, maintenant())
    exercice = queries.exercice_pour(cle)
    tableau = _tableau(request, exercice)
    contexte = {
        "exercice": exercice,
        "annee_comptee": calcul.annee_comptee_de(exercice),
        "actes": actes_proposes(exercice, habilitation, a_verifier=tableau["faits"].a_verifier),
        "limite": "" if exercice.rang else en_toutes_lettres(envoi_au_plus_tard(exercice.annee)),
        "permis": queries.permis(habilitation),
        **tableau,
    }
    return render(request, "contributions/appel.html", contexte)


def _tableau(request: HttpRequest, exercice: Any) -> dict[str, Any]:
    lignes = list(queries.contributions_de(exercice))
    voir, nom = request.GET.get("voir", ""), request.GET.get("nom", "")[:100]
    pages = Paginator(apercu.filtrees(lignes, voir=voir, nom=nom), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    jours = (date(exercice.annee + 1, 1, 1) - date(exercice.annee, 1, 1)).days
    faits = apercu.totaux(lignes)
    bareme = calcul.bareme(exercice) if exercice.grille else None
    return {
        "faits": faits,
        "barres": apercu.barres(lignes, bareme.tarif) if bareme else [],
        "tarif": bareme.tarif if bareme else None,
        "etapes": apercu.etapes(exercice, faits),
        "pages": pages,
        "lignes": [apercu.ligne_d_apercu(ligne, jours) for ligne in pages],
        "filtres": apercu.filtres(lignes),
        "voir": voir,
        "nom": nom,
    }


@reauthentification_recente
@formulaire
def acte(request: HttpRequest, cle: str, acte: str) -> HttpResponse:
    """Dit ce qui va se passer, puis le fait.

    Une autre personne l'a fait entre-temps : elle lit laquelle.
    """
    le = maintenant()
    exercice, mene = queries.exercice_pour(cle), acte_nomme(acte)
    exiger_au_centre(request.user, mene.permission, ACTES, le)
    form = RenvoiForm(saisie(request)) if mene.motive else None
    if request.method == "POST" and (form is None or form.is_valid()):
        dit = form.cleaned_data if form else {}
        mene.service(exercice=exercice, par=request.user, maintenant=le, **dit)
        messages.success(request, mene.fait)
        return redirect("contributions:appel", cle)
    contexte = {
        "exercice": exercice,
        "acte": mene,
        "form": form,
        "faits": apercu.totaux(list(exercice.contributions.all())),
    }
    return render(
        request, "contributions/acte.html", contexte, status=422 if form and form.errors else 200
    )


@connexion_requise
@formulaire
def ligne(request: HttpRequest, annee: int, reference: str) -> HttpResponse:
    """Une contribution : ses entrées figées, son calcul, ce qui est à vérifier."""
    le = maintenant()
    permission = "preparer_l_appel" if request.method == "POST" else "voir_les_contributions"
    habilitation = exiger_au_centre(request.user, permission, ACTES, le)
    contribution = queries.contribution_pour(annee, reference)
    form = VerificationForm(saisie(request))
    if form.is_valid():
        services.verifier(
            contribution=contribution, **form.cleaned_data, par=request.user, maintenant=le
        )
        messages.success(request, f"{contribution.nom} est vérifié.")
        return redirect(
            f"{reverse('contributions:appel', args=[contribution.exercice.cle])}?voir=a_verifier"
        )
    contexte = {
        "contribution": contribution,
        "form": form,
        "permis": queries.permis(habilitation),
        "en_preparation": contribution.exercice.etat in {"fige", "simule"},
        "contestations": contribution.contestations.select_related("ecrite_par"),
        "avoirs": contribution.avoirs.all(),
        "proposition": propositions.sur(reference).get(RENDRE),
        "echeance": echeance(contribution.recue_le) if contribution.recue_le else None,
    }
    return rendre(request, "contributions/ligne.html", contexte)


@connexion_requise
@require_POST
def relire(request: HttpRequest, annee: int, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "preparer_l_appel", ACTES, le)
    contribution = queries.contribution_pour(annee, reference)
    services.relire_une_ligne(contribution=contribution, par=request.user, maintenant=le)
    messages.success(request, "Les entrées de cette ligne sont relues, et son montant recalculé.")
    return redirect("contributions:ligne", annee, reference)
