"""Déposer le tableur, relire ses lignes, joindre les copies signées."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.centre.conventions import queries as conventions
from beffroi.centre.reprises import ecrans, queries, tableaux
from beffroi.centre.reprises.archive import OCTETS_DU_ZIP
from beffroi.centre.reprises.forms import CopiesForm, TableurForm, cases
from beffroi.centre.reprises.services import copies as copies_signees
from beffroi.centre.reprises.services import depot
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, refus_dans, rendre, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, borne_a, envoi_borne
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.pluriels import compter


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def liste(request: HttpRequest) -> HttpResponse:
    """Les tableurs déposés ; qui tient les conventions en dépose un autre."""
    le = maintenant()
    habilitation = conventions.exiger_de_lire(request.user, le)
    if request.method == "POST":
        conventions.exiger_de_tenir(request.user, le)
    form = TableurForm(*saisie_et_fichiers(request))
    if form.is_valid():
        recu = form.cleaned_data["tableur"]
        with refus_dans(form, "tableur"):
            reprise = depot.deposer(
                nom=recu.name, octets=recu.read(), par=request.user, maintenant=le
            )
            return redirect("reprises:reprise", reprise.reference)
    contexte = {
        "form": form,
        "reprises": queries.reprises()[:20],
        "peut_tenir": conventions.peut_tenir(habilitation),
    }
    return rendre(request, "reprises/liste.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def modele(request: HttpRequest) -> HttpResponse:
    le = maintenant()
    conventions.exiger_de_lire(request.user, le)
    return rendre_un_fichier(tableaux.modele(le=le), "modele-conventions.ods")


@connexion_requise
@require_safe
@jamais_gardee
def reprise(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    habilitation = conventions.exiger_de_lire(request.user, le)
    contexte = ecrans.page_de_la_reprise(
        queries.reprise_pour(reference), habilitation, page=request.GET.get("page"), le=le
    )
    return render(request, "reprises/reprise.html", contexte)


@connexion_requise
@require_POST
def corriger(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    conventions.exiger_de_tenir(request.user, le)
    trouvee = queries.reprise_pour(reference)
    par_ligne, gardees = cases(request.POST)
    changees = depot.corriger(
        reprise=trouvee, cases=par_ligne, gardees=gardees, par=request.user, maintenant=le
    )
    restent = ecrans.plan_de(trouvee, le).a_corriger
    messages.success(
        request,
        f"{compter(changees, 'ligne changée', 'lignes changées')} ; "
        f"{compter(restent, 'reste à corriger', 'restent à corriger')}.",
    )
    return redirect("reprises:reprise", trouvee.reference)


@connexion_requise
@require_safe
@jamais_gardee
def fautives(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    conventions.exiger_de_lire(request.user, le)
    plan = ecrans.plan_de(queries.reprise_pour(reference), le)
    return rendre_un_fichier(tableaux.fautives(plan, le=le), "lignes-a-corriger.ods")


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def redeposer(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    conventions.exiger_de_tenir(request.user, le)
    trouvee = queries.reprise_pour(reference)
    form = TableurForm(*saisie_et_fichiers(request))

    def acte() -> int:
        recu = form.cleaned_data["tableur"]
        return depot.redeposer(
            reprise=trouvee, nom=recu.name, octets=recu.read(), par=request.user, maintenant=le
        )

    if fait(request, form, acte, "Les lignes sont remplacées.", champ="tableur"):
        return redirect("reprises:reprise", trouvee.reference)
    return rendre(request, "reprises/redeposer.html", {"form": form, "reprise": trouvee})


@connexion_requise
@require_POST
def laisser(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    le = maintenant()
    conventions.exiger_de_tenir(request.user, le)
    trouvee = queries.reprise_pour(reference)
    depot.laisser(reprise=trouvee, numero=numero, par=request.user, maintenant=le)
    return redirect("reprises:reprise", trouvee.reference)


@envoi_borne(borne_a(OCTETS_DU_ZIP))
@connexion_requise
@formulaire
def copies(request: HttpRequest, reference: str) -> HttpResponse:
    """Ce qui est joint, ce qui est refusé et pourquoi ; un ZIP de plus."""
    le = maintenant()
    conventions.exiger_de_tenir(request.user, le)
    trouvee = queries.reprise_pour(reference)
    form = CopiesForm(*saisie_et_fichiers(request))

    def acte() -> object:
        flux = form.cleaned_data["zip"].file
        return copies_signees.joindre(reprise=trouvee, flux=flux, par=request.user, maintenant=le)

    if fait(request, form, acte, "Le ZIP est lu.", champ="zip"):
        return redirect("reprises:copies", trouvee.reference)
    contexte = {"form": form, "reprise": trouvee, **ecrans.page_des_copies(trouvee, le)}
    return rendre(request, "reprises/copies.html", contexte)
