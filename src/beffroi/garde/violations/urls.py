"""Les adresses du registre des violations : au centre, et chez l'adhérent touché."""

from django.urls import path

from beffroi.garde.violations.gestes import GESTES
from beffroi.garde.violations.views import adherent, centre

app_name = "violations"

CDG = "cdg/conformite/violations/"
UNE = f"{CDG}<str:reference>/"

urlpatterns = [
    path(CDG, centre.liste, name="liste"),
    path(f"{CDG}declarer/", centre.declarer, name="declarer"),
    path(f"{CDG}registre.csv", centre.registre, name="registre"),
    path(f"{CDG}<str:reference>.pdf", centre.fiche, name="fiche"),
    path(UNE, centre.violation, name="violation"),
    *(
        path(f"{UNE}{nom.replace('_', '-')}/", centre.geste, {"nom": nom}, name=nom)
        for nom in GESTES
    ),
    path("adhesion/<str:siret>/violations/", adherent.chez_nous, name="chez_nous"),
]
