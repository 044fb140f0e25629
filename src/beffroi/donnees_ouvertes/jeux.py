"""Les jeux que la plateforme publie, décrits une fois : la page et le catalogue disent la même chose."""

from django.urls import reverse

from beffroi.donnees_ouvertes.queries import absolue, exploitant
from formats.catalogue import Catalogue, Distribution, JeuDeDonnees


def catalogue() -> Catalogue:
    """Le catalogue de l'exploitant."""
    editeur = exploitant()
    return Catalogue(
        adresse=absolue(reverse("donnees_ouvertes:catalogue")),
        titre="Données ouvertes du profil d'acheteur",
        description="Les consultations publiées, la liste des acheteurs et le registre public de la plateforme.",
        page=absolue(),
        editeur=editeur.nom if editeur else "Exploitant de la plateforme",
        courriel=editeur.courriel if editeur else "",
        jeux=(_consultations(), _profils(), _registre()),
    )


def _consultations() -> JeuDeDonnees:
    return JeuDeDonnees(
        adresse=absolue("/donnees/#consultations"),
        titre="Consultations publiées",
        description="Chaque consultation publiée ici depuis l'ouverture du service, avec son acheteur, ses dates et son état. "
        "Ni le nombre ni le nom des entreprises n'y sont.",
        mots_cles=("marchés publics", "commande publique", "consultations"),
        frequence="CONT",
        distributions=(
            _distribution("CSV", reverse("donnees_ouvertes:consultations_csv"), "text/csv"),
            _distribution("JSON", reverse("donnees_ouvertes:consultations_json"), "application/json"),
        ),
    )


def _profils() -> JeuDeDonnees:
    return JeuDeDonnees(
        adresse=absolue("/donnees/#profils"),
        titre="Liste des profils d'acheteur",
        description="Les acheteurs qui publient ici, un par SIRET, au schéma national de déclaration des profils d'acheteur "
        "(code de la commande publique, annexe 7, art. 4).",
        mots_cles=("DECP", "profil d'acheteur", "commande publique"),
        frequence="CONT",
        distributions=(_distribution("CSV", reverse("donnees_ouvertes:profils"), "text/csv"),),
    )


def _registre() -> JeuDeDonnees:
    return JeuDeDonnees(
        adresse=absolue("/donnees/#registre"),
        titre="Registre public",
        description="Les têtes signées du journal de la plateforme, en ajout seul. Elles ne nomment personne : "
        "elles permettent à chacun de vérifier que rien n'y a été changé.",
        mots_cles=("journal", "preuve", "transparence"),
        frequence="CONT",
        distributions=(_distribution("JSON", reverse("journal:points_de_controle"), "application/json"),),
    )


def _distribution(titre: str, chemin: str, type_de_media: str) -> Distribution:
    return Distribution(titre=titre, adresse=absolue(chemin), type_de_media=type_de_media)
