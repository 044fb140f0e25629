"""L'acheteur écrit à une ou plusieurs entreprises,
relit chaque exemplaire, puis l'envoie d'un acte.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES, consultation_pour
from beffroi.choix.echanges import ecrans, modeles, queries, rules, services
from beffroi.choix.echanges.forms import (
    CourrierForm,
    PiecesPropresForm,
    TextesPropresForm,
    designation,
)
from beffroi.choix.echanges.models import Courrier
from beffroi.choix.echanges.permissions import ACTES
from beffroi.choix.echanges.personnalisation import CHAMPS, PROPRE
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, rendre, saisie
from beffroi.socle.guichet.champs.dates import en_jour_et_heure
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne


def publiee(request: HttpRequest, reference: str, acte: str) -> Consultation:
    consultation = consultation_pour(request.user, reference, acte, maintenant(), table=ACTES)
    if consultation.etat in NON_PUBLIEES:
        raise Introuvable()
    return consultation


def peut_ecrire(request: HttpRequest, consultation: Consultation) -> bool:
    habilitation = habilitation_dans(request.user, consultation.organisme, maintenant())
    return (
        permet(habilitation, "ecrire", ACTES)
        and rules.peut_ecrire(etat=consultation.etat).favorable
    )


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def ecrire(request: HttpRequest, reference: str, courrier: str = "") -> HttpResponse:
    consultation, instant = publiee(request, reference, "ecrire"), maintenant()
    brouillon = queries.courrier_pour(consultation, courrier) if courrier else None
    if brouillon and brouillon.envoye_le:
        return redirect("echanges:courrier", reference, brouillon.reference)
    form = _formulaire(request, consultation, brouillon)
    if request.method == "POST" and form.is_valid():
        garde = services.rediger(
            consultation=consultation,
            courrier=brouillon,
            projet=form.projet(),
            par=request.user,
            maintenant=instant,
        )
        return redirect("echanges:courrier", reference, garde.reference)
    contexte = {
        "consultation": consultation,
        "courrier": brouillon,
        "form": form,
        "modeles": modeles.MODELES,
        "champs": CHAMPS.items(),
        "noms_tus": instant <= consultation.limite,
        "ouverte": rules.peut_ecrire(etat=consultation.etat).favorable,
        "sans_suite": consultation.etat == Consultation.Etat.SANS_SUITE,
    }
    return rendre(request, "echanges/acheteur/ecrire.html", contexte)


def _formulaire(
    request: HttpRequest, consultation: Consultation, courrier: Courrier | None
) -> CourrierForm:
    return CourrierForm(
        request.POST or None,
        request.FILES or None,
        joignables=queries.joignables(consultation, le=maintenant()),
        se_negocie=consultation.procedure.se_negocie,
        sans_suite=consultation.etat == Consultation.Etat.SANS_SUITE,
        courrier=courrier,
        initial=_initial(courrier) if courrier else _du_modele(request),
    )


def _initial(courrier: Courrier) -> dict[str, Any]:
    choisis = [designation(e.fil.equipe) for e in queries.exemplaires_de(courrier)]
    champs = {
        "sorte": courrier.sorte,
        "sujet": courrier.sujet,
        "texte": courrier.texte,
        "a": choisis,
    }
    return {**champs, **en_jour_et_heure("avant", courrier.reponse_avant)}


def _du_modele(request: HttpRequest) -> dict[str, Any]:
    modele = modeles.MODELES.get(request.GET.get("modele", ""))
    return {"sorte": modele.sorte, "sujet": modele.sujet, "texte": modele.texte} if modele else {}


@connexion_requise
@formulaire
def courrier(request: HttpRequest, reference: str, courrier: str) -> HttpResponse:
    """Un brouillon se relit, exemplaire par exemplaire ; un courrier parti se suit."""
    consultation, instant = publiee(request, reference, "lire_les_courriers"), maintenant()
    trouve = queries.courrier_pour(consultation, courrier)
    contexte = {
        "consultation": consultation,
        "courrier": trouve,
        "pieces": ecrans.pieces_de_l_acheteur(consultation, trouve.pieces.all()),
        "peut_ecrire": peut_ecrire(request, consultation),
    }
    if trouve.envoye_le:
        exemplaires = queries.exemplaires_remis(consultation).filter(courrier=trouve)
        contexte["lignes"] = [ecrans.ligne_de(exemplaire, le=instant) for exemplaire in exemplaires]
        return render(request, "echanges/acheteur/envoye.html", contexte)
    return _relire(request, trouve, contexte)


def _relire(request: HttpRequest, courrier: Courrier, contexte: dict[str, Any]) -> HttpResponse:
    faits = services.faits_de(courrier, le=maintenant())
    propres = list(queries.exemplaires_de(courrier)) if PROPRE in faits.champs else []
    form = TextesPropresForm(saisie(request), exemplaires=propres)
    reference = courrier.consultation.reference
    if request.method == "POST":
        publiee(request, reference, "ecrire")
        if form.is_valid():
            services.ecrire_les_textes_propres(
                courrier=courrier,
                textes=form.cleaned_data,
                par=request.user.acteur,
                maintenant=maintenant(),
            )
            return redirect("echanges:courrier", reference, courrier.reference)
    manques = rules.peut_etre_envoye(faits, maintenant=maintenant()).motifs
    contexte |= {
        "form": form,
        "propres": propres,
        "manques": manques,
        "apercus": ecrans.apercus(courrier),
    }
    return rendre(request, "echanges/acheteur/relire.html", contexte)


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def pieces_propres(
    request: HttpRequest, reference: str, courrier: str, exemplaire: str
) -> HttpResponse:
    """Les fichiers qu'une seule entreprise recevra."""
    consultation = publiee(request, reference, "ecrire")
    trouve = queries.brouillon_d_exemplaire(
        queries.courrier_pour(consultation, courrier), exemplaire
    )
    form = PiecesPropresForm(request.POST or None, request.FILES or None, exemplaire=trouve)
    if request.method == "POST" and form.is_valid():
        services.joindre_a_une_seule(
            exemplaire=trouve,
            fichiers=form.fichiers(),
            retirees=form.cleaned_data["retirees"],
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        return redirect("echanges:courrier", reference, courrier)
    contexte = {"consultation": consultation, "exemplaire": trouve, "form": form}
    return rendre(request, "echanges/acheteur/pieces_propres.html", contexte)


@connexion_requise
@require_POST
def envoyer(request: HttpRequest, reference: str, courrier: str) -> HttpResponse:
    trouve = queries.courrier_pour(publiee(request, reference, "ecrire"), courrier)
    services.envoyer(courrier=trouve, par=request.user, maintenant=maintenant())
    messages.success(
        request, "Le courrier est envoyé. Chaque entreprise est prévenue par courriel."
    )
    return redirect("echanges:courrier", reference, trouve.reference)


@connexion_requise
@require_POST
def supprimer(request: HttpRequest, reference: str, courrier: str) -> HttpResponse:
    trouve = queries.courrier_pour(publiee(request, reference, "ecrire"), courrier)
    services.supprimer(courrier=trouve, par=request.user.acteur, maintenant=maintenant())
    messages.info(request, "Le brouillon est supprimé.")
    return redirect("echanges:liste", reference)
