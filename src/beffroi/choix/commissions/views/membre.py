"""La page d'un membre convoqué : son ordre du jour, ses rapports, son retrait d'une affaire.

Aucun rôle ne lui est demandé.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from beffroi.choix.commissions import ecrans, queries, services
from beffroi.choix.commissions.forms import DeportForm
from beffroi.choix.commissions.ports import analyse_du_lot
from beffroi.choix.commissions.queries import anonymat
from beffroi.choix.commissions.views.commun import page
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import Introuvable, RoleManquant
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, saisie
from beffroi.socle.guichet.lecture import en_une_lecture
from beffroi.socle.guichet.telechargements import rendre_un_fichier


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def ma_reunion(request: HttpRequest, reference: str) -> HttpResponse:
    siege = queries.siege_pour(request.user, reference, le=maintenant())
    form = DeportForm(saisie(request), sieges=[siege], points=queries.points_de(siege.reunion))

    def acte() -> None:
        donnees = form.cleaned_data
        point = form.points[donnees["point"]]
        services.noter_un_deport(
            siege=siege,
            point=point,
            motif=donnees["motif"],
            par=request.user,
            maintenant=maintenant(),
        )

    if fait(request, form, acte, "C'est noté : vous ne voterez pas de cette affaire."):
        return redirect("commissions:ma_reunion", reference)
    return page(request, "ma_reunion", form=form, **ecrans.ma_reunion(siege))


@jamais_gardee
@connexion_requise
@require_safe
def rapport(request: HttpRequest, reference: str, rang: int) -> HttpResponse:
    """Le rapport d'analyse validé d'une affaire à l'ordre du jour ;
    jamais à qui s'en est retiré.
    """
    siege = queries.siege_pour(request.user, reference, le=maintenant())
    point = queries.point_pour(siege.reunion, rang)
    if siege.deports.filter(point=point).exists():
        raise RoleManquant("Vous vous êtes retiré de cette affaire : vous n'en lisez rien.")
    if anonymat.est_anonyme(point):
        raise RoleManquant(anonymat.GARDE)
    octets = analyse_du_lot().rapport(point.consultation, point.lot)
    if octets is None:
        raise Introuvable()
    lot = f"-lot-{point.lot}" if point.lot else ""
    return rendre_un_fichier(octets, f"rapport-d-analyse-{point.consultation.reference}{lot}.pdf")
