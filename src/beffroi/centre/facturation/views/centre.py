"""Au centre : les factures d'un exercice,
ce que les contrôles disent de chacune, et leur téléchargement.
"""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.centre.facturation import archive, ecrans, remise
from beffroi.centre.facturation import pes as fichiers_pes
from beffroi.centre.facturation.creancier import creancier, creancier_de
from beffroi.centre.facturation.lecture import a_facturer_pour, exercice_facture
from beffroi.centre.facturation.rules import manques_du_centre
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.dates import PARIS
from formats.facture import officiel

PAR_PAGE = 25


@connexion_requise
@require_safe
def exercice(request: HttpRequest, cle: str) -> HttpResponse:
    facture = exercice_facture(request.user, cle, maintenant())
    centre = creancier_de(facture)
    lignes = ecrans.lignes(facture, centre)
    a_corriger = [ligne for ligne in lignes if ligne.manques]
    montrees = a_corriger if request.GET.get("voir") == "a_corriger" else lignes
    contexte = {
        "exercice": facture,
        "centre": centre.organisme,
        "manques_du_centre": manques_du_centre(centre.partie),
        "totaux": ecrans.totaux(lignes),
        "pages": Paginator(montrees, PAR_PAGE).get_page(request.GET.get("page")),
        "voir": request.GET.get("voir", ""),
        "edition": officiel.edition(),
        "jamais_prouve": remise.JAMAIS_PROUVE,
    }
    return render(request, "facturation/exercice.html", contexte)


@connexion_requise
@require_safe
def facture(request: HttpRequest, annee: int, reference: str) -> HttpResponse:
    """Le rapport des contrôles :
    lesquels ont eu lieu, ce qu'ils refusent, lesquels n'ont pas eu lieu.
    """
    une = a_facturer_pour(request.user, annee, reference, maintenant())
    centre = creancier(le=une.emise_le)
    manques = remise.refus(une, centre=centre)
    contexte = {
        "exercice": une.contribution.exercice,
        "centre": centre.organisme,
        "ligne": ecrans.Ligne(une, tuple(manques)),
        "fiche": ecrans.fiche_de_l_adherent(une),
        "examens": [] if manques else ecrans.examens(une, centre),
        "edition": officiel.edition(),
        "jamais_prouve": remise.JAMAIS_PROUVE,
    }
    return render(request, "facturation/facture.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def fichier(request: HttpRequest, annee: int, reference: str, extension: str) -> HttpResponse:
    une = a_facturer_pour(request.user, annee, reference, maintenant())
    forme = remise.FORMES[extension]
    octets = remise.remettre(une, forme, centre=creancier(le=une.emise_le))
    return rendre_un_fichier(octets, remise.nom_de_fichier(une, forme), sorte=forme.sorte)


@connexion_requise
@require_safe
@jamais_gardee
def toutes(request: HttpRequest, cle: str, extension: str) -> StreamingHttpResponse:
    """L'archive se compose pendant qu'elle part :
    le premier fichier arrive avant que le dernier soit vérifié.
    """
    le = maintenant()
    facture, forme = exercice_facture(request.user, cle, le), remise.FORMES[extension]
    flux = archive.au_fil_de_l_eau(facture, forme, centre=creancier_de(facture), le=le)
    return rendre_un_fichier(flux, f"factures-{cle}-{extension}.zip")


@connexion_requise
@require_safe
def pes(request: HttpRequest, cle: str) -> HttpResponse:
    """Ce que le fichier expérimental est, ce qu'il n'est pas,
    et ce que les schémas de 2011 en disent.
    """
    le = maintenant()
    facture = exercice_facture(request.user, cle, le)
    compose = fichiers_pes.fichier(
        facture, centre=creancier_de(facture), le=le.astimezone(PARIS).date()
    )
    return render(request, "facturation/pes.html", {"exercice": facture, "fichier": compose})


@connexion_requise
@require_safe
@jamais_gardee
def fichier_pes(request: HttpRequest, cle: str) -> HttpResponse:
    le = maintenant()
    facture = exercice_facture(request.user, cle, le)
    compose = fichiers_pes.fichier(
        facture, centre=creancier_de(facture), le=le.astimezone(PARIS).date()
    )
    return rendre_un_fichier(
        compose.octets, compose.nom, sorte="application/xml; charset=iso-8859-1"
    )
