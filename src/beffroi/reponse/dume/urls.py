"""Les adresses du DUME :
celui que l'acheteur publie, celui que l'entreprise remplit, celui qu'une candidature contient.
"""

from django.urls import path

from beffroi.reponse.dume.ports import page_d_un_dume_recu
from beffroi.reponse.dume.views import entreprise, public

app_name = "dume"

urlpatterns = [
    path("consultations/<str:reference>/dume/", public.demande, name="demande"),
    path("consultations/<str:reference>/dume.xml", public.demande_en_xml, name="demande_en_xml"),
    path("reponses/<str:reference>/dume/", entreprise.remplir, name="remplir"),
    path("reponses/<str:reference>/dume/reprendre/", entreprise.reprendre, name="reprendre"),
    path(
        "consultations/<str:reference>/candidatures/dume/<str:fichier>/",
        page_d_un_dume_recu.qui_repond(),
        name="lire",
    ),
]
