"""Les adresses du produit : des noms et des actes français (parcours §3 et §8)."""

from importlib.util import find_spec

from django.urls import include, path

CONTEXTES = (
    "portail",
    "comptes",
    "organismes",
    "entreprises",
    "cles",
    "consultations",
    "depots",
    "ouverture",
    "journal",
    "api",
)

urlpatterns = [
    path("compte/", include("beffroi.comptes.urls_allauth")),
    *[path("", include(f"beffroi.{contexte}.urls")) for contexte in CONTEXTES if find_spec(f"beffroi.{contexte}.urls")],
]
