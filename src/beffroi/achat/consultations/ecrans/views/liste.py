"""Les consultations de mon organisme."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.achat.consultations import queries
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import preparation
from beffroi.achat.consultations.queries import presentation
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.queries import habilitations_en_cours
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant

PAR_PAGE = 50


@connexion_requise
@require_safe
def mes_consultations(request: HttpRequest) -> HttpResponse:
    instant = maintenant()
    nombre_d_organismes = len(habilitations_en_cours(request.user, instant))
    if not nombre_d_organismes:
        raise Introuvable()
    pages = Paginator(queries.de_mes_organismes(request.user, instant), PAR_PAGE).get_page(
        request.GET.get("page")
    )
    redige_pour = queries.organismes_ou_l_on_redige(request.user, instant)
    contexte = {
        "pages": pages,
        "lignes": [
            (c, presentation.etat_affiche(c, instant), adresse(c), c.organisme_id in redige_pour)
            for c in pages
        ],
        "peut_rediger": bool(redige_pour),
        "nouvelle": preparation().adresse_de_la_nouvelle(),
        "plusieurs_organismes": nombre_d_organismes > 1,
    }
    return render(request, "atelier/mes_consultations.html", contexte)


def adresse(consultation: Consultation) -> str:
    """Un brouillon se prépare, une consultation publiée se suit."""
    nom = "preparer" if consultation.etat in queries.NON_PUBLIEES else "suivre"
    return reverse(f"consultations:{nom}", args=(consultation.reference,))
