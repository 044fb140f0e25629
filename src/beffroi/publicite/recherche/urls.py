"""La liste publique, les acheteurs, les flux (parcours, §8 : 3, 5, 6, 48)."""

from django.urls import path

from beffroi.publicite.recherche.views import public

app_name = "recherche"

urlpatterns = [
    path("consultations/", public.liste, name="liste"),
    path("consultations/atom.xml", public.flux_de_recherche, name="flux"),
    path("consultations/calendrier.ics", public.calendrier, name="calendrier"),
    path(
        "consultations/<str:reference>/atom.xml",
        public.flux_de_consultation,
        name="flux_de_consultation",
    ),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.plan_du_site, name="plan"),
    path("acheteurs/", public.acheteurs, name="acheteurs"),
    path("acheteurs/<str:siren>/", public.acheteur, name="acheteur"),
    path("acheteurs/<str:siren>/atom.xml", public.flux_d_acheteur, name="flux_d_acheteur"),
]
