"""Les adresses des archives."""

from django.urls import path

from beffroi.garde.archives.views import dossiers, eliminations

app_name = "archives"

urlpatterns = [
    path("archives/", dossiers.accueil, name="accueil"),
    path("archives/consultations/<str:reference>/", dossiers.consultation, name="consultation"),
    path("archives/consultations/<str:reference>/pieces/", dossiers.pieces, name="pieces"),
    path("archives/consultations/<str:reference>/paquet/", dossiers.demander, name="demander"),
    path("archives/consultations/<str:reference>/geler/", dossiers.geler, name="geler"),
    path("archives/gels/<str:reference>/lever/", dossiers.lever, name="lever"),
    path("archives/paquets/<str:reference>/fichier/", dossiers.fichier, name="fichier"),
    path(
        "archives/consultations/<str:reference>/eliminer/", eliminations.proposer, name="proposer"
    ),
    path("archives/eliminations/<str:reference>/", eliminations.bordereau, name="bordereau"),
    path("archives/eliminations/<str:reference>/viser/", eliminations.viser, name="viser"),
    path(
        "archives/eliminations/<str:reference>/abandonner/",
        eliminations.abandonner,
        name="abandonner",
    ),
    path("archives/eliminations/<str:reference>/detruire/", eliminations.detruire, name="detruire"),
    path(
        "archives/eliminations/<str:reference>/<str:document>/",
        eliminations.document,
        name="document",
    ),
]
