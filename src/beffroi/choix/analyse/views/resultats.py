"""Le classement et ses images, la question à poser à une offre basse,
le rapport, et la grille dans un tableur.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from beffroi.choix.analyse import ecrans, ecrans_des_offres, exports, questions_de_prix, services
from beffroi.choix.analyse import rapport as composition
from beffroi.choix.analyse.forms import MotifForm, RapportForm
from beffroi.choix.analyse.queries.lecture import Analyse
from beffroi.choix.analyse.views.commun import Ici, ouvert, page
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import Introuvable, RoleManquant
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.lecture import en_une_lecture, lecture
from beffroi.socle.guichet.telechargements import en_piece_jointe, rendre_un_fichier
from formats import tableur
from formats.document import odt, pdf

RENDUS = {"odt": odt, "pdf": pdf}


@jamais_gardee
@connexion_requise
@require_safe
@lecture()
def classement(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    place, analyse = ouvert(request, reference, numero)
    vue = ecrans_des_offres.classement(analyse, le=maintenant())
    return page(request, "classement", place, analyse=analyse, **vue)


@jamais_gardee
@connexion_requise
@require_POST
def question(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Garde la question en brouillon dans les échanges :
    l'acheteur la relit, lui donne sa date, l'envoie.
    """
    _, analyse = ouvert(request, reference, numero, "conduire_l_analyse")
    le = maintenant()
    trouvee = next(
        (
            couple
            for couple in questions_de_prix.soupcons(analyse, le=le)
            if couple[1].cle == request.POST.get("offre")
        ),
        None,
    )
    if trouvee is None:
        raise Introuvable()
    ligne, soupcon = trouvee
    courrier = questions_de_prix.preparer_la_question(
        analyse=analyse, ligne=ligne, soupcon=soupcon, par=request.user, maintenant=le
    )
    messages.success(
        request, "La question est prête, en brouillon. Donnez la date de réponse, relisez, envoyez."
    )
    return redirect("echanges:modifier", reference, courrier.reference)


@jamais_gardee
@connexion_requise
@formulaire
@en_une_lecture
def rapport(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Ce que le rapport dira ; le valider, ou rouvrir celui qui l'est (POST)."""
    post = request.method == "POST"
    place, analyse = ouvert(
        request, reference, numero, "conduire_l_analyse" if post else "lire_l_analyse"
    )
    valider = RapportForm(request.POST if post and analyse.rapport is None else None)
    rouvrir = MotifForm(request.POST if post and analyse.rapport else None)
    if post and _agir(request, place, analyse, valider=valider, rouvrir=rouvrir):
        return redirect("analyse:rapport", *place.adresse)
    document = composition.composer(analyse, place.lot, proposition="", etabli_le=maintenant())
    return page(
        request,
        "rapport",
        place,
        analyse=analyse,
        document=document,
        valider=valider,
        rouvrir=rouvrir,
    )


def _agir(
    request: HttpRequest, place: Ici, analyse: Analyse, *, valider: RapportForm, rouvrir: MotifForm
) -> bool:
    if analyse.rapport is not None and rouvrir.is_valid():
        motif = rouvrir.cleaned_data["motif"]
        services.rouvrir_le_rapport(
            rapport=analyse.rapport, motif=motif, par=request.user, maintenant=maintenant()
        )
        return True
    if analyse.rapport is None and valider.is_valid():
        services.valider_le_rapport(
            consultation=place.consultation,
            lot=place.lot,
            proposition=valider.cleaned_data["proposition"],
            par=request.user,
            maintenant=maintenant(),
        )
        messages.success(request, "Le rapport est validé. Ses fichiers ne changent plus.")
        return True
    return False


@jamais_gardee
@connexion_requise
@require_safe
@lecture()
def rapport_fichier(
    request: HttpRequest, reference: str, numero: int, extension: str
) -> HttpResponseBase:
    """Le rapport du moment ; une fois validé, ses octets gardés."""
    place, analyse = ouvert(request, reference, numero)
    if extension not in RENDUS:
        raise Http404
    nom = f"rapport-d-analyse-{reference}{f'-lot-{numero}' if numero else ''}.{extension}"
    if analyse.rapport is not None:
        cle = analyse.rapport.odt if extension == "odt" else analyse.rapport.pdf
        return en_piece_jointe(stockage().lire(cle), nom=nom, taille=stockage().taille(cle))
    document = composition.composer(analyse, place.lot, proposition="", etabli_le=maintenant())
    return rendre_un_fichier(RENDUS[extension](document), nom)


@jamais_gardee
@connexion_requise
@require_safe
@lecture()
def export(request: HttpRequest, reference: str, numero: int, extension: str) -> HttpResponse:
    """La grille et toutes les notes, en CSV ou en ODS."""
    place, analyse = ouvert(request, reference, numero)
    if not ecrans.peut_comparer(analyse, request.user, conduit=place.peut_conduire):
        raise RoleManquant(
            "Notez d'abord toutes les offres : vous lirez ensuite ce que les autres ont noté."
        )
    nom = f"analyse-{reference}{f'-lot-{numero}' if numero else ''}.{extension}"
    feuille = exports.feuille(analyse)
    if extension == "csv":
        return rendre_un_fichier(tableur.csv(feuille), nom)
    if extension == "ods":
        return rendre_un_fichier(tableur.ods(feuille, etabli_le=maintenant()), nom)
    raise Http404
