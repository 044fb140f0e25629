"""Signer ici avec son certificat :
l'acheteur depuis son contrat, le titulaire depuis sa réponse retenue.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beffroi.contrat.marches import queries
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import signer_ici as services
from beffroi.contrat.marches.services.signer_ici import ACHETEUR, TITULAIRE
from beffroi.personnes.comptes.decorateurs import (
    connexion_requise,
    jamais_gardee,
    reconnu_avant_de_saisir,
)
from beffroi.seance.signatures.page import cle_pretee, proposer
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import formulaire
from beffroi.socle.guichet.telechargements import rendre_un_fichier

FAIT = {
    ACHETEUR: "Le contrat est signé. Ce que vaut la signature se lit avec la pièce.",
    TITULAIRE: "Vous avez signé. L'acheteur signe à son tour, puis vous notifie le contrat.",
}


@cle_pretee
@reconnu_avant_de_saisir
@formulaire
@jamais_gardee
def acheteur(request: HttpRequest, reference: str) -> HttpResponse:
    marche = queries.marche_a_tenir(request.user, reference, maintenant())
    if marche.etat != Marche.Etat.A_SIGNER:
        raise ConflitEtat("Ce contrat n'est plus à signer. Ouvrez sa page pour voir où il en est.")
    piece = services.piece_du_titulaire(marche)
    lien = reverse("marches:piece", args=(marche.reference, piece.reference))
    retour = reverse("marches:contrat", args=(marche.reference,))
    liens = {"lien": lien, "retour": retour, "apres": retour}
    return _page(request, marche, ACHETEUR, liens, jeton=bool(settings.PKCS11["module"]))


@cle_pretee
@reconnu_avant_de_saisir
@formulaire
@jamais_gardee
def titulaire(request: HttpRequest, reference: str, contrat: str) -> HttpResponse:
    """Le contrat né de cette réponse, dès qu'il peut se signer ;
    avant, rien n'en dit l'existence.
    """
    marche = queries.contrat_du_depot(request.user, reference, contrat, le=maintenant())
    lien = reverse("marches:document_du_titulaire", args=(reference, contrat))
    if marche.signe_par_le_titulaire_le:
        piece = services.piece_du_titulaire(marche)
        return render(
            request, "marches/signe_ici.html", {"marche": marche, "piece": piece, "lien": lien}
        )
    return _page(
        request,
        marche,
        TITULAIRE,
        {"lien": lien, "retour": reverse("reponses:recepisse", args=(reference,))},
    )


@connexion_requise
@require_safe
@jamais_gardee
def document_du_titulaire(request: HttpRequest, reference: str, contrat: str) -> HttpResponse:
    """L'acte à signer ; une fois signé, l'exemplaire signé."""
    marche = queries.contrat_du_depot(request.user, reference, contrat, le=maintenant())
    document = services.document_a_signer(
        marche, ACHETEUR if marche.signe_par_le_titulaire_le else TITULAIRE
    )
    return rendre_un_fichier(document.octets, document.nom)


def _page(
    request: HttpRequest, marche: Marche, partie: str, liens: dict[str, str], *, jeton: bool = False
) -> HttpResponse:
    le, par = maintenant(), request.user.acteur
    faire = lambda cle, lu: services.signer_ici(  # noqa: E731
        marche=marche, partie=partie, lu=lu, cle=cle, par=par, maintenant=le
    )
    contexte = {
        "marche": marche,
        "montant": marche.montant,
        "partie": partie,
        "fait": FAIT[partie],
        **liens,
    }
    document = services.document_a_signer(marche, partie)
    contexte = {**contexte, "document": document}
    return proposer(
        request, document.octets, faire, contexte, gabarit="marches/signer_ici.html", jeton=jeton
    )
