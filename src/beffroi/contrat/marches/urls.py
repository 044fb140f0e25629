"""Les adresses des contrats, pour l'acheteur ; celles où le titulaire signe."""

from django.urls import path

from beffroi.contrat.marches.views import contrat, naissance, registre, signer_ici

app_name = "marches"

TOUS = "acheteur/marches/"
UN = f"{TOUS}<str:reference>/"
DU_TITULAIRE = "depots/<str:reference>/contrats/<str:contrat>/"

urlpatterns = [
    path(TOUS, registre.registre, name="registre"),
    path(f"{TOUS}inscrire/", registre.inscrire, name="inscrire"),
    path(f"{TOUS}export.<str:format_>", registre.export, name="export"),
    path(UN, contrat.contrat, name="contrat"),
    path(
        f"{UN}acte-d-engagement.<str:format_>",
        naissance.acte_d_engagement,
        name="acte_d_engagement",
    ),
    path(
        "consultations/<str:reference>/contrats/",
        naissance.de_la_consultation,
        name="de_la_consultation",
    ),
    path("consultations/<str:reference>/contrats/<int:lot>/", naissance.ouvrir, name="ouvrir"),
    path(f"{UN}pieces/<str:piece>/", contrat.piece, name="piece"),
    path(f"{UN}signer-ici/", signer_ici.acheteur, name="signer_ici"),
    path(DU_TITULAIRE, signer_ici.titulaire, name="signer_en_titulaire"),
    path(
        f"{DU_TITULAIRE}document/", signer_ici.document_du_titulaire, name="document_du_titulaire"
    ),
    path(f"{UN}<str:acte>/", contrat.agir, name="agir"),
]
