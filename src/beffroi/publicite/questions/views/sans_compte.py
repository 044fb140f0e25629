"""Demander sans compte : donner son adresse, puis écrire par le lien reçu.

Rien n'y dépend d'un cookie, et aucun envoi n'agit au nom d'un compte :
il n'y a pas de jeton CSRF, le lien signé fait foi.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from beffroi.achat.consultations.queries import publique
from beffroi.personnes.comptes.decorateurs import jamais_gardee
from beffroi.publicite.questions import ecrans, queries, services
from beffroi.publicite.questions.models import Question
from beffroi.publicite.questions.rules import LIENS_DEMANDES, QUESTIONS_PAR_LIEN
from beffroi.publicite.questions.views.demande import montrer, portee, question_saisie
from beffroi.socle.budgets.inconnus import sur_le_budget
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, saisie
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.formulaires import AdresseForm


@csrf_exempt
@login_not_required
@jamais_gardee
@formulaire
def demander(request: HttpRequest, reference: str) -> HttpResponse:
    """Recevoir le lien ; la réponse est la même pour toute adresse."""
    consultation, instant = publique(reference), maintenant()
    page = ecrans.page_ou_demander(consultation, le=instant)
    form = AdresseForm(saisie(request))
    if page["ouvertes"] and form.is_valid():
        courriel = form.cleaned_data["courriel"]
        with refus_dans(form), sur_le_budget(request, LIENS_DEMANDES, maintenant=instant):
            services.donner_le_lien(
                consultation=consultation, courriel=courriel, maintenant=instant
            )
            contexte = {"consultation": consultation}
            return render(request, "questions/public/lien_envoye.html", contexte)
    return montrer(request, "public/demander", form, page)


@envoi_borne(EnvoiBorne)
@csrf_exempt
@login_not_required
@jamais_gardee
@formulaire
def poser(request: HttpRequest, jeton: str) -> HttpResponse:
    """Écrire sa question par le lien reçu, et suivre les siennes. Ouvrir le lien n'envoie rien."""
    instant = maintenant()
    demandeur = queries.demandeur_du_lien(jeton, le=instant)
    form = question_saisie(request)

    def porter(saisie: services.Saisie) -> Question:
        budget = sur_le_budget(
            request,
            QUESTIONS_PAR_LIEN,
            maintenant=instant,
            lien=demandeur.reference,
            octets=octets_joints(request),
        )
        with budget:
            return services.poser_sans_compte(
                demandeur=demandeur, saisie=saisie, maintenant=instant
            )

    if portee(request, form, porter):
        return redirect("questions:sans_compte", jeton)
    return montrer(
        request, "public/sans_compte", form, ecrans.page_du_demandeur(demandeur, le=instant)
    )


def octets_joints(request: HttpRequest) -> int:
    tailles = [fichier.size or 0 for fichier in request.FILES.values()]
    return sum(tailles)
