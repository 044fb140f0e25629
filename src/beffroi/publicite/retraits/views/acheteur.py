"""Le registre des retraits, tel que l'acheteur le lit, le scelle et le télécharge."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beffroi.personnes.abonnements.queries import nombre_de_suivis
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.publicite.retraits import queries, services
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.journal.tirages import EXTENSIONS, en_piece_jointe

LIGNES_MONTREES = 200


@jamais_gardee
@connexion_requise
@formulaire
def registre(request: HttpRequest, reference: str) -> HttpResponse:
    """Le registre à l'écran, le plus récent d'abord ; le sceller au journal (POST)."""
    le = maintenant()
    consultation = queries.consultation_pour(request.user, reference, le=le)
    if request.method == "POST":
        services.sceller_le_registre(
            consultation=consultation, par=request.user.acteur, maintenant=le
        )
        return redirect("retraits:registre", reference)
    registre, scelle = (
        queries.registre_de(consultation, etabli_le=le),
        queries.dernier_tirage(consultation),
    )
    contexte = {
        "consultation": consultation,
        "registre": registre,
        "lignes": registre.lignes[::-1][:LIGNES_MONTREES],
        "suivis": nombre_de_suivis(queries.sujet_de(consultation).cle),
        "scelle": scelle,
        "a_change": scelle is not None and queries.a_change(scelle, registre),
    }
    return render(request, "retraits/acheteur/registre.html", contexte)


@jamais_gardee
@connexion_requise
@require_http_methods(["GET", "HEAD"])
def fichier(request: HttpRequest, reference: str, extension: str) -> HttpResponse:
    """Les octets du dernier tirage scellé, tels qu'il les a scellés ;
    rien tant qu'aucun ne l'est.
    """
    consultation = queries.consultation_pour(request.user, reference, le=maintenant())
    if extension not in EXTENSIONS:
        raise Http404
    tirage = queries.dernier_tirage(consultation)
    if tirage is None:
        return redirect("retraits:registre", reference)
    return en_piece_jointe(tirage, extension, nom=f"retraits-{consultation.reference}")
