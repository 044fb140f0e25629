"""Importer des effectifs, ou des populations : déposer le tableur, relire, confirmer."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from beffroi.centre.adherents import queries
from beffroi.centre.adherents.forms import ImportForm
from beffroi.centre.adherents.models import ImportDEffectifs
from beffroi.centre.adherents.services.imports_effectifs import (
    apercu,
    deposer_des_effectifs,
    importer_des_effectifs,
)
from beffroi.centre.adherents.views.acces import au_centre
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet import fichiers_relus
from beffroi.socle.guichet.actes import formulaire, saisie, saisie_et_fichiers
from beffroi.socle.guichet.envois import EnvoiBorne, envoi_borne
from beffroi.socle.guichet.fichiers_relus import EmpreinteForm
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats import tableur
from formats.dates import PARIS

MODELES = {
    "effectifs": (("siren", "agents", "date"), ("216201533", "42", "01/01/2027")),
    "populations": (
        ("code_commune", "habitants", "date", "source"),
        ("62153", "431", "01/01/2027", "INSEE, populations légales"),
    ),
}


@envoi_borne(EnvoiBorne)
@connexion_requise
@formulaire
def deposer(request: HttpRequest, sorte: str) -> HttpResponse:
    au_centre(request, "tenir_l_annuaire")
    sorte = _sorte(sorte)

    def garder(nom: str, octets: bytes) -> ImportDEffectifs:
        return deposer_des_effectifs(
            sorte=sorte, nom=nom, octets=octets, par=request.user, maintenant=maintenant()
        )

    return fichiers_relus.deposer(
        request,
        ImportForm(*saisie_et_fichiers(request)),
        garder,
        champ="tableau",
        vers="adherents:relire_des_effectifs",
        gabarit="adherents/importer_effectifs.html",
        contexte={"sorte": sorte, "imports": queries.derniers_imports_d_effectifs(sorte)},
    )


@connexion_requise
@formulaire
def relire(request: HttpRequest, reference: str) -> HttpResponse:
    au_centre(request, "tenir_l_annuaire")
    depose, le = queries.import_d_effectifs_pour(reference), maintenant()

    def acte(empreinte: str) -> str:
        fait = importer_des_effectifs(
            depose=depose, empreinte=empreinte, par=request.user, maintenant=le
        )
        return f"L'import est fait : {fait.inscrits} inscrits, dont {fait.differents} différents."

    return fichiers_relus.relire(
        request,
        EmpreinteForm(saisie(request)),
        depose,
        appliquer=acte,
        apercu=lambda: apercu(depose, le=le.astimezone(PARIS).date()),
        vers=("adherents:relire_des_effectifs", reference),
        gabarit="adherents/relire_effectifs.html",
    )


@connexion_requise
@require_safe
@jamais_gardee
def modele(request: HttpRequest, sorte: str) -> HttpResponse:
    """Un tableau aux colonnes de l'import, avec une ligne d'exemple."""
    au_centre(request, "tenir_l_annuaire")
    entetes, exemple = MODELES[_sorte(sorte)]
    contenu = b"".join(tableur.csv_au_fil_de_l_eau(entetes, [exemple]))
    return rendre_un_fichier(contenu, f"modele-{sorte}.csv")


def _sorte(sorte: str) -> str:
    if sorte not in ImportDEffectifs.Sorte.values:
        raise Introuvable()
    return sorte
