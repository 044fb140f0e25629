"""La page où l'on signe un document ici : le document, son empreinte, et la clé prêtée."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters

from beffroi.seance.signatures.forms_de_signature import SecretEnMemoire, SignerIciForm
from beffroi.seance.signatures.signer_ici import empreinte_de
from beffroi.socle.guichet.actes import fait, rendre
from beffroi.socle.guichet.envois import envoi_borne
from formats.signature import Cle


def cle_pretee(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """À poser au-dessus de tout : la clé prêtée reste en mémoire, et son mot de passe hors des
    comptes rendus d'erreur.
    """
    return envoi_borne(SecretEnMemoire)(sensitive_post_parameters("secret")(vue))


def proposer(
    request: HttpRequest,
    octets: bytes,
    faire: Callable[[Cle, str], object],
    contexte: dict[str, Any],
    *,
    gabarit: str,
    jeton: bool = False,
) -> HttpResponse:
    """`faire` reçoit la clé, et l'empreinte de ce qui a été lu.

    `contexte` dit ce qui est `fait`, et où l'on va `apres`.
    """
    empreinte = empreinte_de(octets)
    saisie = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SignerIciForm(*saisie, jeton=jeton, empreinte=empreinte)
    if fait(request, form, lambda: faire(form.cle(), empreinte), contexte["fait"]):
        return redirect(contexte.get("apres") or request.path)
    contexte = {**contexte, "form": form, "empreinte": empreinte}
    return rendre(request, gabarit, contexte)
