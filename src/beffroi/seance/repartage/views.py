"""Changer les personnes qui peuvent ouvrir :
choisir la liste, puis refaire les parts, à une ou deux personnes.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.preuves import (
    exiger_la_preuve,
    oublier_le_canari,
    poser_un_canari,
    preuve_rendue,
)
from beffroi.personnes.cles.scellement import parts_recues
from beffroi.personnes.cles.services import NouvellesParts
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.seance.repartage import ecrans, queries, services
from beffroi.seance.repartage.forms import PersonnesForm
from beffroi.seance.repartage.models import Repartage
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, rendre
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer
from beffroi.socle.guichet.scripts import champ, en_json, lire_json, octets


@connexion_requise
@require_http_methods(["GET", "POST"])
def changer(request: HttpRequest, reference: str) -> HttpResponse:
    instant = maintenant()
    consultation = queries.consultation_a_changer(request.user, reference, instant)
    decision = queries.peut_changer(consultation)
    form = _personnes_a_choisir(request, consultation, decision.favorable, le=instant)
    if request.method == "POST" and form.is_valid():
        services.demander_un_repartage(
            consultation=consultation,
            vers=form.personnes(),
            voie=form.cleaned_data["voie"],
            demande=form.cleaned_data["demande"],
            par=request.user,
            maintenant=instant,
        )
        return redirect("repartage:repartage", reference)
    contexte = {
        "consultation": consultation,
        "refus": decision.motifs,
        "porteurs": queries.porteurs(consultation, instant) if decision.favorable else [],
        "standard": consultation.politique_de_cles == "standard",
        "en_cours": queries.repartage_de(consultation),
        "form": form,
    }
    return rendre(request, "repartage/changer.html", contexte)


def _personnes_a_choisir(
    request: HttpRequest, consultation: Consultation, possible: bool, *, le: datetime
) -> PersonnesForm:
    ouvreurs = queries.ouvreurs_de(consultation, le).values() if possible else ()
    return PersonnesForm(
        request.POST or None, ouvreurs=ouvreurs, en_place=_en_place(consultation, possible)
    )


def _en_place(consultation: Consultation, possible: bool) -> list[str]:
    paire = consultation.cle_offre
    if paire is None or not possible:
        return []
    return [part.identite.utilisateur.reference for part in cles.parts_des_membres(paire)]


@connexion_requise
@require_safe
def repartage(request: HttpRequest, reference: str) -> HttpResponse:
    instant = maintenant()
    trouve = queries.repartage_pour(request.user, reference, instant)
    contexte = ecrans.page(trouve, request.user, instant)
    if contexte["donnees"]:
        contexte["donnees"]["canari"] = poser_un_canari(request, contexte["s_ouvre_avec"])
    return render(request, "repartage/repartage.html", contexte)


@connexion_requise
@require_POST
@en_json
def remettre(request: HttpRequest, reference: str) -> JsonResponse:
    instant = maintenant()
    trouve, envoi = queries.repartage_pour(request.user, reference, instant), lire_json(request)
    exiger_la_preuve(preuve_rendue(request, envoi))
    attendues = {
        personne.reference: personne for personne in queries.porteurs_de_la_voie(trouve, instant)
    }
    seconde = attendues.get(champ(envoi, "a", str))
    if seconde is None:
        raise ConflitEtat("La personne choisie ne tient plus de part. Rechargez la page.")
    parts = champ(envoi, "parts", dict)
    services.remettre_sa_part(
        repartage=trouve,
        parts={sorte: octets(parts, sorte) for sorte in parts},
        a=seconde,
        par=request.user,
        maintenant=instant,
    )
    oublier_le_canari(request)
    return JsonResponse({"suite": reverse("repartage:repartage", args=(reference,))})


@connexion_requise
@require_POST
@en_json
def achever(request: HttpRequest, reference: str) -> JsonResponse:
    instant = maintenant()
    trouve, envoi = queries.repartage_pour(request.user, reference, instant), lire_json(request)
    exiger_la_preuve(preuve_rendue(request, envoi))
    services.achever_le_repartage(
        repartage=trouve,
        parts={
            sorte: _parts(trouve, champ(envoi, sorte, dict))
            for sorte in trouve.consultation.paires_de_cles
        },
        par=request.user,
        maintenant=instant,
    )
    oublier_le_canari(request)
    messages.success(
        request, "Les parts sont refaites. Chaque personne fait maintenant l'essai de sa clé."
    )
    chez_l_acheteur = not queries.est_un_gardien_demande(trouve, request.user)
    return JsonResponse(
        {
            "suite": adresse_d_apres(trouve.consultation)
            if chez_l_acheteur
            else reverse("cles:ma_cle")
        }
    )


def _parts(trouve: Repartage, recues: Mapping[str, Any]) -> NouvellesParts:
    identites = cles.identites_de(trouve.vers.all())
    membres = {identite.utilisateur.reference: identite for identite in identites.values()}
    gardiens = {gardien.reference: gardien for gardien in cles.gardiens_prets()}
    return NouvellesParts(
        membres=parts_recues(champ(recues, "membres", list), membres),
        gardiens=parts_recues(champ(recues, "gardiens", list), gardiens),
    )


@connexion_requise
@formulaire
def abandonner(request: HttpRequest, reference: str) -> HttpResponse:
    instant = maintenant()
    queries.consultation_a_changer(request.user, reference, instant)
    trouve = queries.repartage_pour(request.user, reference, instant)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                "Abandonner ce changement ?",
                (
                    "La part déjà remise pour lui s'efface. "
                    "Les personnes et les parts en place restent.",
                ),
                "Vous pourrez demander un autre changement, qui commencera du début.",
                "Abandonner ce changement",
                reverse("repartage:repartage", args=(reference,)),
                "Continuer ce changement",
            ),
        )
    consultation = services.abandonner_le_repartage(
        repartage=trouve, par=request.user, maintenant=instant
    )
    messages.success(request, "Le changement est abandonné. Les parts en place restent.")
    return redirect(adresse_d_apres(consultation))


def adresse_d_apres(consultation: Consultation) -> str:
    brouillon = consultation.etat in NON_PUBLIEES
    return reverse(
        "consultations:cles" if brouillon else "consultations:suivre",
        args=(consultation.reference,),
    )
