"""La convention et la contribution vivaient sous les agents de l'organisme :
une adresse gardée mène à l'adhésion.
"""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponsePermanentRedirect

from beffroi.personnes.comptes.decorateurs import connexion_requise


@connexion_requise
def demenagee(request: HttpRequest, siret: str, rubrique: str, suite: str) -> HttpResponse:
    """La même page, à sa nouvelle adresse ; ce qu'un formulaire envoyait y va aussi."""
    ailleurs = f"/adhesion/{quote(siret, safe='')}/{rubrique}/{quote(suite)}"
    requete = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(
        f"{ailleurs}?{requete}" if requete else ailleurs, preserve_request=True
    )
