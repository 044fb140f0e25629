"""Les écrans des pièces : lister, ajouter, remplacer, corriger, télécharger, supprimer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.entreprises.queries import collegues_de, membre_courant
from beffroi.personnes.pieces import ecrans, queries, services
from beffroi.personnes.pieces.forms import CorrectionForm, PieceForm, VersionForm
from beffroi.socle.fondations import chiffrement
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.telechargements import a_enregistrer
from droit.pieces_de_candidature import Sorte, choix


@connexion_requise
@require_safe
@jamais_gardee
def liste(request: HttpRequest) -> HttpResponse:
    membre = membre_courant(request)
    contexte: dict[str, Any] = {
        "membre": membre,
        "equipe": membre.equipe,
        "lignes": queries.lignes(membre.equipe, le=maintenant()),
        "place": ecrans.place(membre.equipe),
        "sortes": choix(),
        "collegues": collegues_de(membre),
    }
    return render(request, "pieces/liste.html", contexte)


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def ajouter(request: HttpRequest, sorte: str) -> HttpResponse:
    voulue, membre, instant = (
        queries.sorte_pour(sorte),
        membre_courant(request),
        maintenant(),
    )
    age = ecrans.age_admis(voulue, le=instant)
    form = PieceForm(*saisie_et_fichiers(request), sorte=voulue, age=age)
    garder = lambda: services.ajouter_une_piece(  # noqa: E731
        equipe=membre.equipe,
        sorte=voulue,
        intitule=form.cleaned_data["intitule"],
        fichier=form.choisi(),
        par=request.user,
        maintenant=instant,
    )
    if fait(request, form, garder, "La pièce est gardée.", champ="fichier"):
        return redirect("pieces:liste")
    contexte = {
        "form": form,
        "sorte": voulue,
        "conseil": ecrans.conseil(voulue, age),
        "equipe": membre.equipe,
    }
    return rendre(request, "pieces/ajouter.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def piece(request: HttpRequest, reference: str) -> HttpResponse:
    trouvee = queries.piece_pour(request.user, reference)
    version = queries.version_en_cours(trouvee)
    ton, mot = queries.etat_de(version.valable_jusqu_au, le=queries.jour_de(maintenant()))
    contexte = {
        "piece": trouvee,
        "version": version,
        "ton": ton,
        "mot": mot,
        "anciennes": queries.anciennes_versions(trouvee),
    }
    return render(request, "pieces/piece.html", contexte)


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def remplacer(request: HttpRequest, reference: str) -> HttpResponse:
    trouvee, instant = queries.piece_pour(request.user, reference), maintenant()
    age = ecrans.age_admis(Sorte(trouvee.sorte), le=instant)
    form = VersionForm(*saisie_et_fichiers(request), age=age)
    garder = lambda: services.remplacer_le_fichier(  # noqa: E731
        piece=trouvee, fichier=form.choisi(), par=request.user, maintenant=instant
    )
    if fait(
        request,
        form,
        garder,
        "La nouvelle version est gardée. L'ancienne reste plus bas.",
        champ="fichier",
    ):
        return redirect("pieces:piece", trouvee.reference)
    contexte = {
        "form": form,
        "piece": trouvee,
        "conseil": ecrans.conseil(Sorte(trouvee.sorte), age),
    }
    return rendre(request, "pieces/remplacer.html", contexte)


@connexion_requise
@formulaire
def corriger(request: HttpRequest, reference: str) -> HttpResponse:
    trouvee, instant = queries.piece_pour(request.user, reference), maintenant()
    version, sorte = queries.version_en_cours(trouvee), Sorte(trouvee.sorte)
    age = ecrans.age_admis(sorte, le=instant)
    tel_quel = {
        "intitule": trouvee.intitule,
        "datee_du": version.datee_du,
        "valable_jusqu_au": version.valable_jusqu_au,
    }
    form = CorrectionForm(*saisie_et_fichiers(request), sorte=sorte, age=age, initial=tel_quel)
    garder = lambda: services.corriger_la_piece(  # noqa: E731
        piece=trouvee,
        intitule=form.cleaned_data["intitule"],
        validite=form.validite(),
        maintenant=instant,
    )
    if fait(request, form, garder, "C'est corrigé.", champ="fichier"):
        return redirect("pieces:piece", trouvee.reference)
    contexte = {"form": form, "piece": trouvee, "conseil": ecrans.conseil(sorte, age)}
    return rendre(request, "pieces/corriger.html", contexte)


@connexion_requise
@formulaire
def supprimer(request: HttpRequest, reference: str) -> HttpResponse:
    trouvee = queries.piece_pour(request.user, reference)
    if request.method != "POST":
        contexte = {"piece": trouvee, "nombre": trouvee.versions.count()}
        return render(request, "pieces/supprimer.html", contexte)
    services.supprimer_la_piece(piece=trouvee)
    messages.success(request, f"« {trouvee} » est supprimée, avec toutes ses versions.")
    return redirect("pieces:liste")


@connexion_requise
@formulaire
def supprimer_la_version(request: HttpRequest, version: str) -> HttpResponse:
    trouvee = queries.version_pour(request.user, version)
    if request.method != "POST":
        return render(
            request,
            "pieces/supprimer_la_version.html",
            {"version": trouvee, "piece": trouvee.piece},
        )
    services.supprimer_une_version(version=trouvee)
    messages.success(request, f"L'ancienne version « {trouvee} » est supprimée.")
    return redirect("pieces:piece", trouvee.piece.reference)


@connexion_requise
@require_safe
@jamais_gardee
def fichier(request: HttpRequest, version: str) -> HttpResponse:
    """Le fichier clair, à son entreprise seule ;
    le navigateur l'enregistre, et ne l'exécute jamais chez nous.
    """
    trouvee = queries.version_pour(request.user, version)
    return a_enregistrer(
        chiffrement.reprendre(trouvee.cle_de_stockage, sha256=trouvee.sha256), nom=trouvee.nom
    )
