"""L'acheteur lit les questions sans leur auteur,
prépare une réponse, la relit, puis la donne à tous.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES, consultation_pour
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.publicite.questions import ecrans, queries, rules, services
from beffroi.publicite.questions.forms import EcartForm, PublicationForm, ReponseForm
from beffroi.publicite.questions.models import Question, ReponseAQuestion
from beffroi.publicite.questions.permissions import ACTES
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, rendre, saisie
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.telechargements import servir


def _publiee(request: HttpRequest, reference: str, acte: str) -> Consultation:
    consultation = consultation_pour(request.user, reference, acte, maintenant(), table=ACTES)
    if consultation.etat in NON_PUBLIEES:
        raise Introuvable()
    return consultation


def _a_repondre(request: HttpRequest, reference: str, question: str) -> Question:
    return queries.question_pour(_publiee(request, reference, "repondre"), question)


@connexion_requise
@require_safe
def gerer(request: HttpRequest, reference: str) -> HttpResponse:
    consultation, instant = _publiee(request, reference, "voir"), maintenant()
    toutes = queries.de_l_acheteur(consultation).prefetch_related("pieces")
    vues = [ecrans.vue_de_l_acheteur(question, le=instant) for question in toutes]
    contexte = {
        "consultation": consultation,
        "attendent": [vue for vue in vues if vue.a_traiter],
        "traitees": [vue for vue in reversed(vues) if not vue.a_traiter],
        "avant": queries.a_repondre_avant(consultation),
        "peut_repondre": permet(
            habilitation_dans(request.user, consultation.organisme, instant), "repondre", ACTES
        ),
        "noms_tus": not rules.auteur_connu_de_l_acheteur(
            limite=consultation.limite, maintenant=instant
        ),
    }
    return render(request, "questions/acheteur/gerer.html", contexte)


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def repondre(request: HttpRequest, reference: str, question: str) -> HttpResponse:
    trouvee, instant = _a_repondre(request, reference, question), maintenant()
    reponse = queries.reponse_preparee(trouvee)
    vue = ecrans.vue_de_l_acheteur(trouvee, le=instant)
    form = ReponseForm(
        request.POST or None, request.FILES or None, reponse=reponse, initial=_initial(trouvee)
    )
    if request.method == "POST" and form.is_valid():
        services.preparer_la_reponse(
            question=trouvee, projet=form.projet(), par=request.user.acteur, maintenant=instant
        )
        return redirect("questions:publier", reference, question)
    contexte = {
        "consultation": trouvee.consultation,
        "vue": vue,
        "form": form,
        "reponse": reponse,
        "jointes": ecrans.pieces_de_la_reponse(trouvee, reponse),
        "avant": queries.a_repondre_avant(trouvee.consultation),
    }
    return rendre(request, "questions/acheteur/repondre.html", contexte)


def _initial(question: Question) -> dict[str, str]:
    reponse = getattr(question, "reponse", None)
    if reponse is None:
        return {"question_publique": question.texte}
    champs = ("question_publique", "texte", "suite", "motif_sans_changement")
    return {champ: getattr(reponse, champ) for champ in champs}


@connexion_requise
@formulaire
def publier(request: HttpRequest, reference: str, question: str) -> HttpResponse:
    """Relire ce que tous liront, puis le publier d'un acte."""
    trouvee, instant = _a_repondre(request, reference, question), maintenant()
    reponse = queries.reponse_preparee(trouvee)
    if reponse is None or reponse.publiee_le or trouvee.ecartee_le:
        return redirect("questions:repondre", reference, question)
    relue = "relue" in request.POST
    decision = queries.publication_de(reponse, relue=relue)
    if request.method == "POST" and decision.favorable:
        publiee = services.publier_la_reponse(
            question=trouvee, relue=relue, par=request.user.acteur, maintenant=instant
        )
        messages.success(
            request, f"La réponse n° {publiee.numero} est publiée, pour tous au même instant."
        )
        return redirect("questions:gerer", reference)
    refus = decision.motifs if request.method == "POST" else ()
    contexte = {**_a_relire(trouvee, reponse, le=instant), "refus": refus}
    return render(
        request, "questions/acheteur/publier.html", contexte, status=422 if refus else 200
    )


def _a_relire(question: Question, reponse: ReponseAQuestion, *, le: datetime) -> dict[str, Any]:
    """Tout ce que liront les entreprises, et ce qui manque encore pour le leur donner."""
    return {
        "consultation": question.consultation,
        "vue": ecrans.vue_de_l_acheteur(question, le=le),
        "reponse": reponse,
        "jointes": ecrans.pieces_de_la_reponse(question, reponse),
        "manques": queries.publication_de(reponse, relue=True).motifs,
        "traces": queries.traces_de(reponse),
        "form": PublicationForm(),
        "prolongation": queries.prolongation_d_une_reponse(question.consultation, le),
    }


@connexion_requise
@formulaire
def ecarter(request: HttpRequest, reference: str, question: str) -> HttpResponse:
    trouvee = _a_repondre(request, reference, question)
    form = EcartForm(saisie(request))
    if request.method == "POST" and form.is_valid():
        services.ecarter_la_question(
            question=trouvee,
            motif=form.cleaned_data["motif"],
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        messages.info(
            request, f"La question {trouvee.reference} est écartée. Son auteur sait pourquoi."
        )
        return redirect("questions:gerer", reference)
    contexte = {
        "consultation": trouvee.consultation,
        "vue": ecrans.vue_de_l_acheteur(trouvee, le=maintenant()),
        "form": form,
    }
    return rendre(request, "questions/acheteur/ecarter.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def piece(request: HttpRequest, reference: str, question: str, piece: str) -> HttpResponseBase:
    trouvee = queries.question_pour(_publiee(request, reference, "voir"), question)
    jointe = queries.piece_recue(trouvee, piece)
    return servir(
        request,
        cle=jointe.cle_de_stockage,
        nom=ecrans.nom_servi(trouvee, jointe, le=maintenant()),
        taille=jointe.taille,
        etiquette=f'"{jointe.sha256}"',
    )
