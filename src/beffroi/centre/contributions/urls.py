"""Les adresses des contributions : le tarif et l'appel, au centre ; son compte, à l'adhérent."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from beffroi.centre.contributions.views import (
    appel,
    avoirs,
    comptes,
    effectifs,
    exports,
    receptions,
    suites,
    tarif,
)

app_name = "contributions"

CENTRE = "cdg/contributions"


class CleDAppel(StringConverter):
    """« 2027 », l'appel de l'année ; « 2027-1 », ce qui le suit."""

    regex = "[0-9]{4}(?:-[1-9][0-9]?)?"


register_converter(CleDAppel, "appel")

urlpatterns = [
    path(f"{CENTRE}/", appel.liste, name="liste"),
    path(f"{CENTRE}/grilles/", tarif.grilles, name="grilles"),
    path(f"{CENTRE}/grilles/garder/", tarif.garder_une_grille, name="garder_une_grille"),
    path(f"{CENTRE}/choix/", tarif.choix, name="choix"),
    path(f"{CENTRE}/choix/<str:cle>/", tarif.choisir, name="choisir"),
    path(f"{CENTRE}/ecarts/", comptes.ecarts, name="ecarts"),
    path(f"{CENTRE}/effectifs/", effectifs.effectifs, name="effectifs"),
    path(f"{CENTRE}/contestations/<str:reference>/", comptes.contestation, name="contestation"),
    path(f"{CENTRE}/<appel:cle>/", appel.appel, name="appel"),
    path(f"{CENTRE}/<appel:cle>/appels.csv", exports.appels_csv, name="appels_csv"),
    path(f"{CENTRE}/<appel:cle>/appels.json", exports.appels_json, name="appels_json"),
    path(f"{CENTRE}/<appel:cle>/apercu.ods", exports.apercu_ods, name="apercu_ods"),
    path(f"{CENTRE}/<appel:cle>/faire/<str:acte>/", appel.acte, name="acte"),
    path(
        f"{CENTRE}/<appel:cle>/effectifs/relire/",
        appel.relire_les_effectifs,
        name="relire_les_effectifs",
    ),
    path(f"{CENTRE}/<appel:cle>/receptions/", receptions.receptions, name="receptions"),
    path(f"{CENTRE}/<int:annee>/suite/<str:sorte>/", suites.ouvrir, name="ouvrir_une_suite"),
    path(f"{CENTRE}/<int:annee>/<str:reference>/", appel.ligne, name="ligne"),
    path(f"{CENTRE}/<int:annee>/<str:reference>/relire/", appel.relire, name="relire"),
    path(
        f"{CENTRE}/<int:annee>/<str:reference>/reception/", receptions.reception, name="reception"
    ),
    path(f"{CENTRE}/<int:annee>/<str:reference>/avoir/", avoirs.avoir, name="avoir"),
    path(f"{CENTRE}/<int:annee>/<str:reference>/depart/", avoirs.depart, name="depart"),
    path(
        f"{CENTRE}/<int:annee>/<str:reference>/rendre/",
        avoirs.rendre_a_l_adherent,
        name="rendre",
    ),
    path(f"{CENTRE}/<int:annee>/<str:reference>/appel.pdf", comptes.document, name="document"),
    path("adhesion/<str:siret>/contribution/", comptes.mon_compte, name="mon_compte"),
    path("adhesion/<str:siret>/contribution/contester/", comptes.contester, name="contester"),
    path(
        "adhesion/<str:siret>/contribution/<str:reference>/appel.pdf",
        comptes.mon_appel,
        name="mon_appel",
    ),
]
