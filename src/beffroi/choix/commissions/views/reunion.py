"""Une réunion : la préparer, la convoquer, la lire, en garder le procès-verbal."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from beffroi.choix.commissions import ecrans, queries, services
from beffroi.choix.commissions import proces_verbal as composition
from beffroi.choix.commissions.forms import (
    OCTETS_D_UN_EXEMPLAIRE,
    AnnulationForm,
    ConvocationForm,
    ExemplaireForm,
    ReunionForm,
)
from beffroi.choix.commissions.models import Commission, Reunion
from beffroi.choix.commissions.views.commun import page
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reauthentification_recente,
)
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.actes import fait, formulaire, saisie
from beffroi.socle.guichet.envois import borne_a, envoi_borne
from beffroi.socle.guichet.telechargements import en_piece_jointe, rendre_un_fichier
from formats.document import odt, pdf

RENDUS = {"odt": odt, "pdf": pdf}


@jamais_gardee
@connexion_requise
@formulaire
def preparer(request: HttpRequest, reference: str) -> HttpResponse:
    commission = queries.commission_pour(
        request.user, reference, "tenir_les_commissions", le=maintenant()
    )
    return _ecrire(request, commission, None)


@jamais_gardee
@connexion_requise
@formulaire
def modifier(request: HttpRequest, reference: str) -> HttpResponse:
    """Récrire une réunion qui n'est pas convoquée."""
    reunion = queries.reunion_pour(
        request.user, reference, "tenir_les_commissions", le=maintenant()
    )
    return _ecrire(request, reunion.commission, reunion)


def _ecrire(request: HttpRequest, commission: Commission, reunion: Reunion | None) -> HttpResponse:
    form = _ordre_du_jour(request, commission, reunion)
    ecrite: list[Reunion] = []

    def acte() -> None:
        projet, le = form.projet(), maintenant()
        ecrite.append(
            services.preparer_une_reunion(
                commission=commission,
                projet=projet,
                par=request.user,
                maintenant=le,
                reunion=reunion,
            )
        )

    if fait(
        request, form, acte, "La réunion est préparée. Relisez l'ordre du jour, puis convoquez."
    ):
        return redirect("commissions:reunion", ecrite[0].reference)
    delai = ecrans.delai(commission, le=maintenant())
    return page(request, "preparer", commission=commission, reunion=reunion, form=form, delai=delai)


def _ordre_du_jour(
    request: HttpRequest, commission: Commission, reunion: Reunion | None
) -> ReunionForm:
    """Ce qui est déjà écrit ; pour une réunion nouvelle, les affaires d'où l'on vient."""
    deja = ecrans.deja_ecrit(reunion) if reunion else {"affaires": request.GET.getlist("affaire")}
    return ReunionForm(
        saisie(request), initial=deja, **ecrans.a_mettre_a_l_ordre_du_jour(commission)
    )


@jamais_gardee
@connexion_requise
@require_safe
def reunion(request: HttpRequest, reference: str) -> HttpResponse:
    lue = queries.reunion_pour(request.user, reference, "voir_les_commissions", le=maintenant())
    peut = queries.peut_tenir(request.user, lue.commission.organisme, le=maintenant())
    return page(request, "reunion", **ecrans.reunion(lue, le=maintenant()), peut_tenir=peut)


@jamais_gardee
@connexion_requise
@formulaire
def convoquer(request: HttpRequest, reference: str) -> HttpResponse:
    lue = queries.reunion_pour(request.user, reference, "tenir_les_commissions", le=maintenant())
    form = ConvocationForm(saisie(request))

    def acte() -> None:
        motif = form.cleaned_data["motif"]
        services.convoquer(reunion=lue, motif=motif, par=request.user, maintenant=maintenant())

    if fait(request, form, acte, "La convocation est partie."):
        return redirect("commissions:reunion", reference)
    return page(request, "convoquer", form=form, **ecrans.convocation(lue, le=maintenant()))


@jamais_gardee
@reauthentification_recente
@formulaire
def annuler(request: HttpRequest, reference: str) -> HttpResponse:
    """Dire pourquoi la réunion ne se tient pas, et quand elle se tiendra ; chacun l'apprend."""
    lue = queries.reunion_pour(request.user, reference, "tenir_les_commissions", le=maintenant())
    if not lue.en_cours:
        raise ConflitEtat("Seule une réunion convoquée, ni close ni annulée, s'annule.")
    form = AnnulationForm(saisie(request))

    def acte() -> None:
        motif, jour = form.cleaned_data["motif"], form.cleaned_data["reportee_au"]
        services.annuler(
            reunion=lue, motif=motif, reportee_au=jour, par=request.user, maintenant=maintenant()
        )

    if fait(request, form, acte, "La réunion est annulée. Chacun l'apprend par courriel."):
        return redirect("commissions:reunion", reference)
    return page(request, "annuler", form=form, **ecrans.reunion(lue, le=maintenant()))


@jamais_gardee
@connexion_requise
@require_safe
def proces_verbal(request: HttpRequest, reference: str, extension: str) -> HttpResponseBase:
    """Le procès-verbal gardé ; avant la clôture, un aperçu."""
    lue = queries.reunion_au_proces_verbal(request.user, reference, le=maintenant())
    if extension not in RENDUS:
        raise Http404
    nom = f"proces-verbal-{reference}.{extension}"
    if lue.close_le:
        cle = lue.odt if extension == "odt" else lue.pdf
        return en_piece_jointe(stockage().lire(cle), nom=nom, taille=stockage().taille(cle))
    octets = RENDUS[extension](composition.composer(lue, etabli_le=maintenant()))
    return rendre_un_fichier(octets, f"apercu-{nom}")


@envoi_borne(borne_a(OCTETS_D_UN_EXEMPLAIRE))
@jamais_gardee
@connexion_requise
@formulaire
def exemplaire(request: HttpRequest, reference: str) -> HttpResponse:
    lue = queries.reunion_pour(request.user, reference, "tenir_les_commissions", le=maintenant())
    form = ExemplaireForm(saisie(request), request.FILES if request.method == "POST" else None)

    def acte() -> None:
        fichier = form.cleaned_data["fichier"]
        services.deposer_l_exemplaire_signe(
            reunion=lue,
            nom=fichier.name,
            octets=fichier.read(),
            par=request.user,
            maintenant=maintenant(),
        )

    if fait(request, form, acte, "L'exemplaire signé est gardé."):
        return redirect("commissions:reunion", reference)
    return page(request, "exemplaire", reunion=lue, form=form)


@jamais_gardee
@connexion_requise
@require_safe
def exemplaire_fichier(request: HttpRequest, reference: str) -> HttpResponseBase:
    lue = queries.reunion_pour(request.user, reference, "voir_les_commissions", le=maintenant())
    if not lue.signe:
        raise Introuvable()
    return en_piece_jointe(
        stockage().lire(lue.signe), nom=lue.nom_du_signe, taille=stockage().taille(lue.signe)
    )
