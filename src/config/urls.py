"""Les adresses du produit : des noms et des actes français (parcours §3 et §8)."""

from importlib.util import find_spec

from django.urls import include, path

CONTEXTES = (
    "portail",
    "comptes",
    "abonnements",
    "notifications",
    "organismes",
    "entreprises",
    "pieces",
    "cles",
    "preparation",
    "redaction",
    "relectures",
    "avis",
    "atelier",
    "recherche",
    "alertes",
    "repartage",
    "dossiers",
    "retraits",
    "questions",
    "reponses",
    "registre_des_depots",
    "ouverture",
    "antivirus",
    "copies_de_sauvegarde",
    "signatures",
    "proces_verbaux",
    "repetition",
    "candidatures",
    "analyse",
    "commissions",
    "attribution",
    "remises_en_concurrence",
    "selection",
    "adherents",
    "contributions",
    "impayes",
    "facturation",
    "recettes",
    "donnees_essentielles",
    "echanges",
    "apports",
    "conventions",
    "marches",
    "engagements",
    "achevement",
    "interventions",
    "donnees_ouvertes",
    "aide",
    "assistance",
    "archives",
    "versements",
    "restitution",
    "teleassistance",
    "communications",
    "preuves",
    "incidents",
    "conformite",
    "violations",
    "dume",
    "outils",
    "disponibilite",
    "sonde",
    "pilotage",
    "essai",
    "journal",
    "api",
)

urlpatterns = [
    path("compte/", include("beffroi.comptes.urls_allauth")),
    *[path("", include(f"beffroi.{contexte}.urls")) for contexte in CONTEXTES if find_spec(f"beffroi.{contexte}.urls")],
]

handler400 = "beffroi.portail.erreurs.requete_illisible"
handler403 = "beffroi.portail.erreurs.acces_refuse"
handler404 = "beffroi.portail.erreurs.introuvable"
handler500 = "beffroi.portail.erreurs.panne"
