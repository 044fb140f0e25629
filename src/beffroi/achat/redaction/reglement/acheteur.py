"""Qui achète, seul ou avec d'autres, et sur quelle plateforme."""

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import RIEN, Blocs, annexe, ccp, chapitre, dire, enumerer, recu
from beffroi.achat.redaction.faits import Faits
from droit.achat import GroupementDeCommandes
from formats.document import Chapitre, Fiche, Phrase, a_completer, lien, phrase


def rediger(faits: Faits) -> Chapitre:
    titre = "L'autorité concédante" if faits.est_une_concession else "L'acheteur"
    return chapitre(titre, identite(faits), groupement_de_commandes(faits), plateforme(faits))


def identite(faits: Faits) -> Blocs:
    acheteur = faits.achat.acheteur
    lignes = [
        ("Nom", recu(acheteur.nom, "acheteur.nom", "le nom de l'acheteur")),
        ("SIRET", recu(acheteur.siret, "acheteur.siret", "le numéro SIRET")),
        ("Adresse", recu(acheteur.adresse_postale, "acheteur.adresse", "l'adresse de l'acheteur")),
        ("Qualité", phrase(acheteur.type_d_acheteur)),
    ]
    if acheteur.courriel:
        lignes.append(("Courriel", phrase(lien(f"mailto:{acheteur.courriel}"))))
    if acheteur.telephone:
        lignes.append(("Téléphone", phrase(acheteur.telephone)))
    return (Fiche(tuple(lignes)),)


def groupement_de_commandes(faits: Faits) -> Blocs:
    """Plusieurs acheteurs, un coordonnateur."""
    groupement = faits.achat.groupement_de_commandes
    if groupement is None:
        return RIEN
    debut = dire(
        "Plusieurs acheteurs se sont réunis en groupement de commandes. Le coordonnateur est : ",
        groupement.coordonnateur,
        f". Il passe {faits.contrat} pour tous les membres. {suite_du_groupement(groupement)}",
        selon=faits.selon(marche=(ccp("L. 2113-6"), ccp("L. 2113-7"))),
    )
    membres: Blocs = (
        dire("Les membres du groupement de commandes sont :"),
        enumerer(groupement.membres),
    )
    convention = dire("Convention du groupement : ", mots.phrase_finie(groupement.convention))
    return (
        debut,
        *(membres if groupement.membres else ()),
        *((convention,) if groupement.convention else ()),
    )


def suite_du_groupement(groupement: GroupementDeCommandes) -> str:
    """Qui exécute, une fois le marché passé : la convention le dit (CCP, art. L. 2113-7)."""
    if groupement.chacun_execute:
        return "Chaque membre suit ensuite l'exécution de sa part."
    return "Il en suit aussi l'exécution pour tous."


def plateforme(faits: Faits) -> Blocs:
    """Le profil d'acheteur, par son adresse exacte."""
    profil = faits.achat.plateforme
    nom = f" « {profil.nom} »" if profil.nom else ""
    return (
        dire(
            f"Toute la consultation se passe en ligne, sur le profil d'acheteur{nom}. "
            "Ce règlement l'appelle « la plateforme ».",
            selon=(
                annexe(7),
                *faits.selon(marche=(ccp("R. 2132-2"),), concession=(ccp("R. 3122-9"),)),
            ),
        ),
        Fiche(
            (
                ("Référence", phrase(faits.achat.reference)),
                ("Adresse de la consultation", adresse_de_la_consultation(faits)),
            )
        ),
    )


def adresse_de_la_consultation(faits: Faits) -> Phrase:
    adresse = faits.achat.plateforme.adresse_de_la_consultation
    champ = "plateforme.adresse_de_la_consultation"
    return phrase(lien(adresse) if adresse else a_completer(champ, "l'adresse de la consultation"))
