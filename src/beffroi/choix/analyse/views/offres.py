"""Une offre : ses fichiers, son montant,
ce qui en est dit en droit, ses variantes, son bordereau comparé.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from beffroi.choix.analyse import bordereaux, ecrans_des_offres, services
from beffroi.choix.analyse.forms import MontantForm, QualificationForm, VarianteForm
from beffroi.choix.analyse.queries.lecture import Analyse, LigneDOffre
from beffroi.choix.analyse.views.commun import Ici, ligne_nommee, ouvert, page
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.lecture import en_une_lecture, lecture


def _montrer(
    request: HttpRequest, place: Ici, analyse: Analyse, ligne: LigneDOffre, **formulaires: Any
) -> HttpResponse:
    vue = ecrans_des_offres.offre(analyse, ligne, le=maintenant())
    formulaires.setdefault(
        "montant",
        MontantForm(fichiers=vue["fichiers"], initial=ecrans_des_offres.montant_initial(ligne)),
    )
    formulaires.setdefault(
        "qualification", QualificationForm(initial=ecrans_des_offres.qualification_initiale(ligne))
    )
    formulaires.setdefault("variante", VarianteForm())
    return page(request, "offre", place, analyse=analyse, ligne=ligne, **vue, **formulaires)


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def offre(request: HttpRequest, reference: str, numero: int, offre: str) -> HttpResponse:
    """La page de l'offre ; retenir un montant (POST)."""
    post = request.method == "POST"
    place, analyse = ouvert(
        request, reference, numero, "conduire_l_analyse" if post else "lire_l_analyse"
    )
    ligne = ligne_nommee(analyse, offre)
    if not post:
        return _montrer(request, place, analyse, ligne)
    form = MontantForm(request.POST, fichiers=bordereaux.fichiers_de(ligne.offre))
    if not form.is_valid():
        return _montrer(request, place, analyse, ligne, montant=form)
    services.retenir_un_montant(
        offre=ligne.offre, choix=form.choix(), par=request.user, maintenant=maintenant()
    )
    messages.success(request, f"Le montant de {ligne.nom} est retenu.")
    return redirect("analyse:offre", *place.adresse, offre)


@jamais_gardee
@connexion_requise
@require_POST
def qualifier(request: HttpRequest, reference: str, numero: int, offre: str) -> HttpResponse:
    place, analyse = ouvert(request, reference, numero, "conduire_l_analyse")
    ligne = ligne_nommee(analyse, offre)
    form = QualificationForm(request.POST)
    if not form.is_valid():
        return _montrer(request, place, analyse, ligne, qualification=form)
    services.qualifier(
        offre=ligne.offre, **form.cleaned_data, par=request.user, maintenant=maintenant()
    )
    messages.success(request, f"{ligne.nom} : c'est inscrit.")
    return redirect("analyse:offre", *place.adresse, offre)


@jamais_gardee
@connexion_requise
@require_POST
def variante(request: HttpRequest, reference: str, numero: int, offre: str) -> HttpResponse:
    """Inscrire une variante lue dans le même pli."""
    place, analyse = ouvert(request, reference, numero, "conduire_l_analyse")
    ligne = ligne_nommee(analyse, offre)
    form = VarianteForm(request.POST)
    if not form.is_valid():
        return _montrer(request, place, analyse, ligne, variante=form)
    inscrite = services.inscrire_une_variante(
        consultation=place.consultation,
        pli=ligne.offre.pli,
        lot=place.cle,
        intitule=form.cleaned_data["intitule"],
        par=request.user,
        maintenant=maintenant(),
    )
    return redirect("analyse:offre", *place.adresse, inscrite.reference)


@jamais_gardee
@connexion_requise
@require_safe
@lecture()
def prix(request: HttpRequest, reference: str, numero: int, offre: str) -> HttpResponse:
    """Le bordereau de l'offre, cellule par cellule contre celui de l'acheteur."""
    place, analyse = ouvert(request, reference, numero)
    ligne = ligne_nommee(analyse, offre)
    vue = ecrans_des_offres.prix(
        analyse, ligne, fichier=request.GET.get("fichier", ""), cadre=request.GET.get("cadre", "")
    )
    return page(request, "prix", place, ligne=ligne, **vue)
