"""Portail : ce que ce contexte branche dans la maison."""

from beffroi.faces.portail import analyse_pour_la_commission, rappels
from beffroi.faces.portail.client_publie import publier_le_client
from beffroi.socle.fondations.menus import Entree, LienDePied, Menu, Pied
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(publier_le_client,),
    ports={
        "commissions.AnalyseDuLot": analyse_pour_la_commission.analyse,
        "notifications.CeQuiAttend": rappels.ce_qui_attend,
    },
    menus=(
        Entree("Aide", "/aide/", Menu.VISITEUR, au_bout=True),
        Entree("À faire", "/a-faire/", Menu.ENTREPRISE),
        Entree("Aide", "/aide/", Menu.ENTREPRISE, au_bout=True),
        Entree("À faire", "/a-faire/", Menu.GARDIEN),
        Entree("Aide", "/aide/", Menu.GARDIEN, au_bout=True),
        Entree("À faire", "/a-faire/", Menu.ACHETEUR),
        Entree("Aide", "/aide/", Menu.ACHETEUR, au_bout=True),
        Entree("À faire", "/a-faire/", Menu.EXPLOITANT),
        Entree("Aide", "/aide/", Menu.EXPLOITANT, au_bout=True),
    ),
    pied=(
        LienDePied(
            "Prérequis techniques",
            "/prerequis-techniques/",
            Pied.ENTRAINEMENT,
            apres="/etat-du-service/",
        ),
        LienDePied(
            "Comment le scellement marche",
            "/scellement/",
            Pied.ENTRAINEMENT,
            apres="/prerequis-techniques/",
        ),
        LienDePied("Aide", "/aide/", Pied.AIDE_ET_OUTILS),
        LienDePied("Plan du site", "/plan-du-site/", Pied.SERVICE, apres="/adherer/"),
        LienDePied(
            "Accessibilité : partiellement conforme",
            "/accessibilite/",
            Pied.SERVICE,
            apres="/plan-du-site/",
        ),
        LienDePied(
            "Conditions d'utilisation",
            "/conditions-d-utilisation/",
            Pied.SERVICE,
            apres="/accessibilite/",
        ),
        LienDePied(
            "Mentions légales",
            "/mentions-legales/",
            Pied.SERVICE,
            apres="/conditions-d-utilisation/",
        ),
        LienDePied(
            "Données personnelles",
            "/donnees-personnelles/",
            Pied.SERVICE,
            apres="/mentions-legales/",
        ),
        LienDePied("Sécurité", "/securite/", Pied.SERVICE, apres="/donnees-personnelles/"),
        LienDePied("L'API, pour un logiciel", "/api/", Pied.SERVICE, apres="/conformite/"),
    ),
)
