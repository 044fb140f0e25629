"""Les fichiers d'un appel :
pour le logiciel financier une fois émis, pour un tableur à toute étape.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from beffroi.centre.contributions import exports, queries
from beffroi.centre.contributions.models import Exercice
from beffroi.centre.contributions.permissions import ACTES
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.queries import exiger_au_centre, exploitant
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.telechargements import rendre_un_fichier


@connexion_requise
@require_safe
@jamais_gardee
def appels_csv(request: HttpRequest, cle: str) -> HttpResponse:
    return rendre_un_fichier(exports.en_csv(_emis(request, cle)), f"appels-{cle}.csv")


@connexion_requise
@require_safe
@jamais_gardee
def appels_json(request: HttpRequest, cle: str) -> HttpResponse:
    octets = exports.en_json(_emis(request, cle), creancier=exploitant(), le=maintenant())
    return rendre_un_fichier(octets, f"appels-{cle}.json")


@connexion_requise
@require_safe
@jamais_gardee
def apercu_ods(request: HttpRequest, cle: str) -> HttpResponse:
    le = maintenant()
    exiger_au_centre(request.user, "voir_les_contributions", ACTES, le)
    exercice = queries.exercice_pour(cle)
    octets = exports.apercu_en_ods(exercice, queries.contributions_de(exercice), le=le)
    return rendre_un_fichier(octets, f"contributions-{cle}.ods")


def _emis(request: HttpRequest, cle: str) -> Exercice:
    exiger_au_centre(request.user, "voir_les_contributions", ACTES, maintenant())
    exercice = queries.exercice_pour(cle)
    if exercice.emis_le is None:
        raise ConflitEtat(
            f"L'appel {cle} n'est pas émis : le logiciel financier n'en reçoit rien avant."
        )
    return exercice
