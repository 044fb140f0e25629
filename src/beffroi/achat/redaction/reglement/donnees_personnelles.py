"""Ce que deviennent les données des personnes nommées dans une réponse (RGPD, art. 13 et 28)."""

from beffroi.achat.redaction.clauses import Blocs, chapitre, dire, recu
from beffroi.achat.redaction.faits import Faits
from droit.achat import Acheteur
from droit.citation import Article
from formats import pluriels
from formats.document import Chapitre


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "Les données personnelles", responsable(faits), conservation(faits), droits(faits)
    )


def responsable(faits: Faits) -> Blocs:
    """L'acheteur est responsable du traitement ;
    l'exploitant de la plateforme est son sous-traitant.
    """
    acheteur, exploitant = faits.achat.acheteur, faits.achat.plateforme.exploitant
    sous_traitant = f" Sous-traitant : {exploitant}, qui tient la plateforme." if exploitant else ""
    return (
        dire(
            "Votre réponse contient des données personnelles, par exemple des noms ou des CV. "
            f"Responsable de leur traitement : {acheteur.nom}.{sous_traitant}",
            selon=(Article("RGPD", "13 et 28"),),
        ),
        dire(
            f"Elles servent à choisir {faits.titulaire} et à suivre {faits.contrat}. "
            "Ce traitement est imposé par la loi. "
            "Seules les personnes chargées de la procédure et les autorités de "
            "contrôle y ont accès.",
            selon=(Article("RGPD", "6, 1, c"),),
        ),
    )


def par_la_poste(acheteur: Acheteur) -> str:
    return f"{acheteur.nom}, {acheteur.adresse_postale}" if acheteur.adresse else ""


def conservation(faits: Faits) -> Blocs:
    duree = faits.droit.valeur("conservation.passation")
    if faits.est_une_concession:
        return (
            dire(
                "Elles sont conservées le temps prévu pour les archives publiques, "
                "puis éliminées ou archivées."
            ),
        )
    return (
        dire(
            f"Elles sont conservées au moins {pluriels.compter(duree.entier, 'an')} "
            "après la signature, "
            "puis éliminées ou archivées.",
            selon=(duree.article,),
        ),
    )


def droits(faits: Faits) -> Blocs:
    acheteur = faits.achat.acheteur
    # Sans contact propre, celui de l'acheteur reçoit la demande et la transmet (RGPD, art. 12).
    contact = recu(
        acheteur.contact_donnees_personnelles or acheteur.courriel or par_la_poste(acheteur),
        "acheteur.contact_donnees_personnelles",
        "le contact du délégué à la protection des données",
    )
    return (
        dire(
            "Toute personne peut demander à voir ses données ou à les corriger. "
            "Contact (délégué à la protection des données) : ",
            contact,
            ". Elle peut aussi saisir la CNIL.",
            selon=(Article("RGPD", "15 à 18 et 77"),),
        ),
    )
