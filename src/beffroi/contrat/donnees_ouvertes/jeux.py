"""Les jeux que la plateforme publie, décrits une fois :
la page et le catalogue disent la même chose.
"""

from django.conf import settings
from django.urls import reverse

from beffroi.contrat.donnees_essentielles.queries import annees_du_fichier
from beffroi.contrat.donnees_ouvertes.queries import absolue, exploitant
from beffroi.socle.guichet.telechargements import SORTES
from formats.catalogue import Catalogue, Distribution, JeuDeDonnees


def catalogue() -> Catalogue:
    """Le catalogue de l'exploitant."""
    editeur = exploitant()
    return Catalogue(
        adresse=absolue(reverse("donnees_ouvertes:catalogue")),
        titre="Données ouvertes du profil d'acheteur",
        description=(
            "Les marchés conclus, les consultations publiées, la liste des acheteurs, "
            "le registre public."
        ),
        page=absolue(),
        editeur=editeur.nom if editeur else "Exploitant de la plateforme",
        courriel=editeur.courriel if editeur else "",
        jeux=(_marches(), _consultations(), _profils(), _registre()),
    )


def _marches() -> JeuDeDonnees:
    """L'étiquette DECP est celle que le portail national moissonne."""
    return JeuDeDonnees(
        adresse=absolue("/donnees/#marches"),
        titre="Marchés conclus",
        description="Les données essentielles des contrats, "
        "que chaque acheteur publie (code de la commande publique, "
        "art. L. 2196-2 et R. 2196-1). Le format national est complété par les nôtres, "
        "un contrat par ligne. "
        "Un acheteur, une année ont aussi leur fichier : /donnees/decp/SIREN.json, "
        "/donnees/decp/2026.json.",
        mots_cles=("DECP", "marchés publics", "commande publique", "données essentielles"),
        frequence="CONT",
        distributions=(
            *(
                _des_marches("decp", sorte, f"format national, {sorte.upper()}")
                for sorte in ("json", "xml")
            ),
            *(_des_marches("marches", sorte, sorte.upper()) for sorte in ("csv", "ods", "json")),
            *(_ocds(annee) for annee in annees_du_fichier() if settings.OCDS_PREFIXE),
        ),
    )


def _des_marches(nom: str, sorte: str, titre: str) -> Distribution:
    chemin = reverse(f"donnees_essentielles:{nom}", args=(sorte,))
    return _distribution(titre, chemin, SORTES[sorte].partition(";")[0])


def _ocds(annee: int) -> Distribution:
    return _distribution(
        f"OCDS {annee}", reverse("donnees_essentielles:ocds", args=(annee,)), "application/json"
    )


def _consultations() -> JeuDeDonnees:
    return JeuDeDonnees(
        adresse=absolue("/donnees/#consultations"),
        titre="Consultations publiées",
        description="Chaque consultation publiée ici depuis "
        "l'ouverture du service, avec son acheteur, "
        "ses dates et son état. "
        "Ni le nombre ni le nom des entreprises n'y sont.",
        mots_cles=("marchés publics", "commande publique", "consultations"),
        frequence="CONT",
        distributions=(
            _distribution("CSV", reverse("donnees_ouvertes:consultations_csv"), "text/csv"),
            _distribution(
                "JSON", reverse("donnees_ouvertes:consultations_json"), "application/json"
            ),
        ),
    )


def _profils() -> JeuDeDonnees:
    return JeuDeDonnees(
        adresse=absolue("/donnees/#profils"),
        titre="Liste des profils d'acheteur",
        description="Les acheteurs qui publient ici, un par SIRET, "
        "au schéma national de déclaration des profils d'acheteur "
        "(code de la commande publique, annexe 7, art. 4).",
        mots_cles=("DECP", "profil d'acheteur", "commande publique"),
        frequence="CONT",
        distributions=(_distribution("CSV", reverse("donnees_ouvertes:profils"), "text/csv"),),
    )


def _registre() -> JeuDeDonnees:
    return JeuDeDonnees(
        adresse=absolue("/donnees/#registre"),
        titre="Registre public",
        description="Les têtes signées du journal de la plateforme, en ajout seul. "
        "Elles ne nomment personne : "
        "elles permettent à chacun de vérifier que rien n'y a été changé.",
        mots_cles=("journal", "preuve", "transparence"),
        frequence="CONT",
        distributions=(
            _distribution("JSON", reverse("journal:points_de_controle"), "application/json"),
        ),
    )


def _distribution(titre: str, chemin: str, type_de_media: str) -> Distribution:
    return Distribution(titre=titre, adresse=absolue(chemin), type_de_media=type_de_media)
