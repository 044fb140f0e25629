"""Les lots, l'état de l'analyse de chacun, sa grille, et qui évalue."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse import ecrans, queries, services
from beffroi.choix.analyse.forms import GrilleForm, MotifForm, NommerForm
from beffroi.choix.analyse.models import Evaluateur
from beffroi.choix.analyse.permissions import ACTES
from beffroi.choix.analyse.views.commun import Ici, ici, page
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.lecture import en_une_lecture, lecture


@jamais_gardee
@connexion_requise
@require_safe
@lecture()
def accueil(request: HttpRequest, reference: str) -> HttpResponse:
    """Un lot par ligne ; sans lot, la page de l'achat entier."""
    consultation = queries.consultation_pour(
        request.user, reference, "lire_l_analyse", le=maintenant()
    )
    lots = list(consultation.lots.all())
    if not lots:
        return redirect("analyse:lot", reference, 0)
    contexte = {"consultation": consultation, "lots": ecrans.lots(consultation, lots)}
    return render(request, "analyse/accueil.html", contexte)


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def lot(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Les offres du lot, et ce qu'il reste à faire ;
    inscrire celles que la séance a ouvertes (POST).
    """
    if request.method == "POST":
        place = ici(request, reference, numero, "conduire_l_analyse")
        services.inscrire_les_offres(
            consultation=place.consultation,
            lot=place.cle,
            par=request.user,
            maintenant=maintenant(),
        )
        return redirect("analyse:lot", reference, numero)
    place = ici(request, reference, numero)
    return page(request, "lot", place, **ecrans.lot(place.consultation, place.cle, request.user))


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def grille(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Les critères publiés, l'échelle, la formule et sa courbe."""
    post = request.method == "POST"
    place = ici(request, reference, numero, "conduire_l_analyse" if post else "lire_l_analyse")
    vue = ecrans.grille(place.consultation, place.cle, le=maintenant())
    form = GrilleForm(
        request.POST if post else None,
        publies=vue["publies"],
        derniere=vue["grille"],
        initial=vue["initial"],
    )
    if form.is_valid():
        return _arreter(request, place, form)
    return page(request, "grille", place, form=form, **vue)


def _arreter(request: HttpRequest, place: Ici, form: GrilleForm) -> HttpResponse:
    services.arreter_la_grille(
        consultation=place.consultation,
        lot=place.cle,
        choix=form.choix(),
        par=request.user,
        maintenant=maintenant(),
    )
    messages.success(request, "La grille est arrêtée.")
    return redirect("analyse:grille", *place.adresse)


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def evaluateurs(request: HttpRequest, reference: str) -> HttpResponse:
    """Qui note ; chacun déclare ici n'avoir aucun conflit d'intérêts."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "lire_l_analyse", le=le)
    conduit = permet(
        habilitation_dans(request.user, consultation.organisme, le), "conduire_l_analyse", ACTES
    )
    vue = ecrans.evaluateurs(consultation, request.user, le=le)
    nommer = NommerForm(request.POST if "nommer" in request.POST else None, agents=vue["nommables"])
    retirer = MotifForm(request.POST if "retirer" in request.POST else None)
    if request.method == "POST" and _agir(
        request, consultation, conduit=conduit, nommer=nommer, retirer=retirer
    ):
        return redirect("analyse:evaluateurs", reference)
    contexte = {
        "consultation": consultation,
        "peut_conduire": conduit,
        "nommer": nommer,
        "retirer": retirer,
        **vue,
    }
    fautive = bool(nommer.errors or retirer.errors)
    return render(request, "analyse/evaluateurs.html", contexte, status=422 if fautive else 200)


def _agir(
    request: HttpRequest,
    consultation: Consultation,
    *,
    conduit: bool,
    nommer: NommerForm,
    retirer: MotifForm,
) -> bool:
    acte: dict[str, Any] = {"par": request.user, "maintenant": maintenant()}
    if "declarer" in request.POST:
        mien = queries.evaluateur_de(consultation, request.user)
        if mien is None:
            raise Introuvable()
        services.declarer_sans_conflit(evaluateur=mien, **acte)
        return True
    if not conduit:
        queries.consultation_pour(
            request.user, consultation.reference, "conduire_l_analyse", le=maintenant()
        )
    if nommer.is_valid():
        services.nommer(consultation=consultation, personne=nommer.choisie(), **acte)
        return True
    if retirer.is_valid():
        evaluateur = Evaluateur.objects.filter(
            consultation=consultation, reference=request.POST["retirer"]
        ).first()
        if evaluateur is None:
            raise Introuvable()
        services.retirer(evaluateur=evaluateur, motif=retirer.cleaned_data["motif"], **acte)
        return True
    return False
