"""Ma clé : la créer, la connaître, l'essayer, la remplacer."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from beffroi.cles import queries, rules, services
from beffroi.cles.echanges import champ, en_base64, en_json, lire_json, octets
from beffroi.cles.fentes import FenteScellee
from beffroi.cles.models import Gardien, IdentiteDeMembre, PartDeCle
from beffroi.comptes.decorateurs import connexion_requise
from beffroi.socle.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.horloge import maintenant


@connexion_requise
@require_GET
def ma_cle(request: HttpRequest) -> HttpResponse:
    identite = queries.identite_en_cours(request.user)
    dernier = queries.dernier_essai(identite) if identite else None
    return render(
        request,
        "cles/ma_cle.html",
        {
            "identite": identite,
            "prete": queries.est_prete(identite),
            "fentes": queries.fentes_de(identite) if identite else [],
            "dernier_essai": dernier,
            "a_refaire": identite is not None and rules.essai_perime(dernier=dernier, maintenant=maintenant()),
            "essais": queries.essais_en_attente(request.user, maintenant()),
            "gardien": queries.gardien_en_fonction(request.user),
        },
    )


@connexion_requise
@require_http_methods(["GET", "POST"])
def creer(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _enregistrer(request)
    if queries.identite_en_cours(request.user):
        return redirect("cles:ma_cle")
    return render(request, "cles/creer.html", {"suite": reverse("cles:ma_cle"), "secours": reverse("cles:secours")})


@en_json
def _enregistrer(request: HttpRequest) -> JsonResponse:
    envoi = lire_json(request)
    identite = services.creer_identite(
        utilisateur=request.user,
        destinataire=champ(envoi, "destinataire", str),
        fentes=[_fente(recue) for recue in champ(envoi, "fentes", list)],
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    return JsonResponse({"empreinte": identite.empreinte}, status=201)


def _fente(recue: dict[str, object]) -> FenteScellee:
    if not isinstance(recue, dict):
        raise RegleEnfreinte("L'envoi est incomplet. Rechargez la page et recommencez.")
    parametres = {str(cle): str(valeur)[:500] for cle, valeur in champ(recue, "parametres", dict).items()}
    return FenteScellee(
        sorte=champ(recue, "sorte", str),
        contenu=octets(recue, "contenu"),
        libelle=champ(recue, "libelle", str),
        parametres=parametres,
    )


@connexion_requise
@require_http_methods(["GET", "POST"])
def secours(request: HttpRequest) -> HttpResponse:
    identite = _ma_cle_ou_rien(request)
    if request.method == "POST":
        return _confirmer_le_secours(request)
    if identite.secours_recopie_le:
        return redirect("cles:ma_cle")
    fentes = [fente for fente in _fentes(identite) if fente["sorte"] == "secours"]
    donnees = {"fentes": fentes, "empreinte": identite.empreinte, "suite": reverse("cles:ma_cle")}
    return render(request, "cles/secours.html", {"donnees": donnees})


@en_json
def _confirmer_le_secours(request: HttpRequest) -> JsonResponse:
    services.confirmer_le_secours(identite=_ma_cle_ou_rien(request), par=request.user.acteur, maintenant=maintenant())
    return JsonResponse({"suite": reverse("cles:ma_cle")})


@connexion_requise
@require_http_methods(["GET", "POST"])
def canari(request: HttpRequest, reference: str) -> HttpResponse:
    if request.method == "POST":
        return _ouvrir(request)
    porteur = _porteur(request, reference)
    identite = porteur.identite if isinstance(porteur, PartDeCle) else _ma_cle_ou_rien(request)
    donnees = {
        "empreinte": identite.empreinte,
        "fentes": _fentes(identite),
        "canaris": [
            {"reference": p.reference, "scelle": en_base64(p.canari_scelle)} for p in _a_ouvrir(request, porteur)
        ],
        "suite": reverse("cles:ma_cle"),
    }
    perime = rules.essai_perime(dernier=porteur.canari_ouvert_le, maintenant=maintenant())
    return render(request, "cles/canari.html", {"donnees": donnees, "porteur": porteur, "perime": perime})


def _a_ouvrir(request: HttpRequest, porteur: PartDeCle | Gardien) -> list[PartDeCle | Gardien]:
    """Une seule ouverture de la clé fait tous les essais qui attendent."""
    attendus: list[PartDeCle | Gardien] = list(queries.essais_en_attente(request.user, maintenant()))
    return [
        p for p in {autre.reference: autre for autre in (*attendus, porteur)}.values() if p.canari_ouvert_le is None
    ]


@en_json
def _ouvrir(request: HttpRequest) -> JsonResponse:
    for ouvert in champ(lire_json(request), "ouverts", list):
        porteur = _porteur(request, champ(ouvert, "reference", str))
        clair, instant = octets(ouvert, "clair"), maintenant()
        if isinstance(porteur, Gardien):
            services.ouvrir_canari_de_gardien(gardien=porteur, clair=clair, par=request.user.acteur, maintenant=instant)
        else:
            services.ouvrir_canari(part=porteur, clair=clair, par=request.user.acteur, maintenant=instant)
    return JsonResponse({"suite": reverse("cles:ma_cle")})


@connexion_requise
@require_POST
def refaire(request: HttpRequest, reference: str) -> HttpResponse:
    porteur = _porteur(request, reference)
    if isinstance(porteur, Gardien):
        services.renouveler_canari_de_gardien(gardien=porteur)
    else:
        services.renouveler_canari(part=porteur)
    return redirect("cles:canari", reference)


@connexion_requise
@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest) -> HttpResponse:
    identite = _ma_cle_ou_rien(request)
    if request.method == "POST":
        services.retirer_identite(identite=identite, par=request.user.acteur, maintenant=maintenant())
        return redirect("cles:ma_cle")
    return render(request, "cles/retirer.html", {"identite": identite})


def _porteur(request: HttpRequest, reference: str) -> PartDeCle | Gardien:
    """Ma part, ou ma garde, qui porte cette référence."""
    gardien = queries.gardien_en_fonction(request.user)
    if gardien is not None and gardien.reference == reference:
        return gardien
    return queries.part_a_essayer(request.user, reference)


def _ma_cle_ou_rien(request: HttpRequest) -> IdentiteDeMembre:
    identite = queries.identite_en_cours(request.user)
    if identite is None:
        raise Introuvable("Vous n'avez pas encore de clé. Créez-la depuis la page « Mes clés ».")
    return identite


def _fentes(identite: IdentiteDeMembre) -> list[dict[str, object]]:
    return [
        {
            "sorte": fente.sorte,
            "libelle": fente.get_sorte_display(),
            "contenu": en_base64(fente.contenu),
            "parametres": fente.parametres,
        }
        for fente in queries.fentes_de(identite)
    ]
