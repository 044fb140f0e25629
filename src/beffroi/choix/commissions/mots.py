"""Les mots d'une commission, tels que la base les garde et tels qu'on les dit."""

from enum import StrEnum


class Mot(StrEnum):
    """Un mot de la base, et la façon dont on le dit."""

    @classmethod
    def dites(cls) -> dict[str, str]:
        return {str(mot): DITS[mot] for mot in cls}

    @property
    def dit(self) -> str:
        return DITS[self]


class Sorte(Mot):
    CAO = "cao"
    JURY = "jury"
    AUTRE = "autre"


class Fonction(Mot):
    PRESIDENT = "president"
    REPRESENTANT = "representant"
    TITULAIRE = "titulaire"
    SUPPLEANT = "suppleant"
    CONSULTATIF = "consultatif"

    @property
    def siege(self) -> bool:
        """Compte parmi les voix de la commission ; un remplaçant ne prend que celle de l'absent."""
        return self in (Fonction.PRESIDENT, Fonction.TITULAIRE)


class Presence(Mot):
    PRESENT = "present"
    DISTANCE = "distance"
    ABSENT = "absent"


class Objet(Mot):
    CHOIX = "choix"
    AVIS = "avis"
    MODIFICATION = "modification"


DITS: dict[Mot, str] = {
    Sorte.CAO: "Commission d'appel d'offres (CAO)",
    Sorte.JURY: "Jury",
    Sorte.AUTRE: "Autre commission, qui donne des avis",
    Fonction.PRESIDENT: "Président",
    Fonction.REPRESENTANT: "Représentant du président",
    Fonction.TITULAIRE: "Titulaire",
    Fonction.SUPPLEANT: "Suppléant",
    Fonction.CONSULTATIF: "Voix consultative",
    Presence.PRESENT: "Présent",
    Presence.DISTANCE: "À distance",
    Presence.ABSENT: "Absent",
    Objet.CHOIX: "Choisir le titulaire",
    Objet.AVIS: "Donner un avis",
    Objet.MODIFICATION: "Avis sur une modification du contrat",
}
