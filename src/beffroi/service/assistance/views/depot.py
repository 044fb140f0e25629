"""« Est-ce bien déposé ? » : chercher, répondre en une phrase, puis voir la frise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.service.assistance import depot_en_question
from beffroi.service.assistance.permissions import ACTES
from beffroi.service.assistance.services import regards
from beffroi.socle.fondations.horloge import maintenant
from formats.pluriels import enumerer


@connexion_requise
@jamais_gardee
@require_safe
def chercher(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "voir_les_tentatives", ACTES, le)
    texte = request.GET.get("q", "").replace("\0", "").strip()[:100]
    trouvees = depot_en_question.chercher(texte, le=le)
    noms = sorted({trouvee.brouillon.commence_par.nom for trouvee in trouvees if trouvee.homonyme})
    contexte = {"texte": texte, "trouvees": trouvees, "homonymes": enumerer(noms)}
    return render(request, "assistance/centre/depot.html", contexte)


@connexion_requise
@jamais_gardee
@require_safe
def frise(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "voir_les_tentatives", ACTES, le)
    trouvee = depot_en_question.une(reference)
    regards.regarder(brouillon=trouvee.brouillon, par=request.user, maintenant=le)
    contexte = {
        "trouvee": trouvee,
        **depot_en_question.ce_qu_elle_voit(trouvee.brouillon, le=le),
        "jours": depot_en_question.frise(trouvee),
    }
    return render(request, "assistance/centre/frise.html", contexte)
