"""Les adresses de l'aide (parcours, §8, ligne 58). `/aide/` même est une page du portail."""

from django.urls import path

from beffroi.service.aide import contenu
from beffroi.service.aide.views import pages, rappels

app_name = "aide"

urlpatterns = [
    *[path(f"aide/{role}/", pages.questions, {"role": role}, name=role) for role in contenu.ROLES],
    path("aide/glossaire/", pages.glossaire, name="glossaire"),
    path("aide/chercher/", pages.chercher, name="chercher"),
    path("contact/", pages.contact, name="contact"),
    path("contact/etre-rappele/", rappels.etre_rappele, name="etre_rappele"),
    path("contact/demande-recue/", rappels.rappel_demande, name="rappel_demande"),
    path("cdg/rappels/", rappels.rappels, name="rappels"),
    path("cdg/rappels/<str:reference>/fait/", rappels.noter_l_appel, name="noter_l_appel"),
]
