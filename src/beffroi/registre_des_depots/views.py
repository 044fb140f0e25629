"""Le registre des dépôts, après l'heure limite, et ce qui arrive autrement que par la plateforme."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beffroi.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.depots.services.materiel import enregistrer_depot_materiel
from beffroi.registre_des_depots import composition, queries, rules, services
from beffroi.registre_des_depots.forms import DepotMaterielForm
from beffroi.socle.erreurs import exiger
from beffroi.socle.horloge import maintenant
from formats import registre_des_depots as formats_du_registre

FORMATS = {
    "ods": (formats_du_registre.ods, "application/vnd.oasis.opendocument.spreadsheet"),
    "csv": (formats_du_registre.csv, "text/csv; charset=utf-8"),
    "pdf": (formats_du_registre.pdf, "application/pdf"),
}


@jamais_gardee
@connexion_requise
@require_http_methods(["GET", "HEAD", "POST"])
def registre(request: HttpRequest, reference: str) -> HttpResponse:
    """Le registre à l'écran ; le sceller au journal (POST)."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "lire_le_registre", le=le)
    if request.method == "POST":
        services.sceller_le_registre(consultation=consultation, par=request.user, maintenant=le)
        return redirect("registre_des_depots:registre", reference)
    exiger(rules.peut_se_montrer(date_limite=consultation.limite, maintenant=le))
    contexte = {
        "consultation": consultation,
        "registre": composition.composer(consultation, etabli_le=le),
        "scelle": queries.registre_scelle(consultation),
    }
    return render(request, "registre_des_depots/registre.html", contexte)


@jamais_gardee
@connexion_requise
@require_http_methods(["GET", "HEAD"])
def telecharger(request: HttpRequest, reference: str, extension: str) -> HttpResponse:
    """Le registre dans un format ; il se télécharge une fois scellé."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "lire_le_registre", le=le)
    if extension not in FORMATS:
        raise Http404
    if queries.registre_scelle(consultation) is None:
        return redirect("registre_des_depots:registre", reference)
    fabrique, type_mime = FORMATS[extension]
    octets = fabrique(composition.composer(consultation, etabli_le=le))
    reponse = HttpResponse(octets, content_type=type_mime)
    reponse["Content-Disposition"] = f'attachment; filename="registre-{consultation.reference}.{extension}"'
    return reponse


@jamais_gardee
@connexion_requise
@require_http_methods(["GET", "HEAD", "POST"])
def depot_materiel(request: HttpRequest, reference: str) -> HttpResponse:
    """Inscrire une copie de sauvegarde, un échantillon ou une réponse papier (REQ-72, REQ-74)."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "inscrire_un_depot_materiel", le=le)
    form = DepotMaterielForm(request.POST if request.method == "POST" else None, consultation=consultation)
    if form.is_valid():
        enregistrer_depot_materiel(consultation=consultation, arrivee=form.arrivee(), par=request.user, maintenant=le)
        return redirect("registre_des_depots:depot_materiel", reference)
    contexte = {
        "consultation": consultation,
        "form": form,
        "depots": consultation.depots_materiels.select_related("saisi_par"),
    }
    return render(request, "registre_des_depots/depot_materiel.html", contexte, status=422 if form.errors else 200)
