"""Les adresses des clés."""

from django.urls import path

from beffroi.cles.views import exploitant, membre

app_name = "cles"

urlpatterns = [
    path("cles/", membre.ma_cle, name="ma_cle"),
    path("cles/creer/", membre.creer, name="creer"),
    path("cles/secours/", membre.secours, name="secours"),
    path("cles/retirer/", membre.retirer, name="retirer"),
    path("cles/canari/<str:reference>/", membre.canari, name="canari"),
    path("cles/canari/<str:reference>/refaire/", membre.refaire, name="refaire"),
    path("cdg/gardiens/", exploitant.gardiens, name="gardiens"),
    path("cdg/gardiens/<str:reference>/retirer/", exploitant.retirer_gardien, name="retirer_gardien"),
]
