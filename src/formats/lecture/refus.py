"""Un document que l'on ne lit pas : ce qui s'est passé, pourquoi, quoi faire."""


class DocumentIllisible(Exception):
    """La phrase est écrite pour la personne qui a donné le document."""

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase
        super().__init__(phrase)


def abime(sorte: str) -> DocumentIllisible:
    return DocumentIllisible(
        f"Ce fichier {sorte} est abîmé : il n'a pas pu être lu. Ouvrez-le, "
        "enregistrez-le de nouveau, puis recommencez."
    )


def protege() -> DocumentIllisible:
    return DocumentIllisible(
        "Ce document est protégé par un mot de passe : il n'a pas pu être lu. "
        "Enregistrez-le sans mot de passe, puis "
        "recommencez."
    )


def autre_format(lequel: str) -> DocumentIllisible:
    return DocumentIllisible(
        f"Ce fichier est {lequel} : ce format ne se lit pas ici. Enregistrez-le en DOCX, "
        "ODT ou PDF, puis recommencez."
    )


def trop_gros(quoi: str) -> DocumentIllisible:
    return DocumentIllisible(
        f"Ce document est trop gros pour être lu : {quoi}. Retirez-en les images et les annexes, "
        "puis recommencez."
    )


def suspect(quoi: str) -> DocumentIllisible:
    return DocumentIllisible(
        f"Ce document n'a pas été lu, par sécurité : {quoi}. Ouvrez-le, enregistrez-le de nouveau, "
        "puis recommencez."
    )


def sans_texte(pages: int) -> DocumentIllisible:
    combien = "sa page est une image" if pages == 1 else f"ses {pages} pages sont des images"
    return DocumentIllisible(
        f"Ce PDF ne contient pas de texte : {combien}, sans doute numérisées. "
        "Exportez-le depuis votre traitement de "
        "texte, ou passez-le par un logiciel de reconnaissance de texte, puis recommencez."
        if pages > 1
        else f"Ce PDF ne contient pas de texte : {combien}, sans doute numérisée. "
        "Exportez-le depuis votre traitement de "
        "texte, ou passez-le par un logiciel de reconnaissance de texte, puis recommencez."
    )


def vide() -> DocumentIllisible:
    return DocumentIllisible(
        "Ce document ne contient aucun texte : il n'y a rien à contrôler. "
        "Vérifiez le fichier choisi."
    )
