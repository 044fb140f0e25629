"""Les écrans des candidatures :
la grille, une candidature, ce qu'on lui demande, ses preuves, la décision.
"""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.candidatures import dume, ecrans, examen, ports, queries, rules, services
from beffroi.choix.candidatures.forms import (
    ComplementForm,
    DecisionForm,
    DemandeDePreuvesForm,
    ExamenForm,
    OrdreForm,
    PreuveForm,
)
from beffroi.choix.candidatures.permissions import ACTES
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie
from beffroi.socle.guichet.champs.dates import en_jour_et_heure
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.lecture import en_une_lecture, lecture
from beffroi.socle.guichet.telechargements import en_piece_jointe
from droit.en_vigueur import Droit
from formats.dates import PARIS


def _consultation(request: HttpRequest, reference: str, acte: str) -> Consultation:
    acte = acte if request.method == "POST" else "voir_les_candidatures"
    return queries.consultation_pour(request.user, reference, acte, le=maintenant())


def _page(
    request: HttpRequest, gabarit: str, consultation: Consultation, **contexte: Any
) -> HttpResponse:
    habilitation = habilitation_dans(request.user, consultation.organisme, maintenant())
    contexte |= {
        "consultation": consultation,
        "peut_examiner": permet(habilitation, "examiner_les_candidatures", ACTES),
    }
    return rendre(request, f"candidatures/{gabarit}.html", contexte)


@jamais_gardee
@connexion_requise
@require_safe
@lecture()
def grille(request: HttpRequest, reference: str) -> HttpResponse:
    """Chaque candidature ouverte, ce qui lui manque, et ce qui en est décidé."""
    consultation = _consultation(request, reference, "voir_les_candidatures")
    return _page(request, "grille", consultation, **ecrans.grille(consultation, le=maintenant()))


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def examiner(request: HttpRequest, reference: str, pli: str) -> HttpResponse:
    """Une candidature : un verdict par pièce, une note, et tout ce qui l'entoure."""
    consultation = _consultation(request, reference, "examiner_les_candidatures")
    vue = ecrans.une_candidature(
        consultation, queries.candidature_de(consultation, pli), le=maintenant()
    )
    form = ExamenForm(saisie(request), dossier=vue["dossier"])
    if form.is_valid():
        acte = partial(
            services.examiner,
            pli=vue["pli"],
            constats=form.constats(),
            par=request.user,
            maintenant=maintenant(),
        )
        if fait(request, form, acte, "L'examen est inscrit.", rien="Rien n'a changé."):
            return redirect("candidatures:examiner", reference, pli)
    return _page(request, "examiner", consultation, form=form, **vue)


@jamais_gardee
@reauthentification_recente
@formulaire
@en_une_lecture
def decider(request: HttpRequest, reference: str, pli: str) -> HttpResponse:
    """Admettre ou écarter, lot par lot ;
    une décision nouvelle remplace l'ancienne, qui reste lisible.
    """
    consultation = queries.consultation_pour(
        request.user, reference, "decider_des_candidatures", le=maintenant()
    )
    candidature = queries.candidature_de(consultation, pli)
    vue = ecrans.une_candidature(consultation, candidature, le=maintenant())
    form = DecisionForm(
        saisie(request),
        candidature=candidature,
        incomplete=bool(vue["dossier"].manquantes),
    )
    if form.is_valid():
        acte = partial(
            services.decider_des_candidatures,
            consultation=consultation,
            choix=form.choix(),
            par=request.user,
            maintenant=maintenant(),
        )
        if fait(request, form, acte, "La décision est inscrite."):
            return redirect("candidatures:grille", reference)
    return _page(request, "decider", consultation, form=form, **vue)


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def completer(request: HttpRequest, reference: str) -> HttpResponse:
    """Une lettre à toutes celles dont la candidature est à compléter, avec un seul délai."""
    consultation = queries.consultation_pour(
        request.user, reference, "examiner_les_candidatures", le=maintenant()
    )
    vue = ecrans.complements(consultation, le=maintenant())
    initial = en_jour_et_heure("avant", vue["deja"])
    form = ComplementForm(saisie(request), dossiers=vue["a_completer"], initial=initial)
    if form.is_valid():
        acte = partial(
            services.demander_de_completer,
            consultation=consultation,
            demandes=form.demandes(),
            avant=form.cleaned_data["avant"],
            par=request.user,
            maintenant=maintenant(),
        )
        if fait(request, form, acte, "La demande est envoyée, à toutes en même temps."):
            return redirect("candidatures:grille", reference)
    return _page(request, "completer", consultation, form=form, **vue)


@jamais_gardee
@connexion_requise
@formulaire
def ordre(request: HttpRequest, reference: str) -> HttpResponse:
    """Les candidatures d'abord, ou les offres (CCP, art. R. 2161-4)."""
    consultation = queries.consultation_pour(
        request.user, reference, "examiner_les_candidatures", le=maintenant()
    )
    initial = {"ordre": examen.ordre_de(consultation)}
    form = OrdreForm(saisie(request), initial=initial)
    if form.is_valid():
        services.choisir_l_ordre(
            consultation=consultation,
            ordre=form.cleaned_data["ordre"],
            par=request.user,
            maintenant=maintenant(),
        )
        messages.success(request, "L'ordre d'examen est inscrit.")
        return redirect("candidatures:grille", reference)
    possible = consultation.procedure.cle in rules.OFFRES_D_ABORD
    return _page(request, "ordre", consultation, form=form, possible=possible)


@envoi_borne(EnvoiBorne)
@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def preuves(request: HttpRequest, reference: str, pli: str) -> HttpResponse:
    """Les preuves que l'entreprise n'est pas exclue, et de quoi en ajouter une."""
    consultation = _consultation(request, reference, "examiner_les_candidatures")
    candidature, le = queries.candidature_de(consultation, pli), maintenant()
    vue = ecrans.preuves(consultation, candidature, le=le)
    form = PreuveForm(
        saisie(request),
        request.FILES or None,
        envoyees=ecrans.pieces_envoyees(candidature.pli),
        droit=Droit.au(le.astimezone(PARIS).date()),
    )
    if form.is_valid():
        acte = partial(
            services.ajouter_une_preuve,
            pli=candidature.pli,
            saisie=form.saisie(),
            par=request.user,
            maintenant=le,
        )
        if fait(request, form, acte, "La preuve est gardée."):
            return redirect("candidatures:preuves", reference, pli)
    return _page(request, "preuves", consultation, form=form, **vue)


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def demander_les_preuves(request: HttpRequest, reference: str, pli: str) -> HttpResponse:
    """Une lettre à la seule entreprise que l'on va retenir (CCP, art. R. 2144-4)."""
    consultation = queries.consultation_pour(
        request.user, reference, "examiner_les_candidatures", le=maintenant()
    )
    candidature = queries.candidature_de(consultation, pli)
    form = DemandeDePreuvesForm(saisie(request))
    if form.is_valid():
        acte = partial(
            services.demander_les_preuves,
            pli=candidature.pli,
            sortes=form.cleaned_data["sortes"],
            avant=form.cleaned_data["avant"],
            par=request.user,
            maintenant=maintenant(),
        )
        if fait(request, form, acte, "La demande est envoyée à l'entreprise."):
            return redirect("candidatures:preuves", reference, pli)
    vue = ecrans.preuves(consultation, candidature, le=maintenant())
    return _page(request, "demander_les_preuves", consultation, form=form, **vue)


@jamais_gardee
@connexion_requise
@require_POST
def obtenir_les_preuves(request: HttpRequest, reference: str, pli: str) -> HttpResponse:
    """Le service officiel est interrogé avant l'acte ;
    muet, l'écran dit de demander à l'entreprise.
    """
    consultation = queries.consultation_pour(
        request.user, reference, "examiner_les_candidatures", le=maintenant()
    )
    candidature = queries.candidature_de(consultation, pli)
    siren = candidature.pli.equipe.numero_d_entreprise
    try:
        obtenues = ports.preuves_officielles().demander(siren, le=maintenant())
    except ports.ServiceOfficielMuet as refus:
        messages.warning(request, refus.message)
        return redirect("candidatures:preuves", reference, pli)
    gardees = services.garder_les_preuves_obtenues(
        pli=candidature.pli, obtenues=obtenues, par=request.user, maintenant=maintenant()
    )
    messages.success(request, f"Preuves reçues du service officiel : {len(gardees)}.")
    return redirect("candidatures:preuves", reference, pli)


@jamais_gardee
@connexion_requise
@require_safe
def fichier_de_preuve(request: HttpRequest, reference: str, preuve: str) -> HttpResponseBase:
    """Un fichier venu d'ailleurs : toujours en pièce jointe, jamais affiché ici."""
    consultation = queries.consultation_pour(
        request.user, reference, "voir_les_candidatures", le=maintenant()
    )
    gardee = queries.preuve_pour(consultation, preuve)
    return en_piece_jointe(
        stockage().lire(gardee.cle_de_stockage), nom=gardee.nom, taille=gardee.taille
    )


@jamais_gardee
@connexion_requise
@require_safe
def lire_le_dume(request: HttpRequest, reference: str, fichier: str) -> HttpResponse:
    """Ce qu'il déclare, et ce que les règles lui reprochent ;
    les règles européennes à la demande, quelques secondes.
    """
    le = maintenant()
    consultation = queries.consultation_pour(
        request.user, reference, "voir_les_candidatures", le=le
    )
    ouvert = dume.fichier_de(consultation, fichier, pour=request.user, le=le)
    regles = "regles" in request.GET
    contexte = {
        "consultation": consultation,
        "vu": dume.lu(ouvert, le=le, regles=regles),
        "regles": regles,
    }
    return render(request, "candidatures/dume.html", contexte)
