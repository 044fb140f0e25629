"""Les adresses des contrats : les fichiers, les pages publiques, les écrans de l'acheteur."""

from django.urls import path

from beffroi.contrat.donnees_essentielles.views import acheteur, fichiers, public

app_name = "donnees_essentielles"

ACHETEUR = "acheteur/donnees-essentielles"
FICHE = f"{ACHETEUR}/fiches/<str:reference>"

urlpatterns = [
    path("donnees/decp.<str:format_>", fichiers.decp, name="decp"),
    path("donnees/decp/<str:portee>.<str:format_>", fichiers.decp_de, name="decp_de"),
    path("donnees/marches.<str:format_>", fichiers.marches, name="marches"),
    path("donnees/ocds/<int:annee>.json", fichiers.ocds, name="ocds"),
    path("marches/", public.liste, name="liste"),
    path("marches/contrats.<str:format_>", public.fichier, name="fichier"),
    path("marches/atom.xml", public.flux, name="flux"),
    path("marches/methode/", public.methode, name="methode"),
    path("marches/acheteurs/<str:siren>/", public.acheteur, name="acheteur"),
    path(
        "marches/acheteurs/<str:siren>/liste-<int:annee>/",
        public.liste_annuelle,
        name="liste_annuelle",
    ),
    path(
        "marches/acheteurs/<str:siren>/liste-<int:annee>.<str:format_>",
        public.liste_en_fichier,
        name="liste_en_fichier",
    ),
    path("marches/titulaires/<str:groupe>/", public.titulaire, name="titulaire"),
    path("marches/<str:reference>/", public.contrat, name="contrat"),
    path(f"{ACHETEUR}/", acheteur.accueil, name="accueil"),
    path(f"{FICHE}/", acheteur.fiche, name="fiche"),
    path(f"{FICHE}/corriger/", acheteur.corriger, name="corriger"),
    path(f"{FICHE}/retenir/", acheteur.retenir, name="retenir"),
    path(f"{FICHE}/publier/", acheteur.publier, name="publier"),
    path(f"{FICHE}/ajouter/<str:quoi>/", acheteur.ajouter, name="ajouter"),
    path(f"{ACHETEUR}/imports/<str:reference>/", acheteur.relire, name="relire"),
    path(f"{ACHETEUR}/<str:siret>/", acheteur.fiches, name="fiches"),
    path(f"{ACHETEUR}/<str:siret>/importer/", acheteur.importer, name="importer"),
    path(f"{ACHETEUR}/<str:siret>/canal/", acheteur.canal, name="canal"),
]
