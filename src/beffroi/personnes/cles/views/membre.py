"""Ma clé : la créer, la connaître, l'essayer, la remplacer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from beffroi.personnes.cles import queries, rules, services
from beffroi.personnes.cles.echanges import cle_de_signature_recue, fente_recue
from beffroi.personnes.cles.models import Gardien, PartDeCle
from beffroi.personnes.cles.ports import Retour, retour_apres_essai
from beffroi.personnes.comptes.decorateurs import connexion_requise, reauthentification_recente
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.scripts import champ, en_base64, en_json, lire_json, octets


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
            "a_refaire": identite is not None
            and rules.essai_perime(dernier=dernier, maintenant=maintenant()),
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
    return render(
        request,
        "cles/creer.html",
        {"suite": reverse("cles:ma_cle"), "secours": reverse("cles:secours")},
    )


@en_json
def _enregistrer(request: HttpRequest) -> JsonResponse:
    envoi = lire_json(request)
    identite = services.creer_identite(
        utilisateur=request.user,
        destinataire=champ(envoi, "destinataire", str),
        signature=cle_de_signature_recue(envoi),
        fentes=[fente_recue(recue) for recue in champ(envoi, "fentes", list)],
        par=request.user.acteur,
        maintenant=maintenant(),
    )
    return JsonResponse({"empreinte": identite.empreinte}, status=201)


@connexion_requise
@require_http_methods(["GET", "POST"])
def secours(request: HttpRequest) -> HttpResponse:
    identite = queries.ma_cle(request.user)
    if request.method == "POST":
        return _confirmer_le_secours(request)
    if identite.secours_recopie_le:
        return redirect("cles:ma_cle")
    fentes = [fente for fente in queries.fentes_a_ouvrir(identite) if fente["sorte"] == "secours"]
    donnees = {"fentes": fentes, "empreinte": identite.empreinte, "suite": reverse("cles:ma_cle")}
    return render(request, "cles/secours.html", {"donnees": donnees})


@en_json
def _confirmer_le_secours(request: HttpRequest) -> JsonResponse:
    services.confirmer_le_secours(
        identite=queries.ma_cle(request.user), par=request.user.acteur, maintenant=maintenant()
    )
    return JsonResponse({"suite": reverse("cles:ma_cle")})


@connexion_requise
@require_http_methods(["GET", "POST"])
def canari(request: HttpRequest, reference: str) -> HttpResponse:
    if request.method == "POST":
        return _ouvrir(request, reference)
    porteur = _porteur(request, reference)
    identite = porteur.identite if isinstance(porteur, PartDeCle) else queries.ma_cle(request.user)
    donnees = {
        "empreinte": identite.empreinte,
        "fentes": queries.fentes_a_ouvrir(identite),
        "canaris": [
            {"reference": p.reference, "scelle": en_base64(p.canari_scelle)}
            for p in _a_ouvrir(request, porteur)
        ],
    }
    perime = rules.essai_perime(dernier=porteur.canari_ouvert_le, maintenant=maintenant())
    return render(
        request,
        "cles/canari.html",
        {
            "donnees": donnees,
            "porteur": porteur,
            "perime": perime,
            "retour": _retour(request, porteur),
        },
    )


def _a_ouvrir(request: HttpRequest, porteur: PartDeCle | Gardien) -> list[PartDeCle | Gardien]:
    """Une seule ouverture de la clé fait tous les essais qui attendent."""
    attendus: list[PartDeCle | Gardien] = list(
        queries.essais_en_attente(request.user, maintenant())
    )
    return [
        p
        for p in {autre.reference: autre for autre in (*attendus, porteur)}.values()
        if p.canari_ouvert_le is None
    ]


@en_json
def _ouvrir(request: HttpRequest, reference: str) -> JsonResponse:
    envoi = lire_json(request)
    fente = queries.fente_pour(request.user, champ(envoi, "fente", str))
    ouverts = champ(envoi, "ouverts", list)
    if not ouverts:
        # Rien d'ouvert ne prouve rien : la façon compterait sans avoir servi.
        raise RegleEnfreinte("L'envoi est incomplet. Rechargez la page et recommencez.")
    for ouvert in ouverts:
        porteur = _porteur(request, champ(ouvert, "reference", str))
        clair, instant = octets(ouvert, "clair"), maintenant()
        if isinstance(porteur, Gardien):
            services.ouvrir_canari_de_gardien(
                gardien=porteur, clair=clair, par=request.user.acteur, maintenant=instant
            )
        else:
            services.ouvrir_canari(
                part=porteur, clair=clair, par=request.user.acteur, maintenant=instant
            )
    services.noter_l_ouverture(fente=fente, maintenant=maintenant())
    messages.success(request, "L'essai est réussi : votre clé ouvre.")
    retour = _retour(request, _porteur(request, reference))
    return JsonResponse({"suite": retour.adresse if retour else reverse("cles:ma_cle")})


def _retour(request: HttpRequest, porteur: PartDeCle | Gardien) -> Retour | None:
    """La consultation qui demandait l'essai. Un gardien n'en a pas : il revient à sa clé."""
    if isinstance(porteur, Gardien):
        return None
    return retour_apres_essai(porteur.paire_id, request.user, maintenant())


@connexion_requise
@require_POST
def refaire(request: HttpRequest, reference: str) -> HttpResponse:
    porteur = _porteur(request, reference)
    if isinstance(porteur, Gardien):
        services.renouveler_canari_de_gardien(
            gardien=porteur, par=request.user.acteur, maintenant=maintenant()
        )
    else:
        services.renouveler_canari(part=porteur, par=request.user.acteur, maintenant=maintenant())
    return redirect("cles:canari", reference)


@reauthentification_recente
@require_http_methods(["GET", "POST"])
def retirer(request: HttpRequest) -> HttpResponse:
    identite = queries.ma_cle(request.user)
    if request.method == "POST":
        services.retirer_identite(
            identite=identite, par=request.user.acteur, maintenant=maintenant()
        )
        return redirect("cles:ma_cle")
    return render(request, "cles/retirer.html", {"identite": identite})


def _porteur(request: HttpRequest, reference: str) -> PartDeCle | Gardien:
    """Ma part, ou ma garde, qui porte cette référence."""
    gardien = queries.gardien_en_fonction(request.user)
    if gardien is not None and gardien.reference == reference:
        return gardien
    return queries.part_a_essayer(request.user, reference)
