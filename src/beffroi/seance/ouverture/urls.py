"""Les adresses de l'ouverture (parcours §5)."""

from django.urls import path

from beffroi.seance.ouverture.views import (
    acheteur,
    cles,
    commission,
    emport,
    enveloppes,
    fin,
    seance,
    soumissionnaires,
)

app_name = "ouverture"

CONSULTATION = "consultations/<str:reference>"
SEANCE = "ouverture/<str:reference>"

urlpatterns = [
    path(f"{CONSULTATION}/ouverture/", acheteur.preparation, name="preparation"),
    path(f"{CONSULTATION}/ouverture/recouvrement/", acheteur.recouvrement, name="recouvrement"),
    path(f"{CONSULTATION}/ouverture/complement/", acheteur.complement, name="complement"),
    path(f"{CONSULTATION}/plis-ouverts/", acheteur.plis_ouverts, name="plis_ouverts"),
    path("plis-ouverts/<str:fichier>/", acheteur.fichier_ouvert, name="fichier_ouvert"),
    path(f"{SEANCE}/", seance.seance, name="seance"),
    path(f"{SEANCE}/rejoindre/", seance.rejoindre, name="rejoindre"),
    path(f"{SEANCE}/sans-conflit/", seance.sans_conflit, name="sans_conflit"),
    path(f"{SEANCE}/presidence/", seance.presidence, name="presidence"),
    path(
        f"{SEANCE}/soumissionnaires/<str:pli>/",
        soumissionnaires.soumissionnaires,
        name="soumissionnaires",
    ),
    path(f"{SEANCE}/installer/", seance.installer, name="installer"),
    path(f"{SEANCE}/registre-lu/", seance.registre_lu, name="registre_lu"),
    path(f"{SEANCE}/suspendre/", seance.suspendre, name="suspendre"),
    path(f"{SEANCE}/abandonner/", seance.abandonner, name="abandonner"),
    path(f"{SEANCE}/etat.json", cles.etat, name="etat"),
    path(f"{SEANCE}/codes/", cles.codes, name="codes"),
    path(f"{SEANCE}/alea/", cles.alea, name="alea"),
    path(f"{SEANCE}/code/", cles.code, name="code"),
    path(f"{SEANCE}/part/", cles.part, name="part"),
    path(f"{SEANCE}/cles/", cles.cles, name="cles"),
    path(f"{SEANCE}/suivante/", enveloppes.suivante, name="suivante"),
    path(
        f"{SEANCE}/enveloppes/<str:ouverture>/observation/",
        enveloppes.observation,
        name="observation",
    ),
    path(f"{SEANCE}/hors-delai/", enveloppes.hors_delai, name="hors_delai"),
    path(f"{SEANCE}/hors-delai/<str:pli>/", enveloppes.decision, name="decision"),
    path(f"{SEANCE}/hors-ligne/", emport.hors_ligne, name="hors_ligne"),
    path(f"{SEANCE}/recapitulatif/", fin.recapitulatif, name="recapitulatif"),
    path(f"{SEANCE}/commission/", commission.commission, name="commission"),
    path(f"{SEANCE}/clore/", fin.clore, name="clore"),
]
