"""Ce que tous lisent :
ce que le service promet, le registre des traitements, la clause de sous-traitance.
"""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.centre.conventions import actes
from beffroi.centre.conventions.documents.modele import modele
from beffroi.centre.conventions.queries import notre_convention
from beffroi.garde.conformite.destinations import attestee, destinations
from beffroi.garde.conformite.queries import fin_de_sous_traitance
from beffroi.garde.conformite.queries.traitements import traitements
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.document import Chapitre, Paragraphe, phrase

ANNEXE = "donnees_personnelles"
TITRE = "# "


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    return render(request, "conformite/accueil.html")


@login_not_required
@require_safe
def registre(request: HttpRequest) -> HttpResponse:
    """Le registre des activités de traitement (RGPD, art. 30)."""
    return render(
        request,
        "conformite/registre.html",
        {"traitements": traitements(), "destinations": destinations(), "attestee": attestee()},
    )


@login_not_required
@require_safe
def sous_traitance(request: HttpRequest) -> HttpResponse:
    """La clause que chaque convention porte en annexe (RGPD,
    art. 28), telle que son modèle la dit.
    """
    contexte = {"blocs": la_clause(), "version": modele(ANNEXE).version}
    return render(request, "conformite/sous_traitance.html", contexte)


def la_clause() -> list[tuple[str, list[str]]]:
    """Ses titres, ses phrases et ses listes.

    Ce qui nomme un adhérent n'y est pas, ni le titre que cela laisse seul.
    """
    dits = [
        morceau.replace("{sigle}", "centre de gestion") for morceau in modele(ANNEXE).morceaux[1:]
    ]
    communs = [morceau for morceau in dits if not morceau.startswith("@") and "{" not in morceau]
    suivis = zip(communs, [*communs[1:], TITRE], strict=True)
    gardes = [
        dit for dit, suivant in suivis if not (dit.startswith(TITRE) and suivant.startswith(TITRE))
    ]
    return [
        (dit[: len(TITRE)], [ligne.lstrip("#- ") for ligne in dit.splitlines()]) for dit in gardes
    ]


@connexion_requise
@require_safe
@jamais_gardee
def notre_annexe(request: HttpRequest, siret: str, format_: str) -> HttpResponse:
    """L'annexe d'un adhérent, ses faits remplis, pour ses propres agents."""
    le = maintenant()
    _, convention = notre_convention(request.user, siret, le)
    if convention is None or format_ not in actes.RENDUS:
        raise Introuvable()
    _, document = actes.acte(ANNEXE, convention, maintenant=le)
    finie = fin_de_sous_traitance(convention)
    if finie:
        chapitre = Chapitre("Fin de la sous-traitance", (Paragraphe(phrase(finie.dite)),))
        document = replace(document, chapitres=(*document.chapitres, chapitre))
    fichier = actes.rendre(ANNEXE, convention, document, format_)
    return rendre_un_fichier(fichier.octets, fichier.nom)
