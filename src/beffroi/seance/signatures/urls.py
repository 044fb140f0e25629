"""Les adresses des signatures : une page par consultation, un rapport par fichier."""

from django.urls import path

from beffroi.seance.signatures import views

app_name = "signatures"

urlpatterns = [
    path("consultations/<str:reference>/signatures/", views.consultation, name="consultation"),
    path("plis-ouverts/<str:reference>/signatures/", views.fichier, name="fichier"),
    path(
        "plis-ouverts/<str:reference>/signatures/rapport.json",
        views.rapport_json,
        name="rapport_json",
    ),
    path(
        "plis-ouverts/<str:reference>/signatures/rapport.pdf", views.rapport_pdf, name="rapport_pdf"
    ),
]
