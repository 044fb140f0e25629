"""Les adresses des recettes : la balance, les titres, les paiements, au centre ;
son relevé, à l'adhérent.
"""

from django.urls import path

from beffroi.centre.recettes.views import comptes, imports, paiements, suivi, titres

app_name = "recettes"

CENTRE = "cdg/recettes"

urlpatterns = [
    path(f"{CENTRE}/", suivi.balance, name="balance"),
    path(f"{CENTRE}/balance.<str:format_>", suivi.fichier, name="balance_en_fichier"),
    path(f"{CENTRE}/adherents/<str:siren>/", comptes.compte, name="compte"),
    path(f"{CENTRE}/adherents/<str:siren>/releve.<str:format_>", comptes.fichier, name="releve"),
    path(f"{CENTRE}/appels/<str:reference>/titre/", titres.noter, name="noter_un_titre"),
    path(f"{CENTRE}/titres/<str:reference>/annuler/", titres.annuler, name="annuler_un_titre"),
    path(f"{CENTRE}/titres/<str:reference>/encaisser/", paiements.encaisser, name="encaisser"),
    path(f"{CENTRE}/paiements/", paiements.liste, name="paiements"),
    path(f"{CENTRE}/paiements/<str:reference>/", paiements.paiement, name="paiement"),
    path(
        f"{CENTRE}/paiements/<str:reference>/contre-passer/",
        paiements.contre_passer,
        name="contre_passer",
    ),
    path(f"{CENTRE}/importer/<str:sorte>/", imports.deposer, name="importer"),
    path(f"{CENTRE}/importer/<str:sorte>/modele.csv", imports.modele, name="modele"),
    path(f"{CENTRE}/imports/<str:reference>/", imports.relire, name="relire"),
    path("adhesion/<str:siret>/paiements/", comptes.mon_releve, name="mon_releve"),
    path(
        "adhesion/<str:siret>/paiements/releve.<str:format_>",
        comptes.mon_fichier,
        name="mon_fichier",
    ),
]
