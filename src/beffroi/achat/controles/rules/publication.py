"""Avant de publier : PUB-01 à PUB-13, et PUB-17.

Les clés et les personnes sont vues par `consultations`.
"""

import re
import unicodedata
from itertools import islice

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Reponses
from beffroi.achat.controles.rules.delais import dire
from beffroi.achat.controles.rules.dossier import FORMATS_FERMES, extension
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.marques import marques_citees
from beffroi.achat.controles.rules.mentions import phrases_qui_disent
from beffroi.achat.relectures.rules.reperage import Trouvaille, chercher, plier
from droit.calendrier.heures import PARIS
from droit.calendrier.jours import jours_entre
from formats.tailles import humaniser

REGLEMENT_INACHEVE = "PUB-17"
LIMITE_A_VENIR = "PUB-09"
OCTETS_D_UN_DOSSIER_LOURD = 500_000_000
_LONGUEUR_D_UN_NOM = 80
_DELAI_COURT_EN_JOURS = 15
_NOM_DE_TRAVAIL = re.compile(
    r"\bcopie de\b|\(\d+\)|\bv\d+\b.*\bv\d+\b|\bdef(?:initif)?\b|\bbrouillon\b|\bnouveau document\b"
    r"|\bsans titre\b|~\$"
)
_SIGNE_RARE = re.compile(r"[^\w\s.()\-']")
_PLAN_DE_VISITE = re.compile(r"\d|\brendez-?vous|\blundi|\bmardi|\bmercredi|\bjeudi|\bvendredi")
_NUMERO_DE_SECURITE_SOCIALE = re.compile(
    r"(?<!\d)[12]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[ab])\s?\d{3}\s?\d{3}"
    r"(?:\s?\d{2})?(?!\d)"
)
_TROU = re.compile(r"\[\s*a\s+completer\b[^\]]{0,200}\]?")
_DU_CANDIDAT = re.compile(
    r"\bpar\s+(?:le|la|les|l'|chaque)\s*(?:candidat|entreprise|soumissionnaire|titulaire)"
)
_COUVERTURE_D_UN_PROJET = re.compile(r"\bprojet\.\s+\d+\s+informations?\s+manque(?:nt)?\s+encore\b")
_NAISSANCE = re.compile(r"\bne(?:\(e\)|e)?\s+le\s+\d|\bdate\s+de\s+naissance\s*:?\s*\d")
_PORTABLE = re.compile(r"(?<!\d)(?:\+33\s?|0)[67](?:[\s.\-]?\d{2}){4}(?!\d)")


def _objet(projet: Projet) -> Reponses:
    for champ, nom, valeur in (
        ("titre", "titre", projet.achat.titre),
        ("objet", "objet", projet.achat.objet),
    ):
        if not valeur.strip():
            yield Ecart(
                quoi=f"Le champ « {nom} » est vide.",
                champ=champ,
                remede="Décrivez l'achat en une ou deux phrases.",
            )


def _documents(projet: Projet) -> Reponses:
    if not projet.achat.documents:
        yield Ecart(
            quoi="Il n'y a aucun document.",
            attendu="au moins le règlement et le cahier des charges",
            remede="Ajoutez les documents de la consultation.",
        )


def _sans_reglement(projet: Projet) -> Reponses:
    documents = projet.achat.documents
    if documents and not any(
        d.sorte == "rc" or "reglement" in plier(d.intitule) for d in documents
    ):
        yield Ecart(
            quoi="Aucun document n'est le règlement de la consultation.",
            remede="Ajoutez-le, ou dites lequel des documents en tient lieu.",
        )


def _poids(projet: Projet) -> Reponses:
    total = sum(document.taille for document in projet.achat.documents)
    if total > OCTETS_D_UN_DOSSIER_LOURD:
        yield Ecart(
            quoi="Le dossier est lourd : les lignes lentes peineront.",
            trouve=humaniser(total),
            attendu=f"moins de {humaniser(OCTETS_D_UN_DOSSIER_LOURD)}",
            remede="Allégez les plans et les images.",
        )


def _formats_fermes(projet: Projet) -> Reponses:
    for document in projet.achat.documents:
        if extension(document.nom) in FORMATS_FERMES:
            yield Ecart(
                quoi=f"« {document.nom} » est dans un format que tous ne savent pas ouvrir.",
                trouve=extension(document.nom),
                attendu="PDF, ODT, ODS, DOCX ou XLSX",
                remede="Ajoutez le même document dans un format courant.",
            )


def _noms(projet: Projet) -> Reponses:
    for document in projet.achat.documents:
        defaut = _defaut_du_nom(document.nom)
        if defaut:
            yield Ecart(
                quoi=f"Le nom « {document.nom} » {defaut}.",
                trouve=document.nom,
                attendu="un nom court, sans signe rare, qui dit ce qu'est le document",
                remede="Renommez le fichier.",
            )


def _defaut_du_nom(nom: str) -> str:
    plie = plier(nom.replace("_", " "))
    if len(nom) > _LONGUEUR_D_UN_NOM:
        return "est trop long"
    if _NOM_DE_TRAVAIL.search(plie):
        return "ressemble à une version de travail"
    if _SIGNE_RARE.search(plie) or any(unicodedata.category(c)[0] == "C" for c in nom):
        return "contient un signe rare"
    if nom.count(".") > 1 and re.search(r"\.(?:pdf|docx?|xlsx?|odt|ods|zip)\.\w+$", plie):
        return "a deux extensions"
    return "" if extension(nom) else "n'a pas d'extension"


def _visite(projet: Projet) -> Reponses:
    offre = projet.achat.offre
    if (
        offre.visite.strip()
        and not offre.visite_obligatoire
        and not _PLAN_DE_VISITE.search(plier(offre.visite))
    ):
        yield Ecart(
            quoi="Une visite est proposée, sans date ni rendez-vous.",
            trouve=offre.visite,
            attendu="des dates, ou un contact",
            remede="Ajoutez au moins un créneau de visite.",
        )


def _marques(reglement: Reglement) -> Reponses:
    """Une marque ne se cite qu'à titre exceptionnel, avec « ou
    équivalent » (CCP, art. R. 2111-7).
    """
    for citee in marques_citees(reglement):
        yield Ecart(
            quoi=f"Une marque est citée sans « ou équivalent » : {citee.valeur}.",
            ou=citee,
            attendu="« ou équivalent », ou une description sans marque",
            remede="Décrivez ce qu'il faut, ou ajoutez « ou équivalent ».",
        )


def _delai_court(projet: Projet) -> Reponses:
    limite = projet.limite
    if limite is None or projet.formalisee or limite <= projet.maintenant:
        return
    depart = max(projet.envoi, projet.maintenant.astimezone(PARIS).date())
    if jours_entre(depart, limite.astimezone(PARIS).date()) < _DELAI_COURT_EN_JOURS:
        yield Ecart(
            quoi="Le délai est permis, mais court : moins de quinze jours pour répondre.",
            trouve=dire(limite),
            attendu="quinze jours au moins, trente de préférence",
            remede="Allongez le délai si rien ne presse : vous aurez plus de réponses.",
        )


def _limite_a_venir(projet: Projet) -> Reponses:
    limite = projet.limite
    if limite is None:
        yield Ecart(quoi="L'heure limite n'est pas fixée.", remede="Choisissez le jour et l'heure.")
    elif limite <= projet.maintenant:
        yield Ecart(
            quoi="L'heure limite est déjà passée.",
            trouve=dire(limite),
            attendu="une date à venir",
            remede="Choisissez une date à venir.",
        )


def _lisible(reglement: Reglement) -> Reponses:
    for lacune in reglement.texte.lacunes:
        image = " image" in lacune
        yield Ecart(
            quoi="Le règlement n'a pas pu être lu en entier.",
            trouve=lacune if image else "",
            attendu="un document dont le texte se sélectionne" if image else "",
            # Macros, texte caché, modifications suivies : la lacune dit elle-même quoi faire.
            remede="Joignez le document d'origine plutôt qu'une image de ses pages."
            if image
            else lacune,
        )


def _inacheve(reglement: Reglement) -> Reponses:
    """Un règlement avec des trous n'est pas le document que l'acheteur
    fournit (CCP, art. R. 2132-1).
    """
    trous = {
        ce_qui_manque(trou.texte): trou for trou in chercher(reglement.texte, _TROU, _a_remplir)
    }
    for quoi, trou in trous.items():
        yield _a_finir(f"Le règlement est encore un projet. Il y manque ceci : {quoi}.", trou)
    if not trous:
        for annonce in islice(chercher(reglement.texte, _COUVERTURE_D_UN_PROJET, _a_remplir), 1):
            yield _a_finir("Le règlement se dit encore un projet, sur sa première page.", annonce)


def _a_finir(quoi: str, ou: Trouvaille[str]) -> Ecart:
    return Ecart(
        quoi=quoi,
        ou=ou,
        attendu="un règlement complet",
        remede="Complétez le règlement, puis remettez-le au dossier.",
    )


def _a_remplir(trouve: re.Match[str]) -> str | None:
    """Ce que le candidat complète lui-même n'est pas un oubli de l'acheteur."""
    return None if _DU_CANDIDAT.search(trouve[0]) else trouve[0]


def ce_qui_manque(trou: str) -> str:
    """« les horaires d'ouverture », de « [À compléter : les horaires d'ouverture] »."""
    return trou.strip("[]").partition(":")[2].strip() or "un passage à compléter"


def _donnees_personnelles(reglement: Reglement) -> Reponses:
    for nom, motif in (
        ("un numéro de sécurité sociale", _NUMERO_DE_SECURITE_SOCIALE),
        ("une date de naissance", _NAISSANCE),
        ("un numéro de portable", _PORTABLE),
    ):
        for phrase in phrases_qui_disent(reglement, motif):
            yield Ecart(
                quoi=f"Le règlement semble contenir {nom}.",
                ou=phrase,
                attendu="des coordonnées de service",
                remede="Ôtez cette donnée, ou vérifiez que la personne l'accepte.",
            )


def _lieu(projet: Projet) -> Reponses:
    if not projet.achat.execution.lieu.strip():
        yield Ecart(
            quoi="Le lieu n'est pas dit.",
            attendu="une commune",
            remede="Ajoutez le lieu : les entreprises cherchent par commune.",
        )


FONCTIONS = {
    "PUB-01": Fonctions(projet=_objet),
    "PUB-02": Fonctions(projet=_documents),
    "PUB-03": Fonctions(projet=_poids),
    "PUB-04": Fonctions(projet=_formats_fermes),
    "PUB-05": Fonctions(projet=_noms),
    "PUB-06": Fonctions(projet=_visite),
    "PUB-07": Fonctions(texte=_marques),
    "PUB-08": Fonctions(projet=_delai_court),
    LIMITE_A_VENIR: Fonctions(projet=_limite_a_venir),
    "PUB-10": Fonctions(texte=_lisible),
    "PUB-11": Fonctions(texte=_donnees_personnelles),
    "PUB-12": Fonctions(projet=_sans_reglement),
    "PUB-13": Fonctions(projet=_lieu),
    REGLEMENT_INACHEVE: Fonctions(texte=_inacheve),
}
