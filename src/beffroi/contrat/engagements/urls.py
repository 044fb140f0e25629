"""Les adresses des engagements : pour l'acheteur, par contrat ;
pour un titulaire, depuis sa réponse.
"""

from django.urls import path

from beffroi.contrat.engagements.views import acheteur, titulaire

app_name = "engagements"

CONTRAT = "acheteur/actes-d-engagement/<str:reference>/"
UN = f"{CONTRAT}<str:engagement>/"
DU_TITULAIRE = "depots/<str:reference>/engagements/<str:engagement>/"

urlpatterns = [
    path(CONTRAT, acheteur.chacun, name="chacun"),
    path(f"{CONTRAT}notifier/", acheteur.notifier, name="notifier"),
    path(f"{UN}acte.<str:format_>", acheteur.acte, name="acte"),
    path(f"{UN}signer-ici/", acheteur.signer_ici, name="signer_ici"),
    path(f"{UN}<str:geste>/", acheteur.agir, name="agir"),
    path(DU_TITULAIRE, titulaire.le_sien, name="le_sien"),
    path(f"{DU_TITULAIRE}document/", titulaire.document, name="document"),
    path(f"{DU_TITULAIRE}deposer/", titulaire.deposer, name="deposer"),
]
