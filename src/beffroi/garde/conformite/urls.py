"""Les adresses de la conformité : ce qui est public, ce qui est au centre."""

from django.urls import path

from beffroi.garde.conformite.views import (
    centre,
    droits,
    homologation,
    public,
    securite,
    sous_traitance,
)

app_name = "conformite"

CDG = "cdg/conformite/"

urlpatterns = [
    path("conformite/", public.accueil, name="accueil"),
    path("conformite/registre-des-traitements/", public.registre, name="registre"),
    path("conformite/sous-traitance/", public.sous_traitance, name="sous_traitance"),
    path("conformite/homologation/", homologation.attestation, name="homologation"),
    path(
        "adhesion/<str:siret>/donnees-personnelles.<str:format_>",
        public.notre_annexe,
        name="notre_annexe",
    ),
    path("donnees-personnelles/exercer-vos-droits/", droits.exercer, name="exercer"),
    path("donnees-personnelles/demande-recue/", droits.demande_recue, name="demande_recue"),
    path("donnees-personnelles/suivre/<str:jeton>/", droits.suivre, name="suivre"),
    path(CDG, centre.accueil, name="au_centre"),
    path(f"{CDG}demandes/", droits.liste, name="demandes"),
    path(f"{CDG}demandes/<str:reference>/", droits.demande, name="demande"),
    path(f"{CDG}demandes/<str:reference>/prolonger/", droits.prolonger, name="prolonger"),
    path(
        f"{CDG}sous-traitance/<str:reference>/finir/", sous_traitance.finir, name="finir_la_clause"
    ),
    path(
        f"{CDG}dossier-d-homologation.<str:format_>",
        homologation.modele,
        name="dossier_d_homologation",
    ),
    path(f"{CDG}journal-de-securite/", securite.journal, name="journal_de_securite"),
    path(f"{CDG}journal-de-securite.csv", securite.exporter, name="journal_de_securite_csv"),
]
