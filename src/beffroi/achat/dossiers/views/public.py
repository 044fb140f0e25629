"""Le dossier d'avant, pour tout le monde : sans compte, sans cookie."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from beffroi.achat.consultations.queries import lisible
from beffroi.achat.consultations.rules.documents import nom_sur
from beffroi.achat.consultations.telechargement import servir_et_noter
from beffroi.achat.dossiers import queries, services
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.guichet.telechargements import Fichier


@login_not_required
@require_safe
def d_avant(request: HttpRequest, reference: str, numero: int) -> HttpResponseBase:
    """Le dossier tel qu'il était dans une version passée : ce qui a été lu peut se relire."""
    consultation = lisible(reference, request.user)
    suivante = queries.version_publique(consultation, numero)
    cle = services.archive_d_avant(suivante)
    nom = nom_sur(f"dossier-{reference}-version-{numero}.zip")
    fichier = Fichier(cle, nom, stockage().taille(cle), etiquette=f'"{cle.rpartition("/")[2]}"')
    return servir_et_noter(request, consultation, fichier, version=numero)
