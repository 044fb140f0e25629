"""Les avenants, les litiges, les assurances et les paramètres, au centre de gestion."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.centre.conventions import queries
from beffroi.centre.conventions.forms import (
    AttestationForm,
    EchangeForm,
    IssueForm,
    ParametreForm,
    SignatureForm,
)
from beffroi.centre.conventions.models import EchangeDuLitige, Litige, PieceDeConvention
from beffroi.centre.conventions.parametres import PARAMETRES
from beffroi.centre.conventions.ports import grille_de_l_annexe
from beffroi.centre.conventions.rules.litige import amiable_jusqu_au
from beffroi.centre.conventions.services import assurances, avenants, litiges, parametres
from beffroi.centre.conventions.services.pieces import exemplaire_envoye
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from formats.dates import PARIS


@envoi_borne(EnvoiBorne)
@reauthentification_recente
@formulaire
def signer_un_avenant(request: HttpRequest, reference: str, avenant: str) -> HttpResponse:
    le = maintenant()
    convention = queries.convention_a_tenir(request.user, reference, le)
    trouve = queries.avenant_pour(convention, avenant)
    form = SignatureForm(*saisie_et_fichiers(request))
    envoye = exemplaire_envoye(convention, PieceDeConvention.Sorte.AVENANT)
    faire = lambda: avenants.signer_un_avenant(  # noqa: E731
        avenant=trouve, signature=form.signature(envoye), par=request.user.acteur, maintenant=le
    )
    if fait(request, form, faire, "L'avenant signé est gardé."):
        return redirect("conventions:convention", convention.reference)
    contexte = {"form": form, "convention": convention, "avenant": trouve}
    return rendre(request, "conventions/signer_un_avenant.html", contexte)


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
@jamais_gardee
def litige(request: HttpRequest, reference: str, litige: str) -> HttpResponse:
    """Le registre d'un litige, et l'échange à y noter."""
    le = maintenant()
    convention = queries.convention_a_tenir(request.user, reference, le)
    trouve = queries.litige_pour(convention, litige)
    form = EchangeForm(*saisie_et_fichiers(request))
    if fait(request, form, lambda: _noter(trouve, form, request, le), "L'échange est noté."):
        return redirect("conventions:litige", convention.reference, trouve.reference)
    contexte = {
        "form": form,
        "convention": convention,
        "litige": trouve,
        "echanges": trouve.echanges.select_related("piece"),
        "jusqu_au": amiable_jusqu_au(trouve.ouvert_le),
    }
    return rendre(request, "conventions/litige.html", contexte)


def _noter(
    trouve: Litige, form: EchangeForm, request: HttpRequest, le: datetime
) -> EchangeDuLitige:
    saisi = form.cleaned_data
    return litiges.noter_un_echange(
        litige=trouve,
        le=saisi["le"],
        de=saisi["de"],
        texte=saisi["texte"],
        fichier=form.piece(),
        par=request.user.acteur,
        maintenant=le,
    )


@reauthentification_recente
@formulaire
def tribunal(request: HttpRequest, reference: str, litige: str) -> HttpResponse:
    """Porter le litige devant le tribunal que la convention nomme."""
    le = maintenant()
    convention = queries.convention_a_tenir(request.user, reference, le)
    trouve = queries.litige_pour(convention, litige)
    if request.method == "POST":
        litiges.porter_au_tribunal(litige=trouve, par=request.user.acteur, maintenant=le)
        return redirect("conventions:litige", convention.reference, trouve.reference)
    return render(
        request, "conventions/tribunal.html", {"convention": convention, "litige": trouve}
    )


@reauthentification_recente
@formulaire
def issue(request: HttpRequest, reference: str, litige: str) -> HttpResponse:
    le = maintenant()
    convention = queries.convention_a_tenir(request.user, reference, le)
    trouve = queries.litige_pour(convention, litige)
    form = IssueForm(saisie(request))
    faire = lambda: litiges.clore_le_litige(  # noqa: E731
        litige=trouve, par=request.user.acteur, maintenant=le, **form.cleaned_data
    )
    if fait(request, form, faire, "Le litige est clos."):
        return redirect("conventions:litige", convention.reference, trouve.reference)
    contexte = {"form": form, "convention": convention, "litige": trouve}
    return rendre(request, "conventions/issue.html", contexte)


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def tenir_les_assurances(request: HttpRequest) -> HttpResponse:
    """Les attestations que les adhérents voient, et celle à ajouter."""
    le = maintenant()
    queries.exiger_de_tenir(request.user, le)
    form = AttestationForm(*saisie_et_fichiers(request))
    faire = lambda: assurances.garder_une_attestation(  # noqa: E731
        attestation=form.attestation(), par=request.user.acteur, maintenant=le
    )
    if fait(request, form, faire, "L'attestation est gardée. Les adhérents la voient."):
        return redirect("conventions:assurances")
    contexte = {
        "form": form,
        "attestations": queries.attestations(),
        "jour": le.astimezone(PARIS).date(),
    }
    return rendre(request, "conventions/assurances.html", contexte)


@connexion_requise
@require_safe
def tous_les_parametres(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    queries.exiger_de_tenir(request.user, le)
    jour = le.astimezone(PARIS).date()
    valeurs = queries.parametres_en_vigueur(jour)
    contexte = {
        "lignes": [(un, un.en_clair(valeurs[nom])) for nom, un in PARAMETRES.items()],
        "grille_adoptee": grille_de_l_annexe(jour),
    }
    return render(request, "conventions/parametres.html", contexte)


@reauthentification_recente
@formulaire
def parametre(request: HttpRequest, nom: str) -> HttpResponse:
    """Décider d'une valeur : elle s'ajoute aux précédentes."""
    le = maintenant()
    queries.exiger_de_tenir(request.user, le)
    if nom not in PARAMETRES:
        raise Introuvable()
    recu = saisie(request)
    jour = le.astimezone(PARIS).date()
    en_vigueur = queries.parametres_en_vigueur(jour)[nom]
    form = ParametreForm(
        recu, nom=nom, aujourd_hui=jour, initial={"valeur": en_vigueur, "effet_le": jour}
    )
    faire = lambda: parametres.decider(  # noqa: E731
        nom=nom, par=request.user, maintenant=le, **form.cleaned_data
    )
    if fait(request, form, faire, "La décision est gardée."):
        return redirect("conventions:parametres")
    contexte = {"form": form, "parametre": PARAMETRES[nom], "decisions": queries.decisions(nom)}
    return rendre(request, "conventions/parametre.html", contexte)
