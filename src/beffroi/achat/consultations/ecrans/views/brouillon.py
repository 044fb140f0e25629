"""Préparer un brouillon : la liste des tâches, et une page par tâche."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.achat.consultations import queries, services
from beffroi.achat.consultations.ecrans.forms import (
    DocumentForm,
    PieceAttendueForm,
    PolitiqueForm,
)
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.permissions import ACTES
from beffroi.achat.consultations.ports import liens_du_brouillon, preparation
from beffroi.achat.consultations.queries import presentation
from beffroi.achat.consultations.queries.taches_du_brouillon import taches
from beffroi.achat.consultations.rules.documents import OCTETS_MAXIMUM_D_UN_DOCUMENT
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer
from beffroi.socle.guichet.envois import borne_a, envoi_borne
from beffroi.socle.guichet.lecture import en_une_lecture, lecture


def a_rediger(request: HttpRequest, reference: str) -> Consultation:
    return queries.consultation_pour(request.user, reference, "rediger", maintenant())


@lecture()
def page(
    request: HttpRequest, gabarit: str, consultation: Consultation, ici: str, **contexte: Any
) -> HttpResponse:
    """Une page de tâche, avec la liste des tâches à gauche ;
    422 quand un formulaire est à corriger.
    """
    instant, form = maintenant(), contexte.get("form")
    return render(
        request,
        f"atelier/{gabarit}.html",
        {
            "consultation": consultation,
            "taches": taches(consultation, instant, ici=ici),
            "panneau": preparation().panneau(consultation, le=instant),
            **contexte,
        },
        status=422 if form is not None and form.errors else 200,
    )


@connexion_requise
@require_safe
@lecture()
def preparer(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(request.user, reference, "voir", maintenant())
    if consultation.etat not in queries.NON_PUBLIEES:
        return redirect("consultations:suivre", reference)
    a_faire = (tache.url for tache in taches(consultation, maintenant()) if tache.ton != "ok")
    refaisable = _peut_refaire(request, consultation)
    return page(request, "preparer", consultation, "", suite=next(a_faire), peut_refaire=refaisable)


def _peut_refaire(request: HttpRequest, consultation: Consultation) -> bool:
    """Pour qui rédige, dès qu'il y a des réponses à reprendre :
    le même achat, pour une autre école ou une autre rue.
    """
    if not consultation.organisme.peut_creer_des_consultations:
        return False
    habilitation = habilitation_dans(request.user, consultation.organisme, maintenant())
    repondues = any(etape.faite for etape in preparation().etapes(consultation, le=maintenant()))
    return repondues and permet(habilitation, "rediger", ACTES)


@envoi_borne(borne_a(OCTETS_MAXIMUM_D_UN_DOCUMENT))
@connexion_requise
@require_http_methods(["GET", "POST"])
@en_une_lecture
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = a_rediger(request, reference)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        fichier = form.cleaned_data["fichier"]
        services.ajouter_piece(
            consultation=consultation,
            sorte=form.cleaned_data["sorte"],
            intitule=form.cleaned_data["intitule"],
            nom=fichier.name,
            flux=fichier,
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        return redirect("consultations:preparer_documents", reference)
    en_vigueur = queries.pieces_du_dossier(consultation)
    pieces = [(piece, presentation.document_affiche(consultation, piece)) for piece in en_vigueur]
    liens = liens_du_brouillon(consultation)
    return page(
        request, "documents", consultation, "documents", form=form, pieces=pieces, liens=liens
    )


@connexion_requise
@formulaire
def retirer_document(request: HttpRequest, reference: str, piece: str) -> HttpResponse:
    trouvee = queries.piece_pour(a_rediger(request, reference), piece)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                f"Retirer « {trouvee.intitule} » du dossier ?",
                (f"Le fichier {trouvee.nom} s'efface de ce brouillon.",),
                (
                    "Nous ne pourrons pas vous le rendre : "
                    "gardez-en une copie pour l'ajouter de nouveau."
                ),
                "Retirer ce document",
                reverse("consultations:preparer_documents", args=(reference,)),
                "Le garder",
            ),
        )
    services.retirer_piece(piece=trouvee, par=request.user.acteur, maintenant=maintenant())
    messages.info(request, f"« {trouvee.intitule} » est retiré du dossier.")
    return redirect("consultations:preparer_documents", reference)


@connexion_requise
@require_http_methods(["GET", "POST"])
@en_une_lecture
def pieces(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = a_rediger(request, reference)
    form = PieceAttendueForm(request.POST or None, consultation=consultation)
    if request.method == "POST" and form.is_valid():
        numero = form.cleaned_data.get("lot")
        services.attendre_piece(
            consultation=consultation,
            enveloppe=form.cleaned_data["enveloppe"],
            intitule=form.cleaned_data["intitule"],
            lot=queries.lot_pour(consultation, int(numero)) if numero else None,
            formats=form.cleaned_data["formats"],
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        return redirect("consultations:preparer_pieces", reference)
    return page(
        request,
        "pieces",
        consultation,
        "pieces",
        form=form,
        attendues=queries.pieces_attendues_de(consultation),
        allotie=consultation.est_allotie,
    )


@connexion_requise
@formulaire
def retirer_piece_attendue(request: HttpRequest, reference: str, piece: str) -> HttpResponse:
    attendue = queries.piece_attendue_pour(a_rediger(request, reference), piece)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                f"Ne plus demander « {attendue.intitule} » ?",
                (
                    "Les entreprises ne verront plus cette pièce dans la liste de ce "
                    "qu'il faut remettre.",
                ),
                "Vous pourrez la demander de nouveau tant que rien n'est publié.",
                "Ne plus la demander",
                reverse("consultations:preparer_pieces", args=(reference,)),
                "La demander toujours",
            ),
        )
    services.ne_plus_attendre_piece(
        piece=attendue, par=request.user.acteur, maintenant=maintenant()
    )
    return redirect("consultations:preparer_pieces", reference)


@connexion_requise
@require_http_methods(["GET", "POST"])
@en_une_lecture
def membres(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = a_rediger(request, reference)
    possibles = queries.ouvreurs_possibles(consultation, maintenant())
    if request.method == "POST":
        _designer(request, consultation, possibles)
        return redirect("consultations:preparer_membres", reference)
    choisis = queries.membres_de(consultation)
    identites = cles.identites_de(membre.utilisateur for membre in choisis)
    designes = [(m, cles.est_prete(identites.get(m.utilisateur_id))) for m in choisis]
    form = PolitiqueForm(initial={"politique": consultation.politique_de_cles})
    return page(
        request,
        "membres",
        consultation,
        "membres",
        form=form,
        designes=designes,
        possibles=possibles,
        proposee=not queries.politique_choisie(consultation),
    )


def _designer(
    request: HttpRequest, consultation: Consultation, possibles: list[Utilisateur]
) -> None:
    services.designer_membre(
        consultation=consultation,
        utilisateur=_parmi(possibles, request.POST.get("personne", "")),
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    _proposer(request, consultation)


def _proposer(request: HttpRequest, consultation: Consultation) -> None:
    """Le nombre des personnes vient de changer : la façon d'ouvrir proposée aussi, peut-être."""
    services.proposer_la_politique(
        consultation=consultation, par=request.user.acteur, maintenant=maintenant()
    )


def _parmi(possibles: list[Utilisateur], reference: str) -> Utilisateur:
    for personne in possibles:
        if personne.reference == reference:
            return personne
    raise Introuvable("Cette personne n'est plus dans la liste. Rechargez la page.")


@connexion_requise
@formulaire
def retirer_membre(request: HttpRequest, reference: str, personne: str) -> HttpResponse:
    membre = queries.membre_pour(a_rediger(request, reference), personne)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                f"Retirer {membre.utilisateur.nom} de celles et ceux qui ouvrent ?",
                ("Cette personne n'aura pas de part de clé pour cette consultation.",),
                "Vous pourrez la désigner de nouveau tant que rien n'est publié.",
                "Retirer cette personne",
                reverse("consultations:preparer_membres", args=(reference,)),
                "La garder",
            ),
        )
    services.retirer_membre(membre=membre, par=request.user.acteur, maintenant=maintenant())
    _proposer(request, membre.consultation)
    return redirect("consultations:preparer_membres", reference)


@connexion_requise
@require_POST
def politique(request: HttpRequest, reference: str) -> HttpResponse:
    services.choisir_la_politique(
        consultation=a_rediger(request, reference),
        politique=request.POST.get("politique", ""),
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    return redirect("consultations:cles", reference)
