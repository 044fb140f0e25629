"""L'acheteur : ses fiches, celle qu'il corrige et publie,
ce qu'il y ajoute, ce qu'il importe, sa voie.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.contrat.donnees_essentielles import contenu, ecrans, queries, services
from beffroi.contrat.donnees_essentielles.forms import (
    CanalForm,
    ExecutionForm,
    ImportForm,
    ModificationForm,
    RetenuesForm,
    formulaire_de,
)
from beffroi.contrat.donnees_essentielles.models import ImportDeContrats
from beffroi.contrat.donnees_essentielles.permissions import ACTES
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.personnes.organismes.queries import exiger_chez
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet import fichiers_relus
from beffroi.socle.guichet.actes import (
    fait,
    formulaire,
    refus_dans,
    rendre,
    saisie,
    saisie_et_fichiers,
)
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.fichiers_relus import EmpreinteForm
from formats.dates import PARIS
from formats.decp.lecture import TAILLE_MAXIMALE

FICHE = "donnees_essentielles:fiche"


class EnvoiDeContrats(EnvoiBorne):
    limite = TAILLE_MAXIMALE


@connexion_requise
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """Mes acheteurs, ou le mien."""
    habilitations = queries.mes_acheteurs(request.user, maintenant())
    if not habilitations:
        raise Introuvable()
    if len(habilitations) == 1:
        return redirect("donnees_essentielles:fiches", habilitations[0].organisme.siret)
    contexte = {"organismes": [habilitation.organisme for habilitation in habilitations]}
    return render(request, "donnees_essentielles/acheteur/accueil.html", contexte)


@connexion_requise
@require_safe
def fiches(request: HttpRequest, siret: str) -> HttpResponse:
    """Chaque fiche, et où elle en est ; celles qui attendent d'abord."""
    le = maintenant()
    habilitation = exiger_chez(request.user, siret, "voir", ACTES, le)
    contexte = ecrans.des_fiches(habilitation, page=request.GET.get("page", ""), le=le)
    return render(request, "donnees_essentielles/acheteur/fiches.html", contexte)


@connexion_requise
@require_safe
def fiche(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    trouvee = queries.fiche_pour(request.user, reference, "voir", le)
    contexte = ecrans.d_une_fiche(
        trouvee, queries.permis(request.user, trouvee.organisme, le), le=le
    )
    return render(request, "donnees_essentielles/acheteur/fiche.html", contexte)


@connexion_requise
@formulaire
def corriger(request: HttpRequest, reference: str) -> HttpResponse:
    trouvee = _a_preparer(request, reference)
    form = formulaire_de(saisie(request), contrat=contenu.relire(trouvee), noms=trouvee.noms)

    if form.is_valid():
        with refus_dans(form):
            corrige, noms = form.corrige(), form.noms()
            services.corriger_la_fiche(
                fiche=trouvee,
                contrat=corrige,
                noms=noms,
                par=request.user.acteur,
                maintenant=maintenant(),
            )
            return redirect(FICHE, reference)
    return _formulaire(request, "corriger", trouvee, form)


@connexion_requise
@formulaire
def retenir(request: HttpRequest, reference: str) -> HttpResponse:
    trouvee = _a_preparer(request, reference)
    form = RetenuesForm(saisie(request), actuelles=trouvee.retenues)

    if form.is_valid():
        with refus_dans(form):
            retenues = form.retenues()
            services.retenir(
                fiche=trouvee, retenues=retenues, par=request.user.acteur, maintenant=maintenant()
            )
            return redirect(FICHE, reference)
    return _formulaire(request, "retenir", trouvee, form)


@reauthentification_recente
@require_POST
def publier(request: HttpRequest, reference: str) -> HttpResponse:
    trouvee = queries.fiche_pour(request.user, reference, "publier", maintenant())
    services.publier_la_preparee(fiche=trouvee, par=request.user.acteur, maintenant=maintenant())
    messages.success(
        request, "La fiche est publiée. Elle ne change plus : ce qui suit s'y ajoutera."
    )
    return redirect(FICHE, reference)


@reauthentification_recente
@formulaire
def ajouter(request: HttpRequest, reference: str, quoi: str) -> HttpResponse:
    """Une modification, ou l'année d'une concession."""
    le = maintenant()
    trouvee = queries.fiche_pour(request.user, reference, "publier", le)
    if not ecrans.recoit(trouvee, quoi):
        raise Introuvable()
    form = (ModificationForm if quoi == ecrans.MODIFICATION else ExecutionForm)(saisie(request))
    commun: dict[str, Any] = {"fiche": trouvee, "par": request.user.acteur, "maintenant": le}
    jour = le.astimezone(PARIS).date()

    def acte() -> object:
        if isinstance(form, ExecutionForm):
            return services.ajouter_des_donnees_d_execution(
                annuelles=form.annuelles(le=jour), **commun
            )
        contrat = contenu.relire(trouvee, trouvee.ajouts.all())
        return services.ajouter_une_modification(
            modification=form.modification(contrat, le=jour), **commun
        )

    if fait(request, form, acte, "C'est publié, à la suite de la fiche."):
        return redirect(FICHE, reference)
    return _formulaire(request, "ajouter", trouvee, form, quoi=quoi)


def _a_preparer(request: HttpRequest, reference: str) -> Any:
    """Une fiche publiée ne se corrige plus : sa page le dit."""
    trouvee = queries.fiche_pour(request.user, reference, "corriger", maintenant())
    if trouvee.est_publiee:
        raise ConflitEtat(
            "Cette fiche est publiée : elle ne change plus. Ajoutez-y une modification."
        )
    return trouvee


def _formulaire(
    request: HttpRequest, nom: str, fiche: Any, form: Any, **reste: Any
) -> HttpResponse:
    contexte = {"form": form, "fiche": fiche, **reste}
    return rendre(request, f"donnees_essentielles/acheteur/{nom}.html", contexte)


@envoi_borne(EnvoiDeContrats)
@connexion_requise
@formulaire
def importer(request: HttpRequest, siret: str) -> HttpResponse:
    le = maintenant()
    organisme = exiger_chez(request.user, siret, "importer", ACTES, le).organisme

    def garder(nom: str, octets: bytes) -> ImportDeContrats:
        return services.deposer_un_fichier(
            organisme=organisme, nom=nom, octets=octets, par=request.user, maintenant=le
        )

    return fichiers_relus.deposer(
        request,
        ImportForm(*saisie_et_fichiers(request)),
        garder,
        champ="fichier",
        vers="donnees_essentielles:relire",
        gabarit="donnees_essentielles/acheteur/importer.html",
        contexte={"organisme": organisme, "imports": queries.derniers_imports(organisme)},
    )


@reauthentification_recente
@formulaire
def relire(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    depose = queries.import_pour(request.user, reference, le)

    def acte(empreinte: str) -> str:
        services.appliquer(depose=depose, empreinte=empreinte, par=request.user, maintenant=le)
        return "Les contrats sont publiés."

    return fichiers_relus.relire(
        request,
        EmpreinteForm(saisie(request)),
        depose,
        appliquer=acte,
        apercu=lambda: services.apercu(depose),
        vers=("donnees_essentielles:relire", reference),
        gabarit="donnees_essentielles/acheteur/relire.html",
    )


@connexion_requise
@formulaire
def canal(request: HttpRequest, siret: str) -> HttpResponse:
    le = maintenant()
    organisme = exiger_chez(request.user, siret, "regler_le_canal", ACTES, le).organisme
    voie, ailleurs = queries.canal_de(organisme)
    form = CanalForm(saisie(request), initial={"canal": voie, "ailleurs": ailleurs})

    def acte() -> object:
        return services.regler_le_canal(
            organisme=organisme, par=request.user, maintenant=le, **form.cleaned_data
        )

    if fait(request, form, acte, "C'est réglé, pour les fiches à venir."):
        return redirect("donnees_essentielles:fiches", siret)
    contexte = {"form": form, "organisme": organisme}
    return rendre(request, "donnees_essentielles/acheteur/canal.html", contexte)
