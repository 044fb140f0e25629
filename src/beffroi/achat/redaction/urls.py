"""Les adresses de la rédaction, dans la préparation d'une consultation."""

from django.urls import path

from beffroi.achat.redaction import views

app_name = "redaction"

CETTE = "consultations/<str:reference>/preparer/rediger"

urlpatterns = [
    path(f"{CETTE}/", views.documents, name="documents"),
    path(f"{CETTE}/<str:nom>.<str:extension>", views.document, name="document"),
]
