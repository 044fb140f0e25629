from django.urls import path, re_path

from beffroi.centre.adherents.views import (
    annuaire,
    contacts,
    demenagement,
    effectifs,
    fiche,
    imports,
    imports_effectifs,
)

app_name = "adherents"

urlpatterns = [
    path("cdg/adherents/", annuaire.liste, name="liste"),
    path("cdg/adherents/export.csv", annuaire.exporter, name="exporter"),
    path("cdg/adherents/trouver/", fiche.chercher, name="trouver"),
    path("cdg/adherents/nouveau/", annuaire.creer, name="creer"),
    path("cdg/adherents/importer/", imports.deposer, name="importer"),
    path("cdg/adherents/importer/modele.csv", imports.modele, name="modele"),
    path("cdg/adherents/importer/<str:reference>/", imports.relire, name="relire"),
    path(
        "cdg/adherents/nombres/<str:sorte>/",
        imports_effectifs.deposer,
        name="importer_des_effectifs",
    ),
    path(
        "cdg/adherents/nombres/<str:sorte>/modele.csv",
        imports_effectifs.modele,
        name="modele_d_effectifs",
    ),
    path(
        "cdg/adherents/nombres/relire/<str:reference>/",
        imports_effectifs.relire,
        name="relire_des_effectifs",
    ),
    path("cdg/adherents/<str:siren>/", fiche.lire, name="fiche"),
    path("cdg/adherents/<str:siren>/appel/", fiche.noter_l_appel, name="noter_l_appel"),
    path("cdg/adherents/<str:siren>/modifier/", annuaire.modifier, name="modifier"),
    path("cdg/adherents/<str:siren>/rattacher/", annuaire.rattacher, name="rattacher"),
    path("cdg/adherents/<str:siren>/succession/", annuaire.succession, name="succession"),
    path("cdg/adherents/<str:siren>/activer/", contacts.activer, name="activer"),
    path(
        "cdg/adherents/<str:siren>/effectif/",
        effectifs.declarer_au_centre,
        name="declarer_au_centre",
    ),
    path(
        "cdg/adherents/<str:siren>/effectif/<int:annee>/justificatif",
        effectifs.justificatif_au_centre,
        name="justificatif_au_centre",
    ),
    path("cdg/adherents/<str:siren>/contacts/", contacts.ajouter, name="ajouter_un_contact"),
    path(
        "cdg/adherents/<str:siren>/contacts/<str:reference>/",
        contacts.corriger,
        name="corriger_un_contact",
    ),
    path(
        "cdg/adherents/<str:siren>/contacts/<str:reference>/retirer/",
        contacts.retirer,
        name="retirer_un_contact",
    ),
    path("adhesion/", effectifs.mon_adhesion, name="mon_adhesion"),
    path("adhesion/<str:siret>/", effectifs.adhesion, name="adhesion"),
    path("adhesion/<str:siret>/effectif/", effectifs.declarer, name="declarer"),
    path(
        "adhesion/<str:siret>/effectif/<int:annee>/justificatif",
        effectifs.mon_justificatif,
        name="mon_justificatif",
    ),
    re_path(
        r"^organisme/(?P<siret>[^/]+)/(?P<rubrique>convention|contribution)/(?P<suite>.*)$",
        demenagement.demenagee,
        name="demenagee",
    ),
]
