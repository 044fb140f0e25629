"""Voir les lieux, remettre des échantillons : seulement si l'acheteur le demande."""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire, prevenir
from beffroi.achat.redaction.faits import Faits
from formats.document import Chapitre


def rediger(faits: Faits) -> Chapitre:
    offre = faits.achat.offre
    titres = {(True, False): "La visite", (False, True): "Les échantillons"}
    titre = titres.get(
        (bool(offre.visite), bool(offre.echantillons or offre.prime)),
        "La visite et les échantillons",
    )
    return chapitre(titre, visite(faits), echantillons(faits), prime(faits))


def visite(faits: Faits) -> Blocs:
    offre = faits.achat.offre
    if not offre.visite:
        return RIEN
    fondement = faits.selon(marche=(ccp("R. 2151-3"),), concession=(ccp("R. 3124-3"),))
    if offre.visite_obligatoire:
        return (
            prevenir("Une visite des lieux est obligatoire.", selon=fondement),
            dire("Visite : ", mots.minuscule(mots.phrase_finie(offre.visite))),
        )
    return (
        dire("Vous pouvez visiter les lieux. La visite n'est pas obligatoire.", selon=fondement),
        dire("Visite : ", mots.minuscule(mots.phrase_finie(offre.visite))),
    )


def echantillons(faits: Faits) -> Blocs:
    if not faits.achat.offre.echantillons:
        return RIEN
    fondement = faits.selon(marche=(ccp("R. 2151-15"), ccp("R. 2132-12, 6°")))
    return (
        dire(
            "Échantillons ou maquettes à remettre : ",
            mots.phrase_finie(faits.achat.offre.echantillons),
            selon=fondement,
        ),
    )


def prime(faits: Faits) -> Blocs:
    if not faits.achat.offre.prime:
        return RIEN
    fondement = faits.selon(marche=(ccp("R. 2151-15"),))
    return (dire("Prime versée : ", mots.phrase_finie(faits.achat.offre.prime), selon=fondement),)
