"""Un bordereau que l'on ne lit pas : ce qui s'est passé, quoi faire."""

from formats.lecture.refus import DocumentIllisible

SORTE = "de tableur"


def autre_format(lequel: str) -> DocumentIllisible:
    return DocumentIllisible(
        f"Ce fichier est {lequel} : ce n'est pas un bordereau qui se lit ici. "
        "Il faut un classeur XLSX ou ODS, ou un CSV. "
        "Ouvrez-le dans un tableur, enregistrez-le dans l'un de ces formats, puis recommencez."
    )


def sans_tableau() -> DocumentIllisible:
    return DocumentIllisible(
        "Ce fichier n'a pas de tableau de prix reconnu : il faut une ligne qui nomme ses colonnes, "
        "dont la désignation (ou le "
        "numéro de prix) et le prix unitaire (ou le montant). Saisissez les prix à la main, "
        "ou corrigez les en-têtes."
    )


def trop_de_lignes(au_plus: int) -> DocumentIllisible:
    return DocumentIllisible(
        f"Ce bordereau a plus de {au_plus} lignes remplies : il n'a pas été lu. "
        "Coupez-le en plusieurs fichiers."
    )
