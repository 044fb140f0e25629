"""Les adresses de la restitution."""

from django.urls import path

from beffroi.garde.restitution.views import acheteur, centre

app_name = "restitution"

UNE = "archives/restitution/<str:reference>"
REPRISE = "archives/reprises/<str:reference>"

urlpatterns = [
    path("archives/restitution/", acheteur.accueil, name="accueil"),
    path("archives/restitution/<str:siret>/demander/", acheteur.demander, name="demander"),
    path(f"{UNE}/fichier/", acheteur.fichier, name="fichier"),
    path(f"{UNE}/recevoir/", acheteur.recevoir, name="recevoir"),
    path(f"{UNE}/effacer/", acheteur.effacer, name="effacer"),
    path(f"{REPRISE}/", acheteur.reprise, name="reprise"),
    path(
        f"{REPRISE}/pieces/<int:rang>/",
        acheteur.piece_hors_consultation,
        name="piece_hors_consultation",
    ),
    path(f"{REPRISE}/<str:consultation>/", acheteur.consultation, name="consultation"),
    path(f"{REPRISE}/<str:consultation>/pieces/<int:rang>/", acheteur.piece, name="piece"),
    path("cdg/restitutions/", centre.liste, name="centre"),
]
