"""Les adresses de l'aide (parcours, §8, ligne 58). `/aide/` même est une page du portail."""

from django.urls import path

from beffroi.aide import contenu, views

app_name = "aide"

urlpatterns = [
    *[path(f"aide/{role}/", views.questions, {"role": role}, name=role) for role in contenu.ROLES],
    path("aide/glossaire/", views.glossaire, name="glossaire"),
    path("aide/chercher/", views.chercher, name="chercher"),
]
