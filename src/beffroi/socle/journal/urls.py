from django.urls import path, re_path

from beffroi.socle.journal import views

app_name = "journal"

# Adresses de c2sp.org/tlog-tiles : un miroir statique peut les servir telles quelles.
NUMERO = r"(?P<numero>(?:x\d{3}/)*\d{3})(?:\.p/(?P<largeur>\d{1,3}))?"

urlpatterns = [
    path("journal/", views.accueil, name="accueil"),
    path("journal/checkpoint", views.derniere_tete, name="tete"),
    path("journal/points-de-controle.json", views.points_de_controle, name="points_de_controle"),
    path("journal/cles.json", views.cles, name="cles"),
    re_path(rf"^journal/tile/entries/{NUMERO}$", views.tuile_de_feuilles, name="feuilles"),
    re_path(rf"^journal/tile/(?P<niveau>\d{{1,2}})/{NUMERO}$", views.tuile, name="tuile"),
]
