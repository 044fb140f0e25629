"""Les adresses des clés."""

from django.urls import path

from beffroi.personnes.cles.views import exploitant, facons, membre

app_name = "cles"

urlpatterns = [
    path("cles/", membre.ma_cle, name="ma_cle"),
    path("cles/creer/", membre.creer, name="creer"),
    path("cles/secours/", membre.secours, name="secours"),
    path("cles/retirer/", membre.retirer, name="retirer"),
    path("cles/perdue/", facons.perdue, name="perdue"),
    path("cles/facons/<slug:sorte>/ajouter/", facons.ajouter, name="ajouter_fente"),
    path("cles/facons/<str:reference>/retirer/", facons.retirer, name="retirer_fente"),
    path("cles/canari/<str:reference>/", membre.canari, name="canari"),
    path("cles/canari/<str:reference>/refaire/", membre.refaire, name="refaire"),
    path("cdg/gardiens/", exploitant.gardiens, name="gardiens"),
    path(
        "cdg/gardiens/<str:reference>/retirer/", exploitant.retirer_gardien, name="retirer_gardien"
    ),
    path(
        "cdg/gardiens/<str:reference>/lien/", exploitant.renvoyer_le_lien, name="renvoyer_le_lien"
    ),
    path(
        "cdg/gardiens/<str:reference>/annuler/",
        exploitant.annuler_la_garde,
        name="annuler_la_garde",
    ),
]
