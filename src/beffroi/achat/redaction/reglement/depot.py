"""Déposer : jusqu'à quand, où, comment, et ce qui arrive à un dépôt tardif, répété ou infecté."""

from itertools import batched

from beffroi.achat.redaction import mots
from beffroi.achat.redaction.clauses import (
    RIEN,
    Blocs,
    annexe,
    ccp,
    chapitre,
    dire,
    enumerer,
    prevenir,
    recu,
)
from beffroi.achat.redaction.faits import Faits
from beffroi.achat.redaction.reglement.acheteur import adresse_de_la_consultation
from droit.achat import ACCES_A_L_OUTIL, OutilParticulier
from droit.citation import Jurisprudence
from formats import dates, pluriels, tailles
from formats.document import Cadre, Chapitre, Phrase, SousTitre, a_completer, gras, lien, phrase

FORMATS = ("PDF", "ODT", "ODS", "DOCX", "XLSX", "XML", "JSON", "CSV", "JPEG", "PNG", "DWG", "ZIP")
DEPOTS_SUCCESSIFS_EN_CONCESSION = Jurisprudence("CE", "20 décembre 2021", "454801")


def rediger(faits: Faits) -> Chapitre:
    return chapitre(
        "Le dépôt de la réponse",
        (limite(faits),),
        voie(faits),
        outils(faits),
        sur_papier(faits),
        confidentialite(faits),
        retard(faits),
        depots_successifs(faits),
        formats(faits),
        virus(faits),
        essai(faits),
    )


def date_limite(faits: Faits) -> Phrase:
    quand = faits.achat.dates.limite
    if quand is None:
        return phrase(a_completer("dates.limite", "la date et l'heure limites"))
    return phrase(dates.echeance(quand))


def limite(faits: Faits) -> Cadre:
    """L'heure limite, en toutes lettres, avec le fuseau :
    la même sur la couverture et dans le texte.
    """
    quoi = "candidatures" if faits.est_en_deux_temps else "réponses"
    return Cadre(
        f"Date et heure limites de remise des {quoi}",
        date_limite(faits),
        (phrase("Dépôt en ligne : ", adresse_de_la_consultation(faits)),),
    )


def voie(faits: Faits) -> Blocs:
    """Tout passe par la plateforme ; l'heure qui compte est celle où le dépôt est complet."""
    fondement = faits.selon(marche=(ccp("R. 2132-7"),), concession=(ccp("R. 3122-14"),))
    return (
        dire(
            "Déposez votre réponse en ligne, sur la plateforme. Toute autre voie est exclue.",
            selon=fondement,
        )
        if not faits.achat.depot_sur_papier
        else dire(
            "Déposez votre réponse en ligne, sur la plateforme, sauf ce qui suit.", selon=fondement
        ),
        dire(
            "L'heure qui compte est celle où le dépôt est entièrement reçu. Commencez assez tôt. "
            "Un accusé de réception vous est donné aussitôt, "
            "avec l'heure et la liste de vos fichiers.",
            selon=(annexe(7, "art. 2"), annexe(8, "art. 2")),
        ),
    )


def outils(faits: Faits) -> Blocs:
    """Un outil peu courant ne s'exige que si l'acheteur y donne accès,
    gratuitement et dès l'avis.
    """
    demandes = faits.achat.outils_particuliers
    if not demandes:
        return RIEN
    return (
        dire(
            (
                "Pour répondre, il faut un outil ou un format peu courant. Si vous ne l'avez pas, "
                "voici ce qui vous est offert."
            ),
            selon=faits.selon(marche=(ccp("R. 2132-10"), ccp("R. 2132-14"))),
        ),
        enumerer(outil(demande) for demande in demandes),
    )


def outil(demande: OutilParticulier) -> Phrase:
    conditions = (
        f" {mots.phrase_finie(mots.majuscule(demande.conditions))}" if demande.conditions else ""
    )
    return phrase(
        f"{mots.phrase_finie(demande.nom)} L'acheteur offre {ACCES_A_L_OUTIL[demande.acces]} : ",
        lien(demande.adresse),
        f".{conditions}",
    )


def sur_papier(faits: Faits) -> Blocs:
    """Une autre voie que l'électronique n'est possible que dans des cas comptés, et se justifie."""
    raison = faits.achat.depot_sur_papier
    if not raison:
        return RIEN
    fondement = faits.selon(
        marche=(ccp("R. 2132-12"), ccp("R. 2132-13")), concession=(ccp("R. 3122-14"),)
    )
    lieu = recu(faits.achat.acheteur.adresse, "acheteur.adresse", "l'adresse de dépôt")
    return (
        dire(
            "Une remise sur papier est permise. Raison : ",
            mots.phrase_finie(raison),
            selon=fondement,
        ),
        dire("Adresse de cette remise : ", lieu, ". L'heure limite est la même."),
    )


def confidentialite(faits: Faits) -> Blocs:
    fondement = faits.selon(marche=(ccp("R. 2132-9"),), concession=(ccp("R. 3122-13"),))
    return (
        dire(
            (
                "Vos fichiers sont scellés sur votre ordinateur avant l'envoi. "
                "Personne ne peut les lire avant l'heure limite."
            ),
            selon=fondement,
        ),
        *signataire_des_cles(faits),
    )


def signataire_des_cles(faits: Faits) -> Blocs:
    """Qui remplacerait la clé publique lirait tout :
    l'empreinte imprimée dans le règlement ne vient pas de la page qui sert à déposer.
    """
    empreinte = faits.achat.plateforme.signataire_des_cles
    if not empreinte:
        return RIEN
    return (
        dire(
            "La clé qui les scelle est signée par une personne de l'acheteur, d'empreinte ",
            gras(" ".join(map("".join, batched(empreinte, 8)))),
            ". La page de la consultation doit donner la même.",
        ),
    )


def retard(faits: Faits) -> Blocs:
    """Reçue hors délai, une réponse est gardée fermée, et éliminée."""
    fondement = faits.selon(
        marche=(ccp("R. 2143-2"),)
        if faits.est_en_deux_temps
        else (ccp("R. 2143-2"), ccp("R. 2151-5")),
        concession=(ccp("R. 3123-14"), ccp("R. 3124-2")),
    )
    return (
        prevenir(
            (
                f"Une {faits.remise} reçue hors délai est éliminée. "
                "Elle est conservée sans être ouverte."
            ),
            selon=fondement,
        ),
    )


def depots_successifs(faits: Faits) -> Blocs:
    """Le dernier dépôt remplace les précédents, lot par lot ;
    pas en concession (CE, 20 décembre 2021).
    """
    if faits.est_une_concession:
        return (
            dire(
                "Vous pouvez déposer plusieurs fois avant l'heure limite. "
                "Chaque dépôt reçu à temps est examiné. "
                "Écrivez si le nouveau dépôt complète ou remplace le précédent.",
                selon=(DEPOTS_SUCCESSIFS_EN_CONCESSION,),
            ),
        )
    quoi = "candidature" if faits.est_en_deux_temps else "offre"
    par_lot = " La règle vaut pour chaque lot, séparément." if faits.lots else ""
    return (
        dire(
            f"Transmettez votre {quoi} en une seule fois. Si vous en déposez plusieurs, "
            "le dernier dépôt remplace les "
            f"précédents. Seul le dernier dépôt reçu dans le délai est ouvert.{par_lot}",
            selon=(ccp("R. 2151-6"),),
        ),
    )


def formats(faits: Faits) -> Blocs:
    """Les formats courants, XML et JSON compris ;
    les limites de la plateforme, dites avant l'envoi.
    """
    profil = faits.achat.plateforme
    fondement = faits.selon(marche=(ccp("R. 2132-8"),), concession=(ccp("R. 3122-16"),))
    return (
        SousTitre("Formats et tailles"),
        dire(
            f"Tous les formats courants sont acceptés. Exemples : {pluriels.enumerer(FORMATS)}. "
            "Aucun logiciel payant n'est nécessaire.",
            selon=(annexe(7, "art. 2"), *fondement),
        ),
        dire(
            "Un fichier peut peser jusqu'à ",
            gras(tailles.humaniser(profil.taille_maximale_d_un_fichier)),
            ". Une réponse entière peut peser jusqu'à ",
            gras(tailles.humaniser(profil.taille_maximale_d_une_reponse)),
            f", en {tailles.nombre(profil.fichiers_maximum)} fichiers au plus.",
        ),
    )


def virus(faits: Faits) -> Blocs:
    fondement = faits.selon(marche=(ccp("R. 2132-11"),), concession=(ccp("R. 3122-17"),))
    return (
        dire(
            "Passez vos fichiers à l'antivirus avant l'envoi. "
            "Un fichier infecté est mis à l'écart et la trace en est gardée. "
            "Votre copie de sauvegarde peut alors être ouverte.",
            selon=(annexe(6, "art. 2"), *fondement),
        ),
    )


def essai(faits: Faits) -> Blocs:
    url = faits.achat.plateforme.adresse_d_essai
    if not url:
        return RIEN
    return (dire("Pour vous entraîner avant, sans rien déposer : ", lien(url)),)
