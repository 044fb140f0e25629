"""Les questions et leurs réponses, pour tout le monde : sans compte, sans cookie, sans script."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.queries import lisible
from beffroi.achat.consultations.queries.presentation import garde_de, suites
from beffroi.publicite.questions import ecrans, queries, rules
from beffroi.socle.guichet import conditionnel
from beffroi.socle.guichet.conditionnel import avec_liens
from beffroi.socle.guichet.telechargements import servir


@login_not_required
@require_safe
def liste(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = lisible(reference, request.user)
    contexte = {
        "consultation": consultation,
        "reponses": [
            (reponse, ecrans.pieces_publiques(consultation, reponse))
            for reponse in queries.publiees(consultation)
        ],
        "ouvertes": rules.peut_recevoir_une_question(etat=consultation.etat).favorable,
    }
    page = conditionnel.page_de_tous(request, "questions/public/liste.html", contexte)
    return avec_liens(page, **suites(consultation))


@login_not_required
@require_safe
def piece(request: HttpRequest, reference: str, piece: str, nom: str) -> HttpResponseBase:
    consultation = lisible(reference, request.user)
    trouvee = queries.piece_publique(consultation, piece)
    return servir(
        request,
        cle=trouvee.cle_de_stockage,
        nom=trouvee.nom,
        taille=trouvee.taille,
        etiquette=f'"{trouvee.sha256}"',
        garde=garde_de(consultation),
    )
