"""Les adresses de la facturation : au centre, l'exercice et chaque facture ;
chez l'adhérent, les siennes.
"""

from django.urls import path

import beffroi.centre.contributions.urls  # noqa: F401 (le convertisseur `appel` y est déclaré)
from beffroi.centre.facturation.views import adherent, centre

app_name = "facturation"

DE_L_EXERCICE = "cdg/factures/<appel:cle>"
D_UNE_ANNEE = "cdg/factures/<int:annee>/<str:reference>"
SIENNES = "adhesion/<str:siret>/factures"
PDF, XML = {"extension": "pdf"}, {"extension": "xml"}

urlpatterns = [
    path(f"{DE_L_EXERCICE}/", centre.exercice, name="exercice"),
    path(f"{DE_L_EXERCICE}/factur-x.zip", centre.toutes, PDF, name="toutes_en_pdf"),
    path(f"{DE_L_EXERCICE}/ubl.zip", centre.toutes, XML, name="toutes_en_xml"),
    path(f"{DE_L_EXERCICE}/pes/", centre.pes, name="pes"),
    path(f"{DE_L_EXERCICE}/pes-experimental.xml", centre.fichier_pes, name="fichier_pes"),
    path(f"{D_UNE_ANNEE}/", centre.facture, name="facture"),
    path(f"{D_UNE_ANNEE}/facture.pdf", centre.fichier, PDF, name="pdf"),
    path(f"{D_UNE_ANNEE}/facture.xml", centre.fichier, XML, name="xml"),
    path(f"{SIENNES}/", adherent.mes_factures, name="mes_factures"),
    path(f"{SIENNES}/<str:reference>/facture.pdf", adherent.ma_facture, PDF, name="mon_pdf"),
    path(f"{SIENNES}/<str:reference>/facture.xml", adherent.ma_facture, XML, name="mon_xml"),
]
