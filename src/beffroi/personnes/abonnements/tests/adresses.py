"""Qui entre où : tout le monde, avec le lien ; sans lui, personne."""

from beffroi.personnes.abonnements import jetons, services
from beffroi.personnes.abonnements.models import Suivi
from beffroi.personnes.abonnements.tests.gestes import SUJET
from tests.architecture.adresses import Adresse, Monde, publique


def planter(monde: Monde) -> None:
    for nom in ("suit", "gere", "demande"):
        services.demander(courriel=f"{nom}@example.org", sujet=SUJET, maintenant=monde.maintenant)
        monde.objets[f"suivi {nom}"] = Suivi.objects.get(adresse__courriel=f"{nom}@example.org")
    services.confirmer(suivis=[monde.objets["suivi gere"]], maintenant=monde.maintenant)


def lien(usage: str, nom: str, champ: str = "reference"):
    def arguments(monde: Monde) -> dict[str, str]:
        suivi = monde.objets[f"suivi {nom}"]
        return {
            "jeton": jetons.jeton(
                usage, suivi.reference if champ == "reference" else suivi.adresse.reference
            )
        }

    return arguments


def un_lien_forge(_: Monde) -> dict[str, str]:
    return {"jeton": "forge"}


ADRESSES = {
    "abonnements:retrouver": Adresse(
        publique(), methodes=("get", "post"), par_methode={"post": publique(422)}
    ),
    "abonnements:confirmer": Adresse(publique(), lien(jetons.CONFIRMER, "demande"), un_lien_forge),
    "abonnements:arreter": Adresse(publique(), lien(jetons.ARRETER, "suit"), un_lien_forge),
    "abonnements:gerer": Adresse(publique(), lien(jetons.GERER, "gere", "adresse"), un_lien_forge),
}
