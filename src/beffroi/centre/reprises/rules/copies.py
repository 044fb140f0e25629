"""Une copie signée, sortie d'un ZIP : gardée, ou refusée avec sa phrase."""

from droit.decision import Decision, Motif

PDF = b"%PDF-"


def copie_recevable(
    *, debut: bytes, fois: int, produite: bool, deja_au_dossier: bool, deja_ici: bool
) -> Decision:
    """Un PDF, une seule fois, que le centre n'a pas écrit lui-même.

    `fois` : combien de fichiers du ZIP ont, octet pour octet, ce contenu.
    """
    return Decision.selon(
        Motif("Ce fichier n'est pas un PDF. Numérisez la convention en PDF.")
        if PDF not in debut
        else None,
        Motif("Ce fichier est celui envoyé à signer, il ne porte aucune signature.")
        if produite
        else None,
        Motif(
            f"Ce fichier est {fois} fois dans le ZIP, sous des noms différents : deux adhérents "
            "n'ont pas signé la même feuille."
        )
        if fois > 1
        else None,
        Motif("Ce fichier est déjà au dossier d'une convention.")
        if deja_au_dossier and not produite
        else None,
        Motif("Ce fichier est déjà joint ici, sous un autre nom.") if deja_ici else None,
    )
