"""Au centre : la file, une demande et ses actes, la note d'un appel."""

import re
from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.service.aide.queries import rappels_a_faire
from beffroi.service.assistance import ecrans, queries
from beffroi.service.assistance.forms import AppelForm, FusionForm, NoteForm, RangerForm
from beffroi.service.assistance.models import Categorie, Demande
from beffroi.service.assistance.permissions import ACTES
from beffroi.service.assistance.services import demandes, reponses
from beffroi.service.assistance.views.public import PERIODE
from beffroi.socle.fondations import chiffrement
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie
from beffroi.socle.guichet.telechargements import a_enregistrer

PAR_PAGE = 50
_NUMERO = re.compile(r"\+?\d[\d\s().-]{7,}\d")


@connexion_requise
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """Toutes les demandes ouvertes, la plus pressante en tête, et les personnes à rappeler."""
    le = maintenant()
    exiger_au_centre(request.user, "voir_les_demandes", ACTES, le)
    categorie, a_moi = request.GET.get("categorie", ""), request.GET.get("qui") == "moi"
    contexte = {
        "lignes": queries.file(le=le, categorie=categorie, a_moi=request.user if a_moi else None),
        "rappels": rappels_a_faire(le=le),
        "categories": Categorie.choices,
        "categorie": categorie,
        "a_moi": a_moi,
    }
    return render(request, "assistance/centre/file.html", contexte)


@connexion_requise
@require_safe
def closes(request: HttpRequest) -> HttpResponse:
    exiger_au_centre(request.user, "voir_les_demandes", ACTES, maintenant())
    pages = Paginator(queries.closes(), PAR_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "assistance/centre/closes.html", {"pages": pages, "demandes": pages.object_list}
    )


@connexion_requise
@require_safe
def mesures(request: HttpRequest) -> HttpResponse:
    """La part tenue et ce qui était demandé, motif par motif :
    tout, sans le seuil de la page publique (REQ-33).
    """
    le = maintenant()
    exiger_au_centre(request.user, "voir_les_demandes", ACTES, le)
    contexte = {"lignes": ecrans.mesures(depuis=le - PERIODE, le=le), "jours": PERIODE.days}
    return render(request, "assistance/centre/mesures.html", contexte)


@connexion_requise
@formulaire
def appel(request: HttpRequest) -> HttpResponse:
    """La note d'un appel : trois champs. Le numéro se lit dans ce qui est noté."""
    le = maintenant()
    exiger_au_centre(request.user, "repondre", ACTES, le)
    form = AppelForm(
        saisie(request), initial={nom: request.GET.get(nom, "")[:120] for nom in ("qui", "objet")}
    )
    if form.is_valid():
        nom, telephone = nom_et_numero(form.cleaned_data["qui"])
        personne = demandes.Personne(nom=nom, telephone=telephone)
        notee = demandes.demander(
            saisie=form.saisie(), personne=personne, canal=Demande.Canal.TELEPHONE, maintenant=le
        )
        return redirect("assistance:au_centre", notee.reference)
    return rendre(request, "assistance/centre/appel.html", {"form": form})


def nom_et_numero(qui: str) -> tuple[str, str]:
    """« Sophie Delattre 06 12 34 56 78 » : son nom, son numéro.

    Sans numéro, il se demandera en la rappelant.
    """
    trouve = _NUMERO.search(qui)
    if trouve is None:
        return qui.strip(), "non donné"
    nom = f"{qui[: trouve.start()]} {qui[trouve.end() :]}".strip(" ,;:/-")
    return " ".join(nom.split()), trouve[0].strip()


@connexion_requise
@formulaire
def demande(request: HttpRequest, reference: str) -> HttpResponse:
    """Une demande, son échange, ce qui la concerne ; y répondre."""
    le = maintenant()
    acte = "repondre" if request.method == "POST" else "voir_les_demandes"
    exiger_au_centre(request.user, acte, ACTES, le)
    lue = queries.demande_au_centre(reference)
    if request.POST.get("inserer"):
        avec_modele = ecrans.reponse_avec_modele(lue, request.POST)
        contexte = ecrans.demande(lue, par=request.user, form=avec_modele, le=le)
        return render(request, "assistance/centre/demande.html", contexte)
    form = ecrans.reponse(lue, saisie(request))

    def repondre() -> None:
        reponses.repondre(demande=lue, **form.cleaned_data, par=request.user, maintenant=le)

    if fait(
        request, form, repondre, f"Votre réponse est {'partie' if lue.courriel else 'gardée'}."
    ):
        if form.cleaned_data["suite"] == "resoudre":
            return redirect("assistance:file")
        return redirect("assistance:au_centre", reference)
    contexte = ecrans.demande(lue, par=request.user, form=form, le=le)
    return rendre(request, "assistance/centre/demande.html", contexte)


@connexion_requise
@require_safe
def piece(request: HttpRequest, reference: str) -> HttpResponse:
    """Un fichier joint.

    Il vient de n'importe qui : le navigateur l'enregistre, et ne l'exécute jamais chez nous.
    """
    exiger_au_centre(request.user, "voir_les_demandes", ACTES, maintenant())
    jointe = queries.piece(reference)
    octets = chiffrement.reprendre(jointe.cle_de_stockage, sha256=jointe.sha256)
    return a_enregistrer(octets, nom=jointe.nom)


def _a_traiter(request: HttpRequest, reference: str) -> Demande:
    exiger_au_centre(request.user, "repondre", ACTES, maintenant())
    return queries.demande_au_centre(reference)


def _par(request: HttpRequest) -> dict[str, Any]:
    return {"par": request.user, "maintenant": maintenant()}


@connexion_requise
@require_POST
def prendre(request: HttpRequest, reference: str) -> HttpResponse:
    reponses.prendre(demande=_a_traiter(request, reference), **_par(request))
    return redirect("assistance:au_centre", reference)


def _acte(
    request: HttpRequest, lue: Demande, form: Form, sous: str, acte: Callable[[], object], dit: str
) -> HttpResponse | None:
    """Un petit formulaire de la page d'une demande : fait, rien à rendre ;
    fautif, la page avec ce qui était tapé.
    """
    if fait(request, form, acte, dit):
        return None
    contexte = ecrans.demande(lue, par=request.user, le=maintenant(), **{sous: form})
    return render(request, "assistance/centre/demande.html", contexte, status=422)


@connexion_requise
@require_POST
def noter(request: HttpRequest, reference: str) -> HttpResponse:
    lue, form, qui = _a_traiter(request, reference), NoteForm(request.POST), _par(request)

    def acte() -> object:
        return reponses.noter(demande=lue, texte=form.cleaned_data["texte"], **qui)

    return _acte(request, lue, form, "note", acte, "La note est gardée.") or redirect(
        "assistance:au_centre", reference
    )


@connexion_requise
@require_POST
def ranger(request: HttpRequest, reference: str) -> HttpResponse:
    lue, form, qui = _a_traiter(request, reference), RangerForm(request.POST), _par(request)

    def acte() -> object:
        return reponses.ranger(demande=lue, **form.cleaned_data, **qui)

    return _acte(request, lue, form, "rangement", acte, "La demande est rangée.") or redirect(
        "assistance:au_centre", reference
    )


@connexion_requise
@require_POST
def fusionner(request: HttpRequest, reference: str) -> HttpResponse:
    lue, qui = _a_traiter(request, reference), _par(request)
    form = FusionForm(request.POST, autres=queries.de_la_meme_personne(lue))

    def acte() -> object:
        return reponses.fusionner(demande=lue, dans=form.cleaned_data["dans"], **qui)

    dit = "Les deux demandes se suivent ensemble."
    return _acte(request, lue, form, "fusion", acte, dit) or redirect(
        "assistance:au_centre", form.cleaned_data["dans"].reference
    )
