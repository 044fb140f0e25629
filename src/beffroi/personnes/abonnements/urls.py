"""Les adresses des suivis : celles des courriels, et celle qui redonne le lien."""

from django.urls import path

from beffroi.personnes.abonnements import views

app_name = "abonnements"

urlpatterns = [
    path("suivis/", views.retrouver, name="retrouver"),
    path("suivis/confirmer/<str:jeton>/", views.confirmer, name="confirmer"),
    path("suivis/arreter/<str:jeton>/", views.arreter, name="arreter"),
    path("suivis/<str:jeton>/", views.gerer, name="gerer"),
]
