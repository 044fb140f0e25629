"""Les paiements : les lire, en noter un, le rapprocher de son titre, le contre-passer."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beffroi.centre.recettes import lecture, queries
from beffroi.centre.recettes.forms import DefaireForm, PaiementForm, RapprochementForm, aujourd_hui
from beffroi.centre.recettes.permissions import ACTES
from beffroi.centre.recettes.services import paiements as services
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import fait, formulaire, rendre, saisie

PAR_PAGE = 25
FILTRES = (
    ("", "Tous"),
    (queries.A_RAPPROCHER, "À rapprocher"),
    (queries.CONTRE_PASSES, "Contre-passés"),
)


@connexion_requise
@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    habilitation = exiger_au_centre(request.user, "voir_les_recettes", ACTES, maintenant())
    voir, texte = request.GET.get("voir", ""), request.GET.get("texte", "").replace("\0", "")[:100]
    trouves = queries.paiements(voir=voir, texte=texte)
    contexte = {
        "pages": Paginator(trouves, PAR_PAGE).get_page(request.GET.get("page")),
        "filtres": FILTRES,
        "voir": voir,
        "texte": texte,
        "permis": queries.permis(habilitation),
    }
    return render(request, "recettes/paiements.html", contexte)


@connexion_requise
@formulaire
def paiement(request: HttpRequest, reference: str) -> HttpResponse:
    """Un paiement ; s'il n'a pas de titre,
    le formulaire qui l'y attache, et ceux qu'il solderait.
    """
    le = maintenant()
    acte = "tenir_les_recettes" if request.method == "POST" else "voir_les_recettes"
    permis = queries.permis(exiger_au_centre(request.user, acte, ACTES, le))
    note = queries.paiement_pour(reference)
    form = RapprochementForm(saisie(request))

    def rapprocher() -> None:
        dit = form.cleaned_data
        titre, surplus = queries.titre_nomme(dit["titre"]), dit["garde_le_surplus"]
        services.rapprocher(
            paiement=note, titre=titre, garde_le_surplus=surplus, par=request.user, maintenant=le
        )

    if fait(request, form, rapprocher, "Le paiement est rapproché de son titre."):
        return redirect("recettes:paiement", reference)
    attend = note.titre_id is None and not note.contrepasse_le and permis["tenir_les_recettes"]
    proposes = queries.proposes(note, le=aujourd_hui(le)) if attend else []
    contexte = {"form": form, "paiement": note, "permis": permis, "attend": attend}
    return rendre(request, "recettes/paiement.html", contexte | {"proposes": proposes})


@connexion_requise
@formulaire
def encaisser(request: HttpRequest, reference: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_recettes", ACTES, le)
    titre = queries.titre_pour(reference)
    appel = queries.appel_pour(titre.contribution.reference)
    form = PaiementForm(saisie(request), initial={"recu_le": aujourd_hui(le)})
    if fait(
        request,
        form,
        lambda: services.encaisser(
            titre=titre, encaissement=form.encaissement(), par=request.user, maintenant=le
        ),
        f"Le paiement de {appel.nom} est noté.",
    ):
        return redirect("recettes:compte", appel.adherent.siren)
    reste = lecture.reste_du(appel, le=aujourd_hui(le))
    contexte = {
        "form": form,
        "appel": appel,
        "titre": f"Noter un paiement du titre {titre}",
        "geste": "Noter ce paiement",
    }
    return rendre(request, "recettes/saisir.html", {**contexte, "reste": reste})


@reauthentification_recente
@formulaire
def contre_passer(request: HttpRequest, reference: str) -> HttpResponse:
    """Défait un paiement noté à tort ; il reste au relevé, avec sa contre-passation."""
    le = maintenant()
    exiger_au_centre(request.user, "tenir_les_recettes", ACTES, le)
    note = queries.paiement_pour(reference)
    form = DefaireForm(saisie(request), initial={"le": aujourd_hui(le)})
    if fait(
        request,
        form,
        lambda: services.contre_passer(
            paiement=note, **form.cleaned_data, par=request.user, maintenant=le
        ),
        "Le paiement est contre-passé.",
    ):
        return redirect("recettes:paiement", reference)
    return rendre(request, "recettes/contre_passer.html", {"form": form, "paiement": note})
