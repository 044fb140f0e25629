"""La relecture vue du juriste :
la file, le texte et ses remarques, l'avis, la bibliothèque, les mesures.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.achat.relectures import points, queries, rapport, services
from beffroi.achat.relectures.forms import AvisForm, CommentaireForm, ModeleForm, PointForm
from beffroi.achat.relectures.models import Relecture
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire, refus_dans, saisie
from beffroi.socle.guichet.confirmation import Confirmation, faire_confirmer
from beffroi.socle.guichet.telechargements import servir


@connexion_requise
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    queries.exiger_un_juriste(request.user, maintenant())
    contexte = {
        "ouvertes": queries.file_des_relectures(),
        "rendues": queries.rendues()[:20],
        "maintenant": maintenant(),
    }
    return render(request, "relectures/file.html", contexte)


@connexion_requise
@require_safe
def relire(request: HttpRequest, relecture: str) -> HttpResponse:
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    vise = request.GET.get("paragraphe", "")
    initial = {"paragraphe": vise} if vise.isascii() and vise.isdigit() else {}
    return _page(request, lue, commentaire=CommentaireForm(initial=initial), avis=AvisForm())


def _page(
    request: HttpRequest, relecture: Relecture, *, decide: str = "", **formulaires: Any
) -> HttpResponse:
    """`decide` : l'empreinte du point que l'on vient de refuser, dont la case reste ouverte."""
    fautif = any(form.errors for form in formulaires.values())
    contexte = {
        "relecture": relecture,
        "consultation": relecture.consultation,
        "modeles": queries.modeles(),
        "decide": decide,
        "en_cours": relecture.etat == Relecture.Etat.PRISE,
        "documents": queries.documents_du_dossier(relecture),
        "maintenant": maintenant(),
        **rapport.pour_l_ecran(relecture),
        **formulaires,
    }
    return render(request, "relectures/relire.html", contexte, status=422 if fautif else 200)


@connexion_requise
@require_POST
def prendre(request: HttpRequest, relecture: str) -> HttpResponse:
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    services.prendre_la_relecture(relecture=lue, par=request.user, maintenant=maintenant())
    return redirect("relectures:relire", relecture)


@connexion_requise
@require_POST
def commenter(request: HttpRequest, relecture: str) -> HttpResponse:
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    form = CommentaireForm(request.POST, paragraphes=queries.numeros_de_paragraphes(lue))
    if not form.is_valid():
        return _page(request, lue, commentaire=form, avis=AvisForm())
    services.commenter(
        relecture=lue,
        texte=form.cleaned_data["texte"],
        paragraphe=form.cleaned_data["paragraphe"],
        par=request.user,
        maintenant=maintenant(),
    )
    return redirect("relectures:relire", relecture)


@connexion_requise
@require_safe
def piece(request: HttpRequest, relecture: str, piece: str) -> HttpResponseBase:
    """L'original, ou une autre pièce du dossier : le juriste lit ce que l'acheteur a écrit."""
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    trouvee = next((p for p in queries.documents_du_dossier(lue) if p.reference == piece), None)
    if trouvee is None:
        raise Introuvable()
    return servir(
        request,
        cle=trouvee.cle_de_stockage,
        nom=trouvee.nom,
        taille=trouvee.taille,
        etiquette=f'"{trouvee.sha256}"',
    )


@connexion_requise
@require_POST
def decider(request: HttpRequest, relecture: str, empreinte: str) -> HttpResponse:
    """Retenir un point, ou l'écarter ; refusé, le motif tapé reste dans sa case."""
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    point, form = points.point_nomme(lue, empreinte), PointForm(request.POST)
    if form.is_valid():
        with refus_dans(form, "motif"):
            services.decider_d_un_constat(
                relecture=lue,
                constat=point,
                **form.cleaned_data,
                par=request.user,
                maintenant=maintenant(),
            )
            return redirect(_au_point(relecture, empreinte))
    formulaires = {"commentaire": CommentaireForm(), "avis": AvisForm(), "decision": form}
    return _page(request, lue, decide=empreinte, **formulaires)


@connexion_requise
@require_POST
def revenir(request: HttpRequest, relecture: str, empreinte: str) -> HttpResponse:
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    services.revenir_sur_un_constat(
        decision=points.decision_sur(lue, empreinte),
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    return redirect(_au_point(relecture, empreinte))


def _au_point(relecture: str, empreinte: str) -> str:
    return f"{reverse('relectures:relire', args=(relecture,))}#point-{empreinte[:12]}"


@connexion_requise
@formulaire
def effacer(request: HttpRequest, relecture: str, commentaire: str) -> HttpResponse:
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    remarque = queries.commentaire_de(lue, commentaire)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                "Effacer cette remarque ?",
                (f"« {remarque.texte} »", "L'acheteur ne la lira pas."),
                "Son texte ne revient pas : il faudra l'écrire de nouveau.",
                "Effacer cette remarque",
                reverse("relectures:relire", args=(relecture,)),
                "La garder",
            ),
        )
    services.effacer_le_commentaire(
        commentaire=remarque, par=request.user.acteur, maintenant=maintenant()
    )
    return redirect("relectures:relire", relecture)


@connexion_requise
@require_POST
def rendre(request: HttpRequest, relecture: str) -> HttpResponse:
    lue = queries.relecture_du_juriste(request.user, relecture, maintenant())
    form = AvisForm(request.POST)
    if not form.is_valid():
        return _page(request, lue, commentaire=CommentaireForm(), avis=form)
    services.rendre_l_avis(
        relecture=lue, **form.cleaned_data, par=request.user, maintenant=maintenant()
    )
    messages.success(request, "L'avis est rendu. L'acheteur le lit, et le reçoit par courriel.")
    return redirect("relectures:file")


@connexion_requise
@require_http_methods(["GET", "POST"])
def modeles(request: HttpRequest) -> HttpResponse:
    queries.exiger_un_juriste(request.user, maintenant())
    form = ModeleForm(saisie(request))
    if form.is_bound and form.is_valid():
        services.garder_le_modele(**form.propre(), par=request.user, maintenant=maintenant())
        return redirect("relectures:modeles")
    contexte = {"modeles": queries.modeles(), "form": form}
    return render(request, "relectures/modeles.html", contexte, status=422 if form.errors else 200)


@connexion_requise
@formulaire
def retirer_modele(request: HttpRequest, modele: int) -> HttpResponse:
    queries.exiger_un_juriste(request.user, maintenant())
    trouve = queries.modele_par_cle(modele)
    if request.method != "POST":
        return faire_confirmer(
            request,
            Confirmation(
                f"Retirer « {trouve.titre} » de la bibliothèque ?",
                (
                    f"« {trouve.texte} »",
                    "Aucun juriste du centre ne pourra plus la reprendre. Les avis rendus restent.",
                ),
                "Son texte ne revient pas : il faudra l'écrire de nouveau.",
                "Retirer cette remarque",
                reverse("relectures:modeles"),
                "La garder",
            ),
        )
    services.retirer_le_modele(modele=trouve, par=request.user.acteur, maintenant=maintenant())
    return redirect("relectures:modeles")


@connexion_requise
@require_safe
def mesures(request: HttpRequest) -> HttpResponse:
    queries.exiger_un_juriste(request.user, maintenant())
    return render(request, "relectures/mesures.html", {"mesures": queries.mesures()})
