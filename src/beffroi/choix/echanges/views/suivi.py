"""L'acheteur suit ses courriers : qui a lu, qui a répondu, la preuve de chaque fait."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.choix.echanges import ecrans, queries, services
from beffroi.choix.echanges import preuve as fabrique
from beffroi.choix.echanges.forms import RelanceForm
from beffroi.choix.echanges.models import Courrier, PieceJointe
from beffroi.choix.echanges.views.acheteur import peut_ecrire, publiee
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet import telechargements
from beffroi.socle.guichet.actes import formulaire, rendre, saisie
from beffroi.socle.guichet.telechargements import a_enregistrer, rendre_un_fichier

PAR_PAGE = 50


@connexion_requise
@require_safe
def liste(request: HttpRequest, reference: str) -> HttpResponse:
    consultation, instant = publiee(request, reference, "lire_les_courriers"), maintenant()
    filtre, sorte = request.GET.get("etat", ""), request.GET.get("sorte", "")
    suivis = queries.exemplaires_suivis(consultation, etat=filtre, sorte=sorte, le=instant)
    pages = Paginator(suivis, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "consultation": consultation,
        "pages": pages,
        "lignes": [ecrans.ligne_de(exemplaire, le=instant) for exemplaire in pages],
        "filtre": filtre if filtre in ecrans.FILTRES else "",
        "filtres": ecrans.FILTRES.items(),
        "sorte": sorte,
        "sortes": Courrier.Sorte.choices,
        "aucun": not queries.exemplaires_remis(consultation).exists(),
        "brouillons": queries.courriers_de(consultation).filter(envoye_le=None),
        "a_lire": queries.retours_a_lire([consultation]).select_related("fil__equipe"),
        "peut_ecrire": peut_ecrire(request, consultation),
    }
    return render(request, "echanges/acheteur/liste.html", contexte)


@connexion_requise
@require_safe
def fil(request: HttpRequest, reference: str, fil: str) -> HttpResponse:
    """Le fil d'une entreprise.

    Qui peut écrire y lit ses réponses ; l'aperçu de l'acheteur ne compte pour aucune lecture.
    """
    consultation = publiee(request, reference, "lire_les_courriers")
    trouve = queries.fil_pour(consultation, fil)
    if request.method == "GET" and peut_ecrire(request, consultation):
        services.lire_les_retours(fil=trouve, par=request.user, maintenant=maintenant())
    contexte = {
        "consultation": consultation,
        "fil": trouve,
        "tours": ecrans.tours_du_fil(trouve, a_l_acheteur=True),
        "peut_ecrire": peut_ecrire(request, consultation),
    }
    return render(request, "echanges/acheteur/fil.html", contexte)


@connexion_requise
@require_safe
def preuve(request: HttpRequest, reference: str, exemplaire: str) -> HttpResponse:
    consultation = publiee(request, reference, "lire_les_courriers")
    trouve = queries.exemplaire_pour(consultation, exemplaire)
    contexte = {
        "consultation": consultation,
        "exemplaire": trouve,
        "faits": ecrans.faits_de(trouve),
        "alertes": ecrans.alertes_dites(trouve),
        "empreinte": services.empreinte_du_texte(trouve),
        "pieces": queries.pieces_de(trouve),
        "remise_en_cours": queries.remise_en_cours(consultation, le=maintenant()),
    }
    return render(request, "echanges/acheteur/preuve.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def preuve_pdf(request: HttpRequest, reference: str, exemplaire: str) -> HttpResponse:
    trouve = queries.exemplaire_pour(publiee(request, reference, "lire_les_courriers"), exemplaire)
    return rendre_un_fichier(
        fabrique.pdf(trouve, le=maintenant()), f"preuve-{trouve.reference}.pdf"
    )


@connexion_requise
@require_safe
@jamais_gardee
def preuve_zip(request: HttpRequest, reference: str, exemplaire: str) -> HttpResponse:
    """La preuve que l'on vérifie sans nous : ./beffroi verifier preuve.zip."""
    trouve = queries.exemplaire_pour(publiee(request, reference, "lire_les_courriers"), exemplaire)
    return a_enregistrer(
        fabrique.archive(trouve, le=maintenant()), nom=f"preuve-{trouve.reference}.zip"
    )


@connexion_requise
@formulaire
def relancer(request: HttpRequest, reference: str, exemplaire: str) -> HttpResponse:
    """Redire qu'un courrier attend : à la même personne, ou à une autre de l'entreprise."""
    consultation = publiee(request, reference, "ecrire")
    trouve = queries.exemplaire_pour(consultation, exemplaire)
    deja = [alerte.personne.reference for alerte in trouve.alertes.select_related("personne")]
    personnes = queries.interlocuteurs(trouve.fil, le=maintenant())
    form = RelanceForm(saisie(request), personnes=personnes, deja=deja)
    if request.method == "POST" and form.is_valid():
        choisie = form.personne_choisie()
        services.relancer(
            exemplaire=trouve, personne=choisie, par=request.user.acteur, maintenant=maintenant()
        )
        messages.success(request, f"Une nouvelle alerte part vers {choisie.nom}.")
        return redirect("echanges:courrier", reference, trouve.courrier.reference)
    contexte = {
        "consultation": consultation,
        "form": form,
        "ligne": ecrans.ligne_de(trouve, le=maintenant()),
        "alertes": ecrans.alertes_dites(trouve),
        "possible": queries.relance_de(trouve, le=maintenant()),
    }
    return rendre(request, "echanges/acheteur/relancer.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def piece(request: HttpRequest, reference: str, piece: str) -> HttpResponseBase:
    jointe = queries.piece_de_l_acheteur(publiee(request, reference, "lire_les_courriers"), piece)
    return servir(request, jointe)


def servir(request: HttpRequest, piece: PieceJointe) -> HttpResponseBase:
    return telechargements.servir(
        request,
        cle=piece.cle_de_stockage,
        nom=piece.nom,
        taille=piece.taille,
        etiquette=f'"{piece.sha256}"',
    )
