"""L'acheteur : ses remises en concurrence d'un accord-cadre,
en ouvrir une, la modifier avant qu'elle parte.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.queries import representants_de
from beffroi.contrat.remises_en_concurrence import ecrans, queries, services
from beffroi.contrat.remises_en_concurrence.forms import DemandeForm, OuvertureForm
from beffroi.contrat.remises_en_concurrence.permissions import ACTES
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.permissions import exiger_role, permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie


@connexion_requise
@formulaire
def de_l_accord(request: HttpRequest, reference: str) -> HttpResponse:
    """Celles d'un accord-cadre, et le formulaire qui en ouvre une autre."""
    le = maintenant()
    accord = queries.accord_pour(request.user, reference, "lire_les_remises", le=le)
    habilitation = habilitation_dans(request.user, accord.organisme, le)
    if request.method == "POST":
        exiger_role(habilitation, "remettre_en_concurrence", ACTES)
    form = _formulaire(request, accord)
    ouvrir = lambda: services.ouvrir(  # noqa: E731
        accord=accord,
        demande=form.demande(),
        courriels=form.courriels,
        par=request.user,
        maintenant=le,
    )
    if fait(
        request,
        form,
        ouvrir,
        "La demande est prête. Joignez ses documents et ses clés, puis envoyez-la.",
    ):
        return redirect(
            "consultations:preparer", queries.remises_de(accord)[0].consultation.reference
        )
    peut = permet(habilitation, "remettre_en_concurrence", ACTES)
    return _page(request, accord, form, peut=peut, le=le)


def _page(
    request: HttpRequest, accord: Marche, form: OuvertureForm, *, peut: bool, le: datetime
) -> HttpResponse:
    contexte = {"form": form, "peut_ouvrir": peut, **ecrans.de_l_accord(accord, le=le)}
    return rendre(request, "remises_en_concurrence/de_l_accord.html", contexte)


def _formulaire(request: HttpRequest, accord: Marche) -> OuvertureForm:
    return OuvertureForm(
        saisie(request),
        titulaires=representants_de(accord),
        adresses=ecrans.adresses_connues(accord),
        initial={"heure_limite": "12:00"},
    )


@connexion_requise
@formulaire
def modifier(request: HttpRequest, reference: str) -> HttpResponse:
    """La demande se corrige tant que rien n'est parti."""
    le = maintenant()
    remise = queries.remise_a_modifier(request.user, reference, le=le)
    if remise.consultation.etat not in NON_PUBLIEES:
        return redirect("consultations:suivre", reference)
    form = DemandeForm(saisie(request), initial=ecrans.demande_initiale(remise))
    garder = lambda: services.modifier(  # noqa: E731
        remise=remise, demande=form.demande(), par=request.user, maintenant=le
    )
    if fait(request, form, garder, "La demande est gardée."):
        return redirect("consultations:preparer", reference)
    contexte = {"form": form, "remise": remise, "avertissements": ecrans.avertissements(remise)}
    return rendre(request, "remises_en_concurrence/modifier.html", contexte)
