"""L'appel d'une année : le voir, le mener d'un état au suivant, vérifier une ligne."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from beffroi.centre.contributions import apercu, calcul, lot, queries, suites
from beffroi.centre.contributions.actes import acte_nomme, actes_proposes
from beffroi.centre.contributions.forms import (
    DecisionForm,
    DecisionsForm,
    OuvrirForm,
    RenvoiForm,
)
from beffroi.centre.contributions.models import Exercice
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.contributions.services import exercice as services
from beffroi.centre.contributions.services.avoirs_a_deux import RENDRE
from beffroi.centre.contributions.services.exceptions import decider
from beffroi.centre.propositions import queries as propositions
from beffroi.centre.tarif.rules.dates import echeance, envoi_au_plus_tard
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, rendre, saisie
from droit.dates import en_toutes_lettres
from formats.dates import PARIS
from formats.pluriels import compter

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
@formulaire
def appel(request: HttpRequest, cle: str) -> HttpResponse:
    """L'appel d'une année : son tri, ses exceptions, chaque ligne.

    Envoyé, il décide des exceptions cochées.
    """
    le = maintenant()
    permission = "preparer_l_appel" if request.method == "POST" else "voir_les_contributions"
    habilitation = exiger_au_centre(request.user, permission, ACTES, le)
    exercice, form = queries.exercice_pour(cle), DecisionsForm(saisie(request))
    cochees = form.cochees(request.POST.getlist("page"))
    if form.is_valid() and _decide(request, form, exercice, cochees):
        return redirect(f"{reverse('contributions:appel', args=[cle])}#exceptions")
    tableau = _tableau(request, exercice, form)
    contexte = {
        "exercice": exercice,
        "annee_comptee": calcul.annee_comptee_de(exercice),
        "actes": actes_proposes(exercice, habilitation, a_verifier=tableau["faits"].a_verifier),
        "limite": "" if exercice.rang else en_toutes_lettres(envoi_au_plus_tard(exercice.annee)),
        "permis": queries.permis(habilitation),
        **tableau,
    }
    return rendre(request, "contributions/appel.html", contexte)


def _decide(
    request: HttpRequest,
    form: DecisionForm | DecisionsForm,
    exercice: Exercice,
    decisions: dict[str, str],
) -> bool:
    """Vrai si ces lignes sont décidées ; sinon le motif dit pourquoi."""
    with refus_dans(form, "motif"):
        decides = decider(
            exercice=exercice,
            decisions=decisions,
            motif=form.cleaned_data["motif"],
            par=request.user,
            maintenant=maintenant(),
        )
        dit = compter(len(decides), "exception décidée", "exceptions décidées")
        messages.success(request, f"{dit}.")
        return True
    return False


def _tableau(request: HttpRequest, exercice: Exercice, form: DecisionsForm) -> dict[str, Any]:
    lignes = list(queries.contributions_de(exercice))
    voir, nom = request.GET.get("voir", ""), request.GET.get("nom", "")[:100]
    bareme = calcul.bareme(exercice) if exercice.grille else None
    seuil = bareme.tarif.seuil if bareme else 0
    pages = Paginator(apercu.filtrees(lignes, voir=voir, nom=nom, seuil=seuil), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    jours = (date(exercice.annee + 1, 1, 1) - date(exercice.annee, 1, 1)).days
    faits = apercu.totaux(lignes)
    return {
        "form": form,
        "faits": faits,
        "barres": apercu.barres(lignes, bareme.tarif) if bareme else [],
        "tarif": bareme.tarif if bareme else None,
        "etapes": apercu.etapes(exercice, faits),
        "pages": pages,
        "lignes": [apercu.ligne_d_apercu(ligne, jours) for ligne in pages],
        "filtres": apercu.filtres(lignes, seuil),
        "voir": voir,
        "nom": nom,
        **(lot.a_l_ecran(request, exercice, lignes, bareme, form) if bareme and lignes else {}),
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
    form = DecisionForm(saisie(request), choix=contribution.choix)
    decisions = {reference: form["decision"].value() or ""}
    if form.is_valid() and _decide(request, form, contribution.exercice, decisions):
        cle = contribution.exercice.cle
        return redirect(f"{reverse('contributions:appel', args=[cle])}#exceptions")
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


@connexion_requise
@require_POST
def relire_les_effectifs(request: HttpRequest, cle: str) -> HttpResponse:
    """Un tableur importé après le gel : toutes les lignes d'un coup, non une par une."""
    le = maintenant()
    exiger_au_centre(request.user, "preparer_l_appel", ACTES, le)
    exercice = queries.exercice_pour(cle)
    nombre = services.relire_les_effectifs(exercice=exercice, par=request.user, maintenant=le)
    dit = compter(nombre, "ligne a changé", "lignes ont changé")
    messages.success(request, f"Les effectifs sont relus : {dit}.")
    return redirect("contributions:appel", cle)
