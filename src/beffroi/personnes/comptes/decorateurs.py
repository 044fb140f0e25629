"""Ce qu'une page demande à qui la visite : d'être connecté, ou de l'avoir prouvé à l'instant."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control

from beffroi.personnes.comptes import suspension
from beffroi.personnes.comptes.adapter import authentification_recente
from beffroi.socle.fondations import horloge

Vue = Callable[..., HttpResponse]

# Une page de séance ne se garde nulle part,
# et sa réponse ne porte pas d'heure qui la distinguerait d'une autre.
jamais_gardee = cache_control(private=True, no_store=True)


def connexion_requise(vue: Vue) -> Vue:
    """Mène à la connexion, puis revient à la page demandée."""
    protegee: Vue = login_required(vue)
    return protegee


def reauthentification_recente(vue: Vue) -> Vue:
    """Redemande le mot de passe, le code ou la clé d'accès,
    s'ils n'ont pas été donnés dans les cinq minutes.

    Pour les actes qui engagent : ouvrir, attribuer, délivrer un jeton (ASVS 7.5). La lecture de la
    page passe ; l'acte attend la preuve, puis reprend là où il en était, avec ce qui était saisi et
    les fichiers choisis.
    """

    @wraps(vue)
    def enveloppe(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} and not authentification_recente(request):
            suspension.suspendre(request, le=horloge.heure_reelle())
            raise ReauthenticationRequired()
        suspension.reprendre(request, le=horloge.heure_reelle())
        return vue(request, *args, **kwargs)

    return connexion_requise(enveloppe)


def reconnu_avant_de_saisir(vue: Vue) -> Vue:
    """La même preuve, demandée dès l'affichage, pour un formulaire qui reçoit un secret.

    La reprise garderait ce qui est saisi dans la session, mot de passe du certificat
    compris : ici, rien n'est repris.
    """

    @wraps(vue)
    def enveloppe(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not authentification_recente(request):
            suite = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_reauthenticate')}?{suite}")
        return vue(request, *args, **kwargs)

    return connexion_requise(enveloppe)
