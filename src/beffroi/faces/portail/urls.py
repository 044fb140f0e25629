from django.urls import path

from beffroi.faces.portail import views

app_name = "portail"

PAGES_DE_TEXTE = (
    "accessibilite",
    "aide",
    "api",
    "conditions-d-utilisation",
    "donnees-personnelles",
    "plan-du-site",
    "prerequis-techniques",
    "scellement",
    "securite",
)

urlpatterns = [
    path("", views.accueil, name="accueil"),
    path("bienvenue/", views.apres_connexion, name="apres_connexion"),
    path("a-faire/", views.liste_a_faire, name="a_faire"),
    path("demonstration/", views.comptes_d_essai, name="demonstration"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("mentions-legales/", views.mentions_legales, name="mentions_legales"),
    path("composants/", views.composants, name="composants"),
    *[
        path(f"{page}/", views.page_de_texte, {"gabarit": page}, name=page.replace("-", "_"))
        for page in PAGES_DE_TEXTE
    ],
]
