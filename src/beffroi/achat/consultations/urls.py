"""Les pages publiques d'une consultation (parcours, §3 et §8).

`ecrans.urls` les sert, avec celles de l'acheteur.
"""

from django.urls import path

from beffroi.achat.consultations.views import public

CETTE = "consultations/<str:reference>"

urlpatterns = [
    path("c/<str:reference>", public.court, name="court"),
    path(f"{CETTE}/", public.fiche, name="fiche"),
    path(f"{CETTE}/calendrier.ics", public.calendrier, name="calendrier"),
    path(f"{CETTE}/cles.json", public.cles_publiques, name="cles_publiques"),
    path(f"{CETTE}/cles-publiees/", public.cles_publiees, name="cles_publiees"),
    path(f"{CETTE}/documents/", public.documents, name="documents"),
    path(f"{CETTE}/documents/dossier.zip", public.dossier, name="dossier"),
    path(f"{CETTE}/documents/<str:piece>/<str:nom>", public.document, name="document"),
]
