"""Les pièces que l'on demande d'ordinaire :
peu, et rien de ce que l'État sait déjà (CCP, art. R. 2143-13).
"""

CANDIDATURE, OFFRE = "candidature", "offre"
_TEXTES, _TABLEAUX = "pdf,odt,docx", "ods,xlsx,pdf"

_CANDIDATURE = (
    (CANDIDATURE, "Lettre de candidature (DC1 ou DUME)", "pdf,odt,docx,xml"),
    (CANDIDATURE, "Déclaration du candidat (DC2 ou DUME)", "pdf,odt,docx,xml"),
)
_ACTE = (OFFRE, "Acte d'engagement", _TEXTES)
_MEMOIRE = (OFFRE, "Mémoire technique", "pdf")

PIECES_PAR_DEFAUT: dict[str, tuple[tuple[str, str, str], ...]] = {
    "travaux": (*_CANDIDATURE, _ACTE, _MEMOIRE, (OFFRE, "Décomposition du prix (DPGF)", _TABLEAUX)),
    "fournitures": (*_CANDIDATURE, _ACTE, _MEMOIRE, (OFFRE, "Bordereau des prix", _TABLEAUX)),
    "services": (*_CANDIDATURE, _ACTE, _MEMOIRE, (OFFRE, "Bordereau des prix", _TABLEAUX)),
    "concession": (
        *_CANDIDATURE,
        (OFFRE, "Projet de contrat complété", _TEXTES),
        _MEMOIRE,
        (OFFRE, "Compte d'exploitation prévisionnel", _TABLEAUX),
    ),
}
