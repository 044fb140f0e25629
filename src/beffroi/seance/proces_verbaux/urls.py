"""Les adresses du procès-verbal d'une séance."""

from django.urls import path

from beffroi.seance.proces_verbaux import views

app_name = "proces_verbaux"

PROCES_VERBAL = "ouverture/<str:reference>/proces-verbal"

urlpatterns = [
    path(f"{PROCES_VERBAL}/", views.proces_verbal, name="proces_verbal"),
    path(f"{PROCES_VERBAL}.pdf", views.pdf, name="pdf"),
    path(f"{PROCES_VERBAL}/remarque/", views.remarque, name="remarque"),
    path(f"{PROCES_VERBAL}/signer/", views.signer, name="signer"),
    path(f"{PROCES_VERBAL}/signe/<str:signe>.pdf", views.signe, name="signe"),
]
