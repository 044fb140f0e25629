"""Le journal public : des octets que n'importe qui peut recopier et vérifier.

Ils ne disent rien de personne.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal import cadence, chainage, queries, releves
from beffroi.socle.journal.models import Publication
from beffroi.socle.journal.ports import temoins
from beffroi.socle.journal.services import publier_la_tete
from sceau import log

TEXTE = "text/plain; charset=utf-8"
CHIFFRES_D_UNE_TAILLE = 18
POUR_TOUJOURS = cache_control(public=True, max_age=31_536_000, immutable=True)


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """Ce qu'est le journal, où il en est, comment le vérifier."""
    publication = tete_de_l_heure()
    contexte = {
        "tete": publication and publication.point,
        "publiee_le": publication and cadence.instant(publication.rang),
        "prochaine_le": publication and cadence.instant(publication.rang + 1),
        "cle": chainage.signataire().vkey,
        "precedentes": releves.cles()[:-1],
        "autorite": chainage.certificats_d_horodatage(),
        "temoins": [temoin.nom for temoin in temoins()],
    }
    return render(request, "journal/accueil.html", contexte)


@login_not_required
@require_safe
@cache_control(no_cache=True)
def derniere_tete(request: HttpRequest) -> HttpResponse:
    publication = tete_de_l_heure()
    if publication is None:
        raise Http404("Le journal n'a pas encore de tête publique.")
    return HttpResponse(queries.note_complete(publication.point), content_type=TEXTE)


def tete_de_l_heure() -> Publication | None:
    """La dernière tête publique.

    Celle de ce pas naît ici si l'ouvrier ne l'a pas encore faite : l'heure seule en décide.
    """
    le = maintenant()
    if queries.publication_due(le):
        publier_la_tete(le=le)
    return queries.derniere_publication()


@login_not_required
@require_safe
def points_de_controle(request: HttpRequest) -> HttpResponse:
    """Toutes les têtes publiques après la taille donnée :
    de quoi vérifier que l'histoire ne s'est jamais réécrite.
    """
    tete_de_l_heure()
    depuis = request.GET.get("depuis", "0")
    lisible = depuis.isdecimal() and len(depuis) <= CHIFFRES_D_UNE_TAILLE
    suite = queries.tetes().filter(taille__gt=int(depuis) if lisible else 0)[:1000]
    return JsonResponse({"points": [{"taille": tete.taille, "note": tete.note} for tete in suite]})


@login_not_required
@require_safe
def cles(request: HttpRequest) -> HttpResponse:
    """`journal` : la clé d'aujourd'hui. `registre` : toutes, et les tailles que chacune signe ;
    `releves` : les écritures qui mènent de l'une à l'autre, à vérifier sans nous croire.
    """
    return JsonResponse(
        {
            "journal": chainage.signataire().vkey,
            "registre": [cle.text for cle in releves.cles()],
            "releves": releves.publiees(),
            "horodatage": chainage.certificats_d_horodatage(),
        }
    )


@login_not_required
@require_safe
@POUR_TOUJOURS
def tuile(
    request: HttpRequest, niveau: str, numero: str, largeur: str | None = None
) -> HttpResponse:
    return octets(queries.tuile(int(niveau), indice_de(numero), int(largeur or log.TILE_WIDTH)))


@login_not_required
@require_safe
@POUR_TOUJOURS
def tuile_de_feuilles(
    request: HttpRequest, numero: str, largeur: str | None = None
) -> HttpResponse:
    return octets(queries.tuile_de_feuilles(indice_de(numero), int(largeur or log.TILE_WIDTH)))


def indice_de(numero: str) -> int:
    """`x001/234` désigne la tuile 1234."""
    return int(numero.replace("x", "").replace("/", ""))


def octets(contenu: bytes | None) -> HttpResponse:
    if contenu is None:
        raise Http404("Cette tuile n'existe pas encore.")
    return HttpResponse(contenu, content_type="application/octet-stream")
