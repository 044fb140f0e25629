"""Le registre des dépôts, après l'heure limite,
et ce qui arrive autrement que par la plateforme.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.reponse.depots.services.materiel import enregistrer_depot_materiel
from beffroi.reponse.registre_des_depots import queries, rules, services
from beffroi.reponse.registre_des_depots.forms import DepotMaterielForm
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, rendre, saisie
from beffroi.socle.journal.tirages import EXTENSIONS, en_piece_jointe


@jamais_gardee
@connexion_requise
@formulaire
def registre(request: HttpRequest, reference: str) -> HttpResponse:
    """Le registre à l'écran ; le sceller au journal (POST)."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "lire_le_registre", le=le)
    if request.method == "POST":
        services.sceller_le_registre(
            consultation=consultation, par=request.user.acteur, maintenant=le
        )
        return redirect("registre_des_depots:registre", reference)
    exiger(rules.peut_se_montrer(date_limite=consultation.limite, maintenant=le))
    registre, scelle = (
        queries.registre_de(consultation, etabli_le=le),
        queries.dernier_tirage(consultation),
    )
    contexte = {
        "consultation": consultation,
        "registre": registre,
        "scelle": scelle,
        "a_change": scelle is not None and queries.a_change(scelle, registre),
        "precedents": queries.tirages_precedents(consultation),
    }
    return render(request, "registre_des_depots/registre.html", contexte)


@jamais_gardee
@connexion_requise
@require_http_methods(["GET", "HEAD"])
def telecharger(request: HttpRequest, reference: str, extension: str) -> HttpResponse:
    """Les octets du dernier tirage scellé, tels qu'il les a scellés ;
    rien tant qu'aucun ne l'est.
    """
    consultation = queries.consultation_pour(
        request.user, reference, "lire_le_registre", le=maintenant()
    )
    if extension not in EXTENSIONS:
        raise Http404
    tirage = queries.dernier_tirage(consultation)
    if tirage is None or not tirage.documents:
        return redirect("registre_des_depots:registre", reference)
    return en_piece_jointe(tirage, extension, nom=f"registre-{consultation.reference}")


@jamais_gardee
@connexion_requise
@formulaire
def depot_materiel(request: HttpRequest, reference: str) -> HttpResponse:
    """Inscrire une copie de sauvegarde, un échantillon ou une réponse papier (REQ-72, REQ-74)."""
    le = maintenant()
    consultation = queries.consultation_pour(
        request.user, reference, "inscrire_un_depot_materiel", le=le
    )
    form = DepotMaterielForm(saisie(request), consultation=consultation)
    if form.is_valid():
        enregistrer_depot_materiel(
            consultation=consultation, arrivee=form.arrivee(), par=request.user, maintenant=le
        )
        return redirect("registre_des_depots:depot_materiel", reference)
    contexte = {
        "consultation": consultation,
        "form": form,
        "depots": consultation.depots_materiels.select_related("saisi_par"),
    }
    return rendre(request, "registre_des_depots/depot_materiel.html", contexte)
