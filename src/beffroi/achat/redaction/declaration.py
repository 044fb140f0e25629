"""La déclaration du candidat :
ce qu'il est et ce qu'il sait faire, rien de plus que ce qui est demandé (DC2).
"""

from beffroi.achat.redaction import candidat
from beffroi.achat.redaction.clauses import RIEN, Blocs, annexe, ccp, chapitre, dire
from beffroi.achat.redaction.faits import Faits
from beffroi.achat.redaction.reglement import candidature
from formats.document import Chapitre, Formulaire, Tableau, phrase

_EXERCICES = ("Dernier exercice clos", "Exercice précédent", "Exercice d'avant")


def chapitres(faits: Faits) -> tuple[Chapitre, ...]:
    tous = (
        chapitre(
            "L'entreprise", mode_d_emploi(faits), candidat.identite("Identité"), complements()
        ),
        chapitre("Le statut demandé", statut(faits)),
        chapitre("Les capacités demandées", chiffre_d_affaires(faits), pieces(faits)),
        chapitre("Les capacités d'une autre entreprise", autres(faits)),
        chapitre("Les preuves déjà en ligne", preuves_en_ligne(faits)),
    )
    return tuple(un for un in tous if un.blocs)


def mode_d_emploi(faits: Faits) -> Blocs:
    suite = "" if faits.est_une_concession else " Un DUME, ou le formulaire DC2, la remplace."
    return (dire(f"En groupement, chaque membre remplit une déclaration.{suite}"),)


def complements() -> Blocs:
    return (
        Formulaire(
            "",
            (
                "Forme juridique",
                "Registre où elle est inscrite",
                "Effectif",
                "Personne qui peut l'engager",
            ),
        ),
    )


def statut(faits: Faits) -> Blocs:
    """Un contrat ou un lot réservé demande la preuve du statut."""
    reserves = [lot.reserve_a for lot in faits.lots if lot.reserve_a]
    if faits.achat.candidature.reserve_a:
        reserves.append(faits.achat.candidature.reserve_a)
    if not reserves:
        return RIEN
    champs = tuple(
        f"Statut : {reserve}. Nom du fichier qui le prouve" for reserve in dict.fromkeys(reserves)
    )
    return (Formulaire("Contrat ou lot réservé", champs),)


def chiffre_d_affaires(faits: Faits) -> Blocs:
    demande = faits.achat.candidature.chiffre_d_affaires_minimal is not None
    if not demande and not any(
        "chiffre d'affaires" in piece.lower() for piece in candidature.pieces_demandees(faits)
    ):
        return RIEN
    return (
        Tableau(
            legende="Chiffre d'affaires annuel hors taxes, en euros",
            entetes=_EXERCICES,
            lignes=((phrase(),) * len(_EXERCICES),),
            largeurs=(2, 2, 2),
        ),
    )


def pieces(faits: Faits) -> Blocs:
    demandees = candidature.hors_modeles(faits)
    if not demandees:
        return (dire("Aucune autre pièce n'est demandée."),)
    fondement = faits.selon(
        marche=(ccp("R. 2143-11"), annexe(9)), concession=(ccp("R. 3123-1 à R. 3123-5"),)
    )
    return (
        dire(
            "Pour chaque pièce demandée, écrivez le nom du fichier joint, ou répondez ici.",
            selon=fondement,
        ),
        Formulaire("", demandees, 2),
    )


def autres(faits: Faits) -> Blocs:
    fondement = faits.selon(marche=(ccp("R. 2143-12"),), concession=(ccp("R. 3123-19"),))
    return (
        dire(
            "Si vous vous appuyez sur une autre entreprise, nommez-la et joignez son engagement.",
            selon=fondement,
        ),
        Formulaire("", ("Nom et SIRET", "Ce qu'elle apporte", "Nom du fichier d'engagement")),
    )


def preuves_en_ligne(faits: Faits) -> Blocs:
    if faits.est_une_concession:
        return RIEN
    return (
        dire(
            (
                "L'acheteur peut trouver certaines preuves lui-même, gratuitement. Dites où, "
                "et il ne vous les demandera pas."
            ),
            selon=(ccp("R. 2143-13"), ccp("R. 2143-14")),
        ),
        Formulaire(
            "",
            (
                "Adresse du site ou de l'espace de stockage",
                "Ce qu'il faut pour y accéder",
                "Déjà remis à cet acheteur",
            ),
            2,
        ),
    )
