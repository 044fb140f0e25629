"""Qui appeler si le dépôt résiste."""

from beffroi.achat.redaction.clauses import Blocs, annexe, chapitre, dire
from beffroi.achat.redaction.faits import Faits
from formats.document import Chapitre, Fiche, Phrase, a_completer, lien, phrase


def rediger(faits: Faits) -> Chapitre:
    return chapitre("L'aide", contacts(faits))


def contacts(faits: Faits) -> Blocs:
    """L'assistance, les prérequis et l'espace d'essai :
    ce que tout profil d'acheteur doit offrir.
    """
    profil = faits.achat.plateforme
    lignes: list[tuple[str, Phrase]] = []
    if profil.telephone_d_aide:
        lignes.append(("Téléphone", phrase(profil.telephone_d_aide)))
    if profil.adresse_d_aide:
        lignes.append(("Aide en ligne", phrase(lien(profil.adresse_d_aide))))
    if not lignes:
        lignes.append(
            (
                "Assistance",
                phrase(a_completer("plateforme.adresse_d_aide", "le contact de l'assistance")),
            )
        )
    if profil.adresse_d_essai:
        lignes.append(("Espace d'essai", phrase(lien(profil.adresse_d_essai))))
    return (
        dire(
            "Une question sur la plateforme ? Demandez de l'aide avant l'heure limite.",
            selon=(annexe(7, "art. 1, II, 3°, 6° et 9°"),),
        ),
        Fiche(tuple(lignes)),
    )
