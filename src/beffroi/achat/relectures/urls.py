"""Les adresses des relectures :
sous la consultation pour l'acheteur, sous /cdg/ pour le juriste.
"""

from django.urls import path

from beffroi.achat.relectures.views import acheteur, juriste

app_name = "relectures"

CETTE = "consultations/<str:reference>/relecture"
LA = "cdg/relectures/<str:relecture>"

urlpatterns = [
    path(f"{CETTE}/", acheteur.relecture, name="acheteur"),
    path(f"{CETTE}/demander/", acheteur.demander, name="demander"),
    path(f"{CETTE}/garder/<str:empreinte>/", acheteur.passer_outre, name="passer_outre"),
    path(f"{CETTE}/<str:relecture>/", acheteur.avis, name="avis"),
    path(f"{CETTE}/<str:relecture>/avis.pdf", acheteur.rapport_pdf, name="rapport"),
    path(f"{CETTE}/<str:relecture>/retirer/", acheteur.retirer, name="retirer"),
    path("cdg/relectures/", juriste.file, name="file"),
    path("cdg/relectures/modeles/", juriste.modeles, name="modeles"),
    path(
        "cdg/relectures/modeles/<int:modele>/retirer/",
        juriste.retirer_modele,
        name="retirer_modele",
    ),
    path("cdg/relectures/mesures/", juriste.mesures, name="mesures"),
    path(f"{LA}/", juriste.relire, name="relire"),
    path(f"{LA}/prendre/", juriste.prendre, name="prendre"),
    path(f"{LA}/pieces/<str:piece>/", juriste.piece, name="piece"),
    path(f"{LA}/points/<str:empreinte>/", juriste.decider, name="decider"),
    path(f"{LA}/points/<str:empreinte>/revenir/", juriste.revenir, name="revenir"),
    path(f"{LA}/commenter/", juriste.commenter, name="commenter"),
    path(f"{LA}/commentaires/<str:commentaire>/effacer/", juriste.effacer, name="effacer"),
    path(f"{LA}/rendre/", juriste.rendre, name="rendre"),
]
