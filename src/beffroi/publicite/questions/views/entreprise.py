"""Une entreprise pose une question, en garde l'accusé, et retrouve les siennes."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.queries import lisible
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.entreprises.queries import equipe_courante
from beffroi.publicite.questions import ecrans, queries, services
from beffroi.publicite.questions.models import Question
from beffroi.publicite.questions.views.demande import montrer, portee, question_saisie
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne

PAR_PAGE = 20


@envoi_borne(EnvoiBorne)
# la garde lirait l'envoi avant la connexion : `_poser` la passe juste après
@csrf_exempt
@login_not_required  # sans compte, on demande par le lien reçu ; `_poser` exige la connexion
def poser(request: HttpRequest, reference: str) -> HttpResponseBase:
    if not request.user.is_authenticated and request.method != "POST":
        return redirect("questions:demander", reference)
    return _poser(request, reference)


@connexion_requise
@csrf_protect
@formulaire
def _poser(request: HttpRequest, reference: str) -> HttpResponse:
    consultation, instant = lisible(reference, request.user), maintenant()
    equipe, form = equipe_courante(request), question_saisie(request)

    def porter(saisie: services.Saisie) -> Question:
        return services.poser_une_question(
            consultation=consultation,
            equipe=equipe,
            saisie=saisie,
            par=request.user,
            maintenant=instant,
        )

    question = portee(request, form, porter)
    if question:
        return redirect("questions:accuse", question.reference)
    page = ecrans.page_ou_demander(consultation, le=instant) | {"equipe": equipe}
    return montrer(request, "entreprise/poser", form, page)


@connexion_requise
@require_safe
@jamais_gardee
def accuse(request: HttpRequest, question: str) -> HttpResponse:
    trouvee = queries.question_de(request.user, question)
    reponse = queries.reponse_preparee(trouvee)
    contexte = {
        "question": trouvee,
        "consultation": trouvee.consultation,
        "pieces": [(piece.nom, ecrans.precision(piece)) for piece in trouvee.pieces.all()],
        "reponse": reponse if reponse and reponse.publiee_le else None,
    }
    return render(request, "questions/entreprise/accuse.html", contexte)


@connexion_requise
@require_safe
def mes_questions(request: HttpRequest) -> HttpResponse:
    pages = Paginator(queries.visibles_de(request.user), PAR_PAGE).get_page(request.GET.get("page"))
    lignes = [(question, *ecrans.etat_pour_son_auteur(question)) for question in pages]
    return render(
        request, "questions/entreprise/mes_questions.html", {"pages": pages, "lignes": lignes}
    )
