"""De l'attribution au contrat : les lots d'une consultation, et l'ouverture du contrat de
chacun ; son acte d'engagement.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.choix.attribution.queries import attribution_de, attributions_de
from beffroi.contrat.marches import depuis_l_achat, documents, queries
from beffroi.contrat.marches.forms import NaissanceForm
from beffroi.contrat.marches.ports import actes_de
from beffroi.contrat.marches.services import naissance
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.dates import PARIS


@connexion_requise
@require_safe
@jamais_gardee
def de_la_consultation(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    consultation, habilitation = queries.consultation_pour(
        request.user, reference, "lire_les_marches", le
    )
    marches = list(queries.de_la_consultation(consultation))
    ouverts = {
        marche.lot.numero if marche.lot else None
        for marche in marches
        if marche.etat != marche.Etat.ABANDONNE
    }
    a_ouvrir = [
        ligne
        for ligne in attributions_de(consultation, le=le)
        if ligne.pli and ligne.lot not in ouverts
    ]
    contexte = {
        "consultation": consultation,
        "marches": marches,
        "a_ouvrir": a_ouvrir,
        "peut_tenir": queries.peut_tenir(habilitation),
    }
    return render(request, "marches/de_la_consultation.html", contexte)


@reauthentification_recente
@formulaire
def ouvrir(request: HttpRequest, reference: str, lot: int) -> HttpResponse:
    """Le lot 0 : tout l'achat."""
    le = maintenant()
    consultation, _ = queries.consultation_pour(request.user, reference, "tenir_les_marches", le)
    ligne = attribution_de(consultation, lot or None, le=le)
    if ligne.pli is None:
        raise ConflitEtat("Ce lot n'est attribué à personne : il n'y a pas de contrat à ouvrir.")
    form = NaissanceForm(
        saisie(request),
        jour=le.astimezone(PARIS).date(),
        montant=ligne.montant,
        plusieurs=len(ligne.retenues) > 1,
        initial=depuis_l_achat.initial(consultation, ligne, le=le),
    )
    considerations = depuis_l_achat.considerations(consultation, le=le)
    faire = lambda: naissance.ouvrir(  # noqa: E731
        consultation=consultation,
        lot=lot or None,
        termes=form.termes(considerations),
        par=request.user.acteur,
        maintenant=le,
    )
    if fait(request, form, faire, "Le contrat est ouvert : l'acte d'engagement est prêt à signer."):
        return redirect("marches:de_la_consultation", consultation.reference)
    contexte = {"form": form, "consultation": consultation, "ligne": ligne}
    return rendre(request, "marches/ouvrir.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def acte_d_engagement(request: HttpRequest, reference: str, format_: str) -> HttpResponse:
    """L'acte tel qu'il est à l'instant : rien n'est gardé tant que personne ne l'a signé.

    Un par titulaire : ailleurs.
    """
    le = maintenant()
    marche, _ = queries.marche_pour(request.user, reference, le)
    if format_ not in documents.RENDUS or actes_de(marche):
        raise Introuvable()
    fichier = documents.rendre(marche, format_, le=le)
    return rendre_un_fichier(fichier.octets, fichier.nom)
