"""Une réponse en préparation : ses étapes, son groupement, ses lots ; et toutes mes réponses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.entreprises.queries import appartenances
from beffroi.reponse.depots import services
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.depots.queries import reponse_pour
from beffroi.reponse.reponses.forms import (
    GroupementForm,
    LignesDuGroupement,
    LotsForm,
    MembresFormSet,
)
from beffroi.reponse.reponses.mes_reponses import rubriques
from beffroi.reponse.reponses.ports import courriers_non_lus
from beffroi.reponse.reponses.queries.avancement import Avancement, avancement
from beffroi.reponse.reponses.queries.taches_de_la_reponse import adresse_des_pieces, etape, taches
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, saisie
from beffroi.socle.guichet.lecture import lecture


def page(reponse: Avancement, *, ici: str = "", **reste: object) -> dict[str, object]:
    """Ce que tous les écrans d'une réponse ont en commun : le temps, la situation, les étapes."""
    liste = taches(reponse, ici=ici)
    rang, nombre = etape(liste)
    return {
        "reponse": reponse,
        "brouillon": reponse.brouillon,
        "consultation": reponse.consultation,
        "taches": liste,
        "rang": rang,
        "nombre_d_etapes": nombre,
        **reste,
    }


@connexion_requise
@require_safe
@lecture()
def mes_reponses(request: HttpRequest) -> HttpResponse:
    contexte = {
        "rubriques": rubriques(request.user, le=maintenant()),
        "membres": appartenances(request.user),
        "non_lus": courriers_non_lus(request.user),
    }
    return render(request, "reponses/mes_reponses.html", contexte)


@connexion_requise
@require_safe
def etapes(request: HttpRequest, reference: str) -> HttpResponse:
    reponse = avancement(reponse_pour(request.user, reference), le=maintenant())
    premiere = adresse_des_pieces(reference, reponse.places[0])
    return render(request, "reponses/etapes.html", page(reponse, premiere_place=premiere))


@connexion_requise
@formulaire
def lots(request: HttpRequest, reference: str) -> HttpResponse:
    brouillon = reponse_pour(request.user, reference)
    if brouillon.invitation_id or not brouillon.consultation.est_allotie:
        return redirect("reponses:reponse", reference)
    form = LotsForm(
        request.POST or None, consultation=brouillon.consultation, initial={"lots": brouillon.lots}
    )
    if form.is_valid():
        with refus_dans(form, "lots"):
            services.choisir_les_lots(brouillon=brouillon, lots=form.cleaned_data["lots"])
            return redirect("reponses:reponse", reference)
    contexte = page(avancement(brouillon, le=maintenant()), ici="lots", form=form)
    return render(request, "reponses/lots.html", contexte, status=422 if form.errors else 200)


@connexion_requise
@formulaire
def groupement(request: HttpRequest, reference: str) -> HttpResponse:
    brouillon = reponse_pour(request.user, reference)
    if brouillon.invitation_id:
        return redirect("reponses:reponse", reference)
    connu = brouillon.groupement
    envoi = saisie(request)
    form = GroupementForm(envoi, initial={"forme": connu.get("forme", "")})
    lignes = MembresFormSet(envoi, initial=connu.get("membres", []), prefix="membre")
    if form.is_valid() and lignes.is_valid() and enregistrer(brouillon, form, lignes):
        return redirect("reponses:reponse", reference)
    contexte = page(
        avancement(brouillon, le=maintenant()), ici="groupement", form=form, lignes=lignes
    )
    en_faute = bool(form.errors or (lignes.is_bound and not lignes.is_valid()))
    return render(request, "reponses/groupement.html", contexte, status=422 if en_faute else 200)


def enregistrer(
    brouillon: BrouillonDeReponse, form: GroupementForm, lignes: LignesDuGroupement
) -> bool:
    """Un refus du service revient dans le formulaire, la saisie gardée."""
    forme = form.cleaned_data["forme"]
    with refus_dans(form, "forme"):
        services.declarer_le_groupement(
            brouillon=brouillon,
            forme=forme,
            membres=lignes.membres if forme else [],
            maintenant=maintenant(),
        )
        return True
    return False
