"""Lire le procès-verbal, y ajouter une remarque, déposer celui qu'on a signé."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.seance.ouverture import commission as commissions
from beffroi.seance.ouverture import ecrans
from beffroi.seance.ouverture import queries as ouverture
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.services import noter_remarque
from beffroi.seance.proces_verbaux import composition, queries, services
from beffroi.seance.proces_verbaux.forms import RemarqueForm, SignatureForm
from beffroi.seance.proces_verbaux.models import ProcesVerbal
from beffroi.seance.proces_verbaux.rules import OCTETS_D_UN_PROCES_VERBAL_SIGNE
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.actes import formulaire, rendre
from beffroi.socle.guichet.envois import borne_a, envoi_borne
from beffroi.socle.guichet.lecture import lecture
from beffroi.socle.guichet.telechargements import en_piece_jointe


def scelle_de(seance: Seance) -> ProcesVerbal:
    scelle = queries.proces_verbal_de(seance)
    if scelle is None:
        raise ConflitEtat("Le procès-verbal s'établit à la clôture de la séance.")
    return scelle


@jamais_gardee
@connexion_requise
@require_safe
@lecture()
def proces_verbal(request: HttpRequest, reference: str) -> HttpResponse:
    """L'aperçu du procès-verbal, avant de clore."""
    le = maintenant()
    seance = ouverture.seance_pour(request.user, reference, "voir_la_seance", le=le)
    tableau = ecrans.Tableau(seance, request.user, le, etape_voulue=7)
    contexte = {
        "tableau": tableau,
        "seance": seance,
        "consultation": seance.consultation,
        "pv": composition.composer(seance, etabli_le=le),
        "constat": commissions.constater(seance, le=le),
        "sans_commission": commissions.phrase_sans_constat(seance),
        "scelle": queries.proces_verbal_de(seance),
        "signatures": queries.signatures(seance),
        "retards": composition.etat_des_retards(tableau),
        "form": RemarqueForm(),
    }
    return render(request, "proces_verbaux/proces_verbal.html", contexte)


@jamais_gardee
@connexion_requise
@require_safe
def pdf(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Le procès-verbal scellé."""
    seance = ouverture.seance_pour(request.user, reference, "voir_la_seance", le=maintenant())
    cle = scelle_de(seance).cle_de_stockage
    nom = f"proces-verbal-{seance.reference}.pdf"
    return en_piece_jointe(stockage().lire(cle), nom=nom, taille=stockage().taille(cle))


@jamais_gardee
@connexion_requise
@require_POST
def remarque(request: HttpRequest, reference: str) -> HttpResponse:
    """Ajouter une remarque au procès-verbal."""
    le = maintenant()
    seance = ouverture.seance_pour(request.user, reference, "ouvrir", le=le)
    noter_remarque(
        seance=seance, texte=request.POST.get("texte", "")[:2000], par=request.user, maintenant=le
    )
    return redirect("proces_verbaux:proces_verbal", reference)


@envoi_borne(borne_a(OCTETS_D_UN_PROCES_VERBAL_SIGNE))
@jamais_gardee
@connexion_requise
@formulaire
def signer(request: HttpRequest, reference: str) -> HttpResponse:
    """Déposer le procès-verbal signé, et dire qui l'a signé."""
    le = maintenant()
    seance = queries.seance_a_signer_pour(request.user, reference, le=le)
    scelle_de(seance)
    envoi = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SignatureForm(*envoi, attendus=queries.signataires_attendus(seance))
    if form.is_valid():
        donnees = form.cleaned_data
        services.signer_le_proces_verbal(
            seance=seance,
            mode=donnees["mode"],
            signataires=donnees["signataires"],
            flux=donnees["fichier"],
            par=request.user,
            maintenant=le,
        )
        return redirect("proces_verbaux:proces_verbal", reference)
    contexte = {"seance": seance, "consultation": seance.consultation, "form": form}
    return rendre(request, "proces_verbaux/signer.html", contexte)


@jamais_gardee
@connexion_requise
@require_safe
def signe(request: HttpRequest, reference: str, signe: str) -> HttpResponseBase:
    """Le document signé, tel qu'il a été déposé."""
    seance = ouverture.seance_pour(request.user, reference, "voir_la_seance", le=maintenant())
    scelle = queries.proces_verbal_de(seance)
    document = scelle.signes.filter(reference=signe).first() if scelle else None
    if document is None:
        raise Introuvable
    nom = f"proces-verbal-signe-{seance.reference}-{document.reference}.pdf"
    return en_piece_jointe(
        stockage().lire(document.cle_de_stockage), nom=nom, taille=document.taille
    )
